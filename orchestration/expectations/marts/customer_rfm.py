"""RFM: the customers spread over segments; most in one means that scores, window or dates are off."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="of 1000 scored customers and more, no segment holds over 80 %",
        unexpected_rows_query="""
            with sized as (
                select segment, count(*) as customers
                from {batch}
                where segment <> 'no_orders'
                group by segment
            )
            select segment
            from sized
            where
                customers > 0.8 * (select sum(customers) from sized)
                and (select sum(customers) from sized) >= 1000
        """,
    ),
    gxe.UnexpectedRowsExpectation(
        description="somebody bought within the window",
        unexpected_rows_query="""
            select count(*) as customers
            from {batch}
            having count(*) > 0 and count(*) filter (where segment <> 'no_orders') = 0
        """,
        severity=FailureSeverity.WARNING,
    ),
]
