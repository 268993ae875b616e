"""Deciles of the back-test: who was predicted most did order more than who was predicted least."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value=0, max_value=40),
    gxe.UnexpectedRowsExpectation(
        description="of deciles of 100 customers and more, the best ordered more than the last",
        unexpected_rows_query="""
            select best.method
            from {batch} as best
            inner join {batch} as last
                on best.method = last.method and best.decile = 10 and last.decile = 1
            where
                best.method in ('bg_nbd', 'mbg_nbd')
                and least(best.customers, last.customers) >= 100
                and best.actual_orders * last.customers <= last.actual_orders * best.customers
        """,
        severity=FailureSeverity.WARNING,
    ),
]
