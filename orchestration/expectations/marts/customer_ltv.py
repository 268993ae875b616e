"""Past value: spread over many customers; a tenth of all revenue in one is a merge of strangers or a test account."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="of 1000 customers and more, none has spent a tenth of all revenue",
        unexpected_rows_query="""
            select max(net_revenue) as net_revenue
            from {batch}
            having count(*) >= 1000 and max(net_revenue) > 0.1 * sum(net_revenue)
        """,
    ),
]
