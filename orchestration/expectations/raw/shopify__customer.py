"""Accounts of the web shop: most can be reached, and none is from the future."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="email", mostly=0.5),
    gxe.ExpectColumnValuesToBeBetween(
        column="created_at",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
