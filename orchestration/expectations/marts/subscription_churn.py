"""Subscription churn: no month loses half of the subscriptions, which is a loader that lost its rows rather than subscribers."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.UnexpectedRowsExpectation(
        description="of 100 subscriptions and more, no month loses half",
        unexpected_rows_query="""
            select month
            from {batch}
            where subscriptions_at_start >= 100 and subscription_churn_rate >= 0.5
        """,
    ),
    gxe.UnexpectedRowsExpectation(
        description="of 100 charges and more in a month, at most one in five fails",
        unexpected_rows_query="""
            select month
            from {batch}
            where charges_paid + charges_failed >= 100 and charges_failed > 0.2 * (charges_paid + charges_failed)
        """,
        severity=FailureSeverity.WARNING,
    ),
]
