"""Retention: as many cohorts as before, and somebody comes back."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="of 1000 customers whose first month is over, somebody bought again later, and fewer than 95 % did",
        unexpected_rows_query="""
            with later as (
                select
                    first_order_month,
                    max(customers) as customers,
                    max(repeat_customers) as repeaters
                from {batch}
                where dimension = 'all' and is_complete
                group by first_order_month
            )
            select sum(customers) as customers
            from later
            having sum(customers) >= 1000 and (sum(repeaters) = 0 or sum(repeaters) > 0.95 * sum(customers))
        """,
        severity=FailureSeverity.WARNING,
    ),
]
