"""The lines of web orders: each of an order, in quantities and at prices of a shop."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value=1, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToNotBeNull(column="order_id", mostly=0.9),
    gxe.ExpectColumnValuesToBeBetween(column="quantity", min_value=0, max_value=10_000, mostly=0.99),
    gxe.ExpectColumnValuesToBeBetween(column="price", min_value=0, max_value=10_000_000, mostly=0.99),
]
