"""What brought customers: no fewer than before, and not all of them by one channel, which would be a broken mapping."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="of 1000 customers and more whose first touch is known, no channel brought over 90 %",
        unexpected_rows_query="""
            with sized as (
                select acquisition_channel, count(*) as customers
                from {batch}
                where is_touch_known
                group by acquisition_channel
            )
            select acquisition_channel
            from sized
            where
                customers > 0.9 * (select sum(customers) from sized)
                and (select sum(customers) from sized) >= 1000
        """,
        severity=FailureSeverity.WARNING,
    ),
]
