"""Orders of all channels: no fewer and no smaller than before, mostly kept, and of somebody we know."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value=1, severity=FailureSeverity.WARNING),
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.ExpectColumnSumToBeBetween(column="net_revenue_reporting", min_value={"$PARAMETER": "least_revenue"}),
    gxe.ExpectColumnMeanToBeBetween(
        column="net_revenue_reporting",
        min_value={"$PARAMETER": "least_order"},
        max_value={"$PARAMETER": "most_order"},
    ),
    gxe.ExpectColumnProportionOfNonNullValuesToBeBetween(column="customer_id", min_value=0.05),
    gxe.ExpectColumnProportionOfNonNullValuesToBeBetween(
        column="customer_id", min_value=0.3, severity=FailureSeverity.WARNING
    ),
    gxe.UnexpectedRowsExpectation(
        description="at most half of the revenue is given back",
        unexpected_rows_query="""
            select sum(refund_amount_reporting) as refunds
            from {batch}
            having sum(refund_amount_reporting) > 0.5 * sum(gross_revenue_reporting)
        """,
    ),
]
