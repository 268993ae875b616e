"""Members of the loyalty scheme: each has a number, most can be reached, and none is from the future."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="loyalty_number", mostly=0.9),
    gxe.ExpectColumnValuesToNotBeNull(column="email", mostly=0.2),
    gxe.ExpectColumnValuesToBeBetween(
        column="enrolled_at",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
