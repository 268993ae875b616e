"""Where the advertising money went: nearly all of it is counted, not left out for want of a currency or a rate."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        description="of no platform and currency is more than a twentieth left out for want of a currency or a rate",
        unexpected_rows_query="""
            select platform, currency
            from {batch}
            group by platform, currency
            having sum(spend) filter (where disposition in ('no_currency', 'no_exchange_rate')) > 0.05 * sum(spend)
        """,
        severity=FailureSeverity.WARNING,
    ),
]
