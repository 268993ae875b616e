"""Sessions: no fewer than before, of channels that the mapping knows, and not all over after one page."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least_rows"}),
    gxe.ExpectColumnProportionOfNonNullValuesToBeBetween(
        column="customer_id", min_value=0.05, severity=FailureSeverity.WARNING
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="events", max_value=2000, mostly=0.999, severity=FailureSeverity.WARNING
    ),
    gxe.UnexpectedRowsExpectation(
        description="of 1000 sessions and more, at most one in five came by tags that channel_mapping does not know",
        unexpected_rows_query="""
            select count(*) as sessions
            from {batch}
            having count(*) >= 1000 and count(*) filter (where channel = 'other') > 0.2 * count(*)
        """,
        severity=FailureSeverity.WARNING,
    ),
    gxe.UnexpectedRowsExpectation(
        description="of 1000 sessions and more, some look at more than one page: else the timeout or the device ids are off",
        unexpected_rows_query="""
            select count(*) as sessions
            from {batch}
            having count(*) >= 1000 and count(*) filter (where is_bounce) > 0.95 * count(*)
        """,
    ),
]
