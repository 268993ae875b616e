"""What became of the raw rows: every one is accounted for, and no source delivers many more bad ones than before."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value=1, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToBeInSet(column="unexplained_rows", value_set=[0]),
    gxe.UnexpectedRowsExpectation(
        description="of no table with 100 rows and more is a twentieth in quarantine",
        unexpected_rows_query="""
            select source_system, source_table
            from {batch}
            where raw_rows >= 100 and quarantined_rows > 0.05 * raw_rows
        """,
        severity=FailureSeverity.WARNING,
    ),
    gxe.UnexpectedRowsExpectation(
        description="of no table with 100 rows and more has the share in quarantine doubled, and grown by a point",
        unexpected_rows_query="""
            select source_system, source_table
            from {batch}
            where
                raw_rows >= 100
                and quarantined_rows / raw_rows > greatest(2 * share_before, share_before + 0.01)
        """,
        severity=FailureSeverity.WARNING,
    ),
]
