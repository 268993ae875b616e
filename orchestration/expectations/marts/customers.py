"""Customers: no fewer than before, and none so large that strangers must have been merged into one."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value=1, severity=FailureSeverity.WARNING),
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="no customer has more than 1000 records and 50 times as many as 99 in 100 customers",
        unexpected_rows_query="""
            select source_records
            from {batch}
            where source_records > greatest(1000, 50 * (select quantile_cont(source_records, 0.99) from {batch}))
        """,
    ),
    gxe.UnexpectedRowsExpectation(
        description="no customer has more than 300 records and 20 times as many as 99 in 100 customers",
        unexpected_rows_query="""
            select source_records
            from {batch}
            where source_records > greatest(300, 20 * (select quantile_cont(source_records, 0.99) from {batch}))
        """,
        severity=FailureSeverity.WARNING,
    ),
]
