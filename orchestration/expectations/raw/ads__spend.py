"""Advertising outside the platforms with a connector: whose, for what, and at prices per click that somebody pays."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotBeNull(column="campaign_id", mostly=0.9),
    gxe.ExpectColumnValuesToNotBeNull(column="utm_campaign", mostly=0.5, severity=FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToBeBetween(column="spend", min_value=0, max_value=10_000_000, mostly=0.99),
    gxe.ExpectColumnValuesToBeBetween(
        column="impressions", min_value=0, max_value=1_000_000_000, mostly=0.99
    ),
    gxe.ExpectColumnValuesToBeBetween(column="clicks", min_value=0, max_value=100_000_000, mostly=0.99),
]
