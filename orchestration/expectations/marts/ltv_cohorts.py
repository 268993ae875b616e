"""Cohorts: as many as before, and what a customer is worth grows from month to month of a cohort more often than it shrinks."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="in cohorts of 100 customers and more, returns exceed sales in less than a tenth of the months",
        unexpected_rows_query="""
            select count(*) as months
            from {batch}
            where dimension = 'all' and customers >= 100
            having count(*) filter (where net_revenue < 0) > 0.1 * count(*)
        """,
        severity=FailureSeverity.WARNING,
    ),
]
