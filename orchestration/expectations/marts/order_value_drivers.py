"""Order value: no factor jumps from one month to the next; where one triples, a price list, a currency or the counting of items changed."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="between months of 100 orders and more, neither price per item nor items per order triples or falls to a third",
        unexpected_rows_query="""
            with compared as (
                select
                    month,
                    channel,
                    price_per_item / nullif(lag(price_per_item) over months, 0) as price_ratio,
                    items_per_order / nullif(lag(items_per_order) over months, 0) as items_ratio
                from {batch}
                where orders >= 100
                window months as (partition by channel order by month)
            )
            select month, channel
            from compared
            where
                price_ratio not between 1 / 3.0 and 3
                or items_ratio not between 1 / 3.0 and 3
        """,
        severity=FailureSeverity.WARNING,
    ),
]
