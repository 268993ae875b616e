"""What became of the raw rows: a source that suddenly cannot be read is not published around."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        description="of no table with 100 rows and more is a fifth in quarantine",
        unexpected_rows_query="""
            select source_system, source_table
            from {batch}
            where raw_rows >= 100 and quarantined_rows > 0.2 * raw_rows
        """,
    ),
    gxe.UnexpectedRowsExpectation(
        description="of no table with 100 rows and more is a twentieth in quarantine",
        unexpected_rows_query="""
            select source_system, source_table
            from {batch}
            where raw_rows >= 100 and quarantined_rows > 0.05 * raw_rows
        """,
        severity=FailureSeverity.WARNING,
    ),
]
