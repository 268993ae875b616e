"""Value against cost: a channel that is paid for month after month brings somebody."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="every channel with a year of spend brought somebody: else its links and its spend are mapped apart",
        unexpected_rows_query="""
            select acquisition_channel
            from {batch}
            group by acquisition_channel
            having count(*) filter (where spend > 0) >= 12 and sum(customers_acquired) = 0
        """,
        severity=FailureSeverity.WARNING,
    ),
]
