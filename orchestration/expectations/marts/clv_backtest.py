"""Back-test: models predict the total to within a half, and beat the plain guess; if not, buying has changed."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value=0, max_value=4),
    gxe.UnexpectedRowsExpectation(
        description="of 1000 customers and more, models are off by at most half of the orders that were made",
        unexpected_rows_query="""
            select method, total_error
            from {batch}
            where method in ('bg_nbd', 'mbg_nbd') and customers >= 1000 and abs(total_error) > 0.5
        """,
        severity=FailureSeverity.WARNING,
    ),
    gxe.UnexpectedRowsExpectation(
        description="of 1000 customers and more, models are nearer to the truth than who goes on as before",
        unexpected_rows_query="""
            select models.method
            from {batch} as models
            inner join {batch} as plain
                on plain.method = 'same_rate_as_before' and models.mean_absolute_error > plain.mean_absolute_error
            where models.method in ('bg_nbd', 'mbg_nbd') and models.customers >= 1000
        """,
        severity=FailureSeverity.WARNING,
    ),
]
