"""Points earned and burnt: each a member's, of a known kind, and of sizes that a scheme gives."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="member_id", mostly=0.9),
    gxe.ExpectColumnValuesToBeBetween(
        column="points", min_value=-1_000_000, max_value=1_000_000, mostly=0.99
    ),
    gxe.ExpectColumnMedianToBeBetween(column="points", min_value=-10_000, max_value=100_000),
    gxe.ExpectColumnValuesToBeInSet(
        column="entry_type",
        value_set=["earn", "bonus", "redeem", "expire", "adjust"],
        mostly=0.95,
        severity=FailureSeverity.WARNING,
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="occurred_at",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
