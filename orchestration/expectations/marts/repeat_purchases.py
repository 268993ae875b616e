"""Time to the next purchase: no fewer months than before, and customers who come back take days, not none."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="where 100 customers came back, half of them took longer than two days",
        unexpected_rows_query="""
            select first_order_month
            from {batch}
            where repeat_customers >= 100 and median_days_to_second_order <= 2
        """,
        severity=FailureSeverity.WARNING,
    ),
]
