"""Ads on Facebook and Instagram: seen more often than clicked, and at prices that somebody pays."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="account_id", mostly=0.9, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToBeBetween(column="spend", min_value=0, max_value=10_000_000, mostly=0.99),
    gxe.ExpectColumnValuesToBeBetween(
        column="impressions", min_value=0, max_value=1_000_000_000, mostly=0.99
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="inline_link_clicks", min_value=0, max_value=100_000_000, mostly=0.99
    ),
]
