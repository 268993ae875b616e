"""Subscriptions: each a customer's, of a product, at prices of a shop."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="customer_id", mostly=0.9),
    gxe.ExpectColumnValuesToNotBeNull(
        column="external_variant_id_ecommerce", mostly=0.5, severity=FailureSeverity.WARNING
    ),
    gxe.ExpectColumnValuesToBeBetween(column="price", min_value=0, max_value=10_000_000, mostly=0.99),
    gxe.ExpectColumnValuesToBeBetween(column="quantity", min_value=0, max_value=10_000, mostly=0.99),
    gxe.ExpectColumnValuesToBeBetween(
        column="created_at",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
