"""Fits: what predictions rest on is there, and its parameters are known to within their own size."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value={"$PARAMETER": "least_rows"}, severity=FailureSeverity.WARNING
    ),
    gxe.UnexpectedRowsExpectation(
        description="once there has been a fit, one is in use to predict orders",
        unexpected_rows_query="""
            select count(*) as estimates
            from {batch}
            having
                count(*) filter (where model = 'bg_nbd' and purpose = 'prediction' and is_usable) > 0
                and count(*) filter (where model = 'bg_nbd' and purpose = 'prediction' and is_in_use) = 0
        """,
        severity=FailureSeverity.WARNING,
    ),
    # but of subscriptions: where all are lost at one rate, only the ratio of their two parameters is known
    gxe.UnexpectedRowsExpectation(
        description="no parameter in use for orders or spend has a standard error larger than itself",
        unexpected_rows_query=(
            "select fit_id, parameter from {batch} where is_in_use and model <> 'sbg' and standard_error > estimate"
        ),
        severity=FailureSeverity.WARNING,
    ),
]
