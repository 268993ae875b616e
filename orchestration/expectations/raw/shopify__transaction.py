"""Payments of web orders: each of an order, of amounts that people pay, and most went through."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="order_id", mostly=0.9),
    gxe.ExpectColumnValuesToBeBetween(column="amount", min_value=0, max_value=10_000_000, mostly=0.99),
    gxe.ExpectColumnValuesToNotBeNull(column="status", mostly=0.9, severity=FailureSeverity.WARNING),
]
