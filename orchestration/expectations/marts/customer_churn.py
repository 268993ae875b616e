"""Churn: two ways to tell it, of which neither has lost or kept nearly everybody; if it has, dates or the fit are off."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="of 1000 customers and more whose chance is known, not over 98 % are in one band",
        unexpected_rows_query="""
            with sized as (
                select churn_band, count(*) as customers
                from {batch}
                where churn_band <> 'unknown'
                group by churn_band
            )
            select churn_band
            from sized
            where
                customers > 0.98 * (select sum(customers) from sized)
                and (select sum(customers) from sized) >= 1000
        """,
        severity=FailureSeverity.WARNING,
    ),
    gxe.UnexpectedRowsExpectation(
        description="of 1000 customers and more, somebody has ordered lately",
        unexpected_rows_query="""
            select count(*) as customers
            from {batch}
            having count(*) >= 1000 and count(*) filter (where not is_churned_by_rule) = 0
        """,
        severity=FailureSeverity.WARNING,
    ),
]
