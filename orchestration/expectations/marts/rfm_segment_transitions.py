"""Transitions: newcomers arrive in every month; a month without any is a source that did not deliver."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="where 100 newcomers a month are usual, each month that moved anybody has some",
        unexpected_rows_query="""
            with arrived as (
                select month_end, sum(newcomers) as newcomers
                from {batch}
                group by month_end
            )
            select month_end
            from arrived
            where newcomers = 0 and (select median(newcomers) from arrived) >= 100
        """,
        severity=FailureSeverity.WARNING,
    ),
]
