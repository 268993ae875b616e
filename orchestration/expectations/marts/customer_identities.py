"""Source records: no fewer than before, and some, but not all, were recognised in another record."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="of 1000 records and more from several tables, at least one in 100 shares an identifier with another",
        unexpected_rows_query="""
            select count(*) as records
            from {batch}
            having
                count(*) >= 1000
                and count(distinct source_table) > 1
                and count(*) filter (where matched_by <> 'alone') < 0.01 * count(*)
        """,
        severity=FailureSeverity.WARNING,
    ),
]
