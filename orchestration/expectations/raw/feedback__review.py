"""Product reviews: of a product, with one to five stars, mostly good ones."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="sku", mostly=0.9),
    gxe.ExpectColumnValuesToNotBeNull(column="email", mostly=0.3, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToBeBetween(column="rating", min_value=1, max_value=5, mostly=0.99),
    gxe.ExpectColumnMeanToBeBetween(
        column="rating", min_value=1.5, max_value=5, severity=FailureSeverity.WARNING
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="created_at",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
