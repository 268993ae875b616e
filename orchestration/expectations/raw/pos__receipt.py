"""Till receipts: mostly sales, and of amounts that people spend."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="store_id", mostly=0.9, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToNotBeNull(column="net_total", mostly=0.9),
    gxe.ExpectColumnValuesToBeBetween(
        column="net_total", min_value=-10_000_000, max_value=10_000_000, mostly=0.99
    ),
    gxe.ExpectColumnMedianToBeBetween(column="net_total", min_value=0, max_value=500_000),
    gxe.ExpectColumnValuesToBeBetween(
        column="sold_at",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
