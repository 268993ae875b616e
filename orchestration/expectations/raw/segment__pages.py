"""Pages seen: each by a visitor. There are many, so that little is asked, and all of it in one scan."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="anonymous_id", mostly=0.9),
    gxe.ExpectColumnValuesToBeBetween(
        column="timestamp",
        min_value={"$PARAMETER": "first_day"},
        max_value={"$PARAMETER": "last_day"},
        mostly=0.95,
    ),
]
