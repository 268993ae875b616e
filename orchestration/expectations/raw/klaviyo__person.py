"""Profiles in Klaviyo: most can be written to."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="email", mostly=0.5),
    gxe.ExpectColumnValuesToBeBetween(
        column="created",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
