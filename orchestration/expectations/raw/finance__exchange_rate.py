"""Exchange rates: readable, and between the dearest and the cheapest currency there is."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value=1, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToNotBeNull(column="rate", mostly=0.9),
    gxe.ExpectColumnValuesToBeBetween(column="rate", min_value=0.000001, max_value=1_000_000),
]
