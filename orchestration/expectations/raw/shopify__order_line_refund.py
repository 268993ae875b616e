"""What was given back, by line: each of a refund and a line of an order, at prices of a shop."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="refund_id", mostly=0.9),
    gxe.ExpectColumnValuesToNotBeNull(column="order_line_id", mostly=0.9),
    gxe.ExpectColumnValuesToBeBetween(column="quantity", min_value=0, max_value=10_000, mostly=0.99),
    gxe.ExpectColumnValuesToBeBetween(column="subtotal", min_value=0, max_value=10_000_000, mostly=0.99),
]
