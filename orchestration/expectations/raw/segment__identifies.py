"""Visitors who said who they are: each a visitor of the site, many with an address."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="anonymous_id", mostly=0.5),
    gxe.ExpectColumnValuesToNotBeNull(column="user_id", mostly=0.2, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToBeBetween(
        column="timestamp",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
