"""Recurring revenue: in a currency that is known, and never three times what it was a month ago."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="recurring revenue of 1000 and more does not triple in a month, nor fall to a third",
        unexpected_rows_query="""
            select month
            from {batch}
            where
                greatest(mrr_at_start, mrr_at_end) > 3 * least(mrr_at_start, mrr_at_end)
                and least(mrr_at_start, mrr_at_end) >= 1000
        """,
        severity=FailureSeverity.WARNING,
    ),
    gxe.UnexpectedRowsExpectation(
        description="the currency of subscriptions can be told",
        unexpected_rows_query="""
            select month
            from {batch}
            where currency is null
        """,
        severity=FailureSeverity.WARNING,
    ),
]
