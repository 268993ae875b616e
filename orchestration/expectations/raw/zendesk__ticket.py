"""Tickets: each asked by somebody, and with a status."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="requester_id", mostly=0.9),
    gxe.ExpectColumnValuesToBeInSet(
        column="status",
        value_set=["new", "open", "pending", "hold", "solved", "closed", "deleted"],
        mostly=0.95,
        severity=FailureSeverity.WARNING,
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="created_at",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
