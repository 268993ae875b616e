"""Where the money went: most of it is in the marts, not left out for want of an exchange rate."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value=1, severity=FailureSeverity.WARNING),
    gxe.UnexpectedRowsExpectation(
        description="of 1000 orders and more, at most one in 20 has no exchange rate",
        unexpected_rows_query="""
            select sum(orders) as orders
            from {batch}
            having sum(orders) >= 1000 and sum(orders) filter (where disposition = 'no_exchange_rate') > 0.05 * sum(orders)
        """,
    ),
]
