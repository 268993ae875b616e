"""Products looked at: each by a visitor, and of a product. There are many, so that little is asked."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="anonymous_id", mostly=0.9),
    gxe.ExpectColumnValuesToNotBeNull(column="product_id", mostly=0.5, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToBeBetween(column="price", min_value=0, max_value=10_000_000, mostly=0.99),
    gxe.ExpectColumnValuesToBeBetween(
        column="timestamp",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
