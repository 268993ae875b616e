"""What became of messages, and what else Klaviyo heard of: each of a person, most of a kind that we know by name."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="person_id", mostly=0.9),
    gxe.ExpectColumnValuesToNotBeNull(column="metric_id", mostly=0.9, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToBeBetween(
        column="datetime",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
