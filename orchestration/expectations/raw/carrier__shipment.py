"""Parcels: each of an order, most with the day on which they were promised, and delivered once sent."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="order_reference", mostly=0.9),
    gxe.ExpectColumnValuesToNotBeNull(column="carrier", mostly=0.9, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToNotBeNull(
        column="promised_delivery_at", mostly=0.5, severity=FailureSeverity.WARNING
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="shipped_at",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
