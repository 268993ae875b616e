"""Advertising spend: no less is known than before, and nobody pays a hundred a click."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="no month of a platform with a thousand clicks and more costs over 100 a click: millionths taken for units do",
        unexpected_rows_query="""
            select platform, spend_month
            from {batch}
            group by platform, spend_month
            having sum(clicks) >= 1000 and sum(spend_reporting) > 100 * sum(clicks)
        """,
    ),
    gxe.UnexpectedRowsExpectation(
        description="of all spend at most a fifth is for a channel that channel_mapping does not know",
        unexpected_rows_query="""
            select sum(spend_reporting) as spend
            from {batch}
            having sum(spend_reporting) filter (where channel in ('other', 'direct')) > 0.2 * sum(spend_reporting)
        """,
        severity=FailureSeverity.WARNING,
    ),
]
