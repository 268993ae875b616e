"""What became of the money of the raw rows: every cent is accounted for, in every currency."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value=1, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToBeInSet(column="unexplained_amount", value_set=[0]),
    gxe.UnexpectedRowsExpectation(
        description="of no table and currency is a twentieth of the money in quarantine",
        unexpected_rows_query="""
            select source_system, source_table, currency
            from {batch}
            where abs(quarantined_amount) > greatest(1000, 0.05 * abs(raw_amount))
        """,
        severity=FailureSeverity.WARNING,
    ),
]
