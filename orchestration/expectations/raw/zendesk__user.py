"""Who asks and who answers: most of those who ask can be reached."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="email", mostly=0.3, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToBeInSet(
        column="role", value_set=["end-user", "agent", "admin"], mostly=0.95, severity=FailureSeverity.WARNING
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="created_at",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
