"""Segments: their number follows the seed, and no segment but no_orders doubles or halves within a month."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        description="no segment of 500 customers and more has doubled, or lost half, since the last month end",
        unexpected_rows_query="""
            select segment
            from {batch}
            where
                segment <> 'no_orders'
                and greatest(customers, customers_last_month_end) >= 500
                and greatest(customers, customers_last_month_end) > 2 * least(customers, customers_last_month_end)
        """,
        severity=FailureSeverity.WARNING,
    ),
]
