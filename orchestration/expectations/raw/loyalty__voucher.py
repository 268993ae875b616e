"""Vouchers: each a member's, of a known kind, and worth what a retailer gives away."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="member_id", mostly=0.5),
    gxe.ExpectColumnValuesToBeBetween(column="face_value", min_value=0, max_value=1_000_000, mostly=0.99),
    gxe.ExpectColumnValuesToBeInSet(
        column="kind",
        value_set=["birthday", "apology", "win_back", "welcome", "gift"],
        mostly=0.95,
        severity=FailureSeverity.WARNING,
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="issued_at",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
