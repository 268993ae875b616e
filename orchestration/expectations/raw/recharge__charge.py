"""Charges of subscriptions: each a customer's, and of amounts that people subscribe for."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="customer_id", mostly=0.9),
    gxe.ExpectColumnValuesToNotBeNull(column="total_price", mostly=0.9),
    gxe.ExpectColumnValuesToBeBetween(column="total_price", min_value=0, max_value=10_000_000, mostly=0.99),
    gxe.ExpectColumnMedianToBeBetween(column="total_price", min_value=0.5, max_value=500_000),
    gxe.ExpectColumnValuesToNotBeNull(column="status", mostly=0.9, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToBeBetween(
        column="created_at",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
