"""Order lines: no fewer than before, and nearly every order that has lines adds up to them."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="the lines of 99 in 100 orders add up to the order, to a unit of its currency",
        unexpected_rows_query="""
            with added as (
                select order_id, sum(gross_revenue) as gross_revenue
                from {batch}
                group by order_id
            )
            select count(*) as orders
            from added
            inner join marts.orders using (order_id)
            having count(*) filter (where abs(added.gross_revenue - orders.gross_revenue) > 1) > 0.01 * count(*)
        """,
    ),
]
