"""The lines of till receipts: of a product, in quantities and at prices of a shop."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="sku", mostly=0.9, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToBeBetween(column="quantity", min_value=-10_000, max_value=10_000, mostly=0.99),
    gxe.ExpectColumnValuesToBeBetween(column="unit_price", min_value=0, max_value=10_000_000, mostly=0.99),
]
