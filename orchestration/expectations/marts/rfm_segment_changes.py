"""Segment history: it only grows, and no month end moves most customers at once."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="once there are 1000 customers in the history, no month end changes the segment of more than 60 % of them",
        unexpected_rows_query="""
            with moved as (
                select
                    valid_from,
                    count(*) filter (where not is_first) as customers_moved,
                    sum(count(*) filter (where is_first)) over (order by valid_from) as customers
                from {batch}
                group by valid_from
            )
            select valid_from
            from moved
            where customers >= 1000 and customers_moved > 0.6 * customers
        """,
        severity=FailureSeverity.WARNING,
    ),
]
