"""Value against cost by campaign: most campaigns that are paid for are found in the links of those who came."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="of ten campaigns and more, at most half brought nobody: else their names are not those in the links",
        unexpected_rows_query="""
            with campaigns as (
                select acquisition_campaign, sum(customers_acquired) as customers
                from {batch}
                group by acquisition_campaign
            )
            select count(*) as campaigns
            from campaigns
            having count(*) >= 10 and count(*) filter (where customers = 0) > 0.5 * count(*)
        """,
        severity=FailureSeverity.WARNING,
    ),
]
