"""Answers to surveys: NPS from 0 to 10, satisfaction from 1 to 5, from people we can name."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="email", mostly=0.5, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToNotBeNull(column="score", mostly=0.9),
    gxe.ExpectColumnValuesToBeBetween(column="score", min_value=0, max_value=10, mostly=0.99),
    gxe.ExpectColumnValuesToBeInSet(
        column="survey", value_set=["nps", "csat"], mostly=0.95, severity=FailureSeverity.WARNING
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="responded_at",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
