"""What a run published, in figures that a person can check: read from the publication itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from orchestration.warehouse import DuckDBWarehouse

COUNTS = """
    select
        (select coalesce(sum(raw_rows), 0) from marts.marts.reconciliation),
        (select count(*) from marts.marts.customer_identities),
        (select count(*) from marts.marts.customers),
        (select count(*) from marts.marts.orders where not is_return_only),
        (select coalesce(avg((customer_id is not null)::integer), 0) from marts.marts.orders)
"""
REVENUE = """
    select
        source_system,
        currency,
        came.revenue,
        came.left_out,
        coalesce(marts.revenue, 0)
    from (
        select
            source_system,
            currency,
            sum(net_revenue) as revenue,
            coalesce(sum(net_revenue) filter (where disposition <> 'counted'), 0) as left_out
        from marts.marts.revenue_reconciliation
        group by all
    ) as came
    left join (
        select source_system, currency, sum(net_revenue) as revenue
        from marts.marts.orders
        group by all
    ) as marts using (source_system, currency)
    order by source_system, currency
"""
LEFT_OUT = """
    select disposition, sum(orders)
    from marts.marts.revenue_reconciliation
    where disposition <> 'counted'
    group by all
    order by all
"""
SEGMENTS = """
    select segment, count(*), sum(net_revenue)
    from marts.marts.customer_rfm
    group by segment
    order by count(*) desc, segment
"""
QUARANTINE = """
    select reason, count(*), array_to_string(list_sort(list(distinct source_system || '.' || source_table)), ', ')
    from pii.restricted.quarantine
    group by reason
    order by count(*) desc, reason
"""


def summary(publication: Path) -> str:
    """The publication in a folder, told on one screen."""
    with DuckDBWarehouse(publication / "marts.duckdb", read_only=True) as marts:
        counts, revenue, left_out, segments = map(marts.query, (COUNTS, REVENUE, LEFT_OUT, SEGMENTS))
    with DuckDBWarehouse(publication / "pii.duckdb", read_only=True) as restricted:
        quarantine = restricted.query(QUARANTINE)
    return "\n".join(
        [*_counts(*counts[0]), *_revenue(revenue, left_out), *_segments(segments), *_quarantine(quarantine)]
    )


def _counts(raw: int, records: int, customers: int, orders: int, known: float) -> Iterator[str]:
    yield f"{raw:,} raw rows hold {records:,} records of people, who are {customers:,} customers."
    yield f"{orders:,} orders; of {known:.0%} we know the customer."


def _revenue(rows: list[tuple[Any, ...]], left_out: list[tuple[Any, ...]]) -> Iterator[str]:
    yield ""
    yield f"{'Net revenue':<20}{'came in':>18}{'left out':>16}{'in the marts':>18}"
    for system, currency, came, out, marts in rows:
        verdict = "=" if came - out == marts else f"DIFFERS BY {came - out - marts:,.2f}"
        yield f"  {system:<12}{currency:<6}{came:>18,.2f}{out:>16,.2f}{marts:>18,.2f}  {verdict}"
    if left_out:
        yield "  left out: " + ", ".join(f"{orders:,} orders {reason}" for reason, orders in left_out)


def _segments(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    yield ""
    yield f"{'RFM segment':<26}{'customers':>12}{'net revenue':>18}"
    for segment, customers, revenue in rows:
        yield f"  {segment:<24}{customers:>12,}{revenue or 0:>18,.2f}"


def _quarantine(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    yield ""
    yield f"In quarantine: {sum(count for _, count, _ in rows):,} rows"
    for reason, count, tables in rows:
        yield f"  {reason:<24}{count:>12,}  {tables}"
