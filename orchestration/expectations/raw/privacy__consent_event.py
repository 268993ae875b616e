"""Consents given and withdrawn: about somebody, for a purpose, in words that we know."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="identifier_value", mostly=0.95),
    gxe.ExpectColumnValuesToBeInSet(
        column="identifier_type",
        value_set=["email", "phone", "loyalty_number"],
        mostly=0.99,
        severity=FailureSeverity.WARNING,
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="purpose",
        value_set=["email_marketing", "sms_marketing", "advertising", "profiling"],
        mostly=0.95,
        severity=FailureSeverity.WARNING,
    ),
    gxe.ExpectColumnValuesToBeInSet(column="status", value_set=["granted", "withdrawn"], mostly=0.99),
    gxe.ExpectColumnValuesToBeBetween(
        column="occurred_at",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
