"""Exchange rates: between the dearest and the cheapest currency there is."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="rate", mostly=0.9),
    gxe.ExpectColumnValuesToBeBetween(column="rate", min_value=1e-06, max_value=1_000_000, mostly=0.99),
]
