"""What can be put into a basket: each of a product, with a price of a shop and mostly a stock number."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="product_id", mostly=0.9),
    gxe.ExpectColumnValuesToNotBeNull(column="sku", mostly=0.5, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToBeBetween(column="price", min_value=0, max_value=10_000_000, mostly=0.99),
]
