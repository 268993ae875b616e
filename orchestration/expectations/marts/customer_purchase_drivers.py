"""Purchase drivers: people differ; where nearly everybody only buys at a discount, or brings most things back, the figures are off."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="of 1000 customers and more, fewer than 90 % had a discount on every order, and fewer than half brought something of every order back",
        unexpected_rows_query="""
            select count(*) as customers
            from {batch}
            having
                count(*) >= 1000
                and (
                    count(*) filter (where discounted_order_share = 1) >= 0.9 * count(*)
                    or count(*) filter (where returned_order_share = 1) >= 0.5 * count(*)
                )
        """,
        severity=FailureSeverity.WARNING,
    ),
]
