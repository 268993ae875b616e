"""Value: spread over many customers; a tenth of all revenue in one is a merge of strangers or a test account."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

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
    gxe.UnexpectedRowsExpectation(
        description="of 1000 customers and more, the next year is predicted to bring at most twice the margin of all years so far",
        unexpected_rows_query="""
            select sum(predicted_value_12_months) as predicted_value
            from {batch}
            having count(*) >= 1000 and sum(predicted_value_12_months) > 2 * sum(margin_amount)
        """,
        severity=FailureSeverity.WARNING,
    ),
]
