"""Sessions: ours, from slots, against the plain lag and running sum over all events."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from orchestration.bench.dbt_steps import dbt
from orchestration.bench.measure import HEADER, measure
from orchestration.warehouse import DuckDBWarehouse, Paths

EVENTS = "intermediate.int_sessions__events"
SESSIONS = "int_sessions__sessionised"
_EVENTS = Path(__file__).with_name("events.sql")
_PLAIN = [sys.executable, "-m", "orchestration.bench.plain_sessions"]
_COLUMNS = (
    "session_id, device_id, shop_customer_id, order_reference, platform, events, page_views, product_views, products_added, checkouts,"
    " orders, landing_path, utm_source, utm_medium, utm_campaign, url_parameters, referrer_host, started_date, started_at, ended_at"
)
_OURS, _PLAINS = (f"select {_COLUMNS} from intermediate.{name}" for name in (SESSIONS, "plain_sessions"))


def bench(events: int) -> None:
    """Makes sessions of about so many events in both ways and then a day's run of ours; a line for each.

    What starting costs is measured on nearly no events. Raises ValueError when the sessions are not the same.
    """
    print(HEADER)
    with TemporaryDirectory() as folder:
        data, nowhere = Path(folder, "data"), Path(folder, "nowhere")
        for place, size in ((data, events), (nowhere, 100)):
            _write_events(place, size)
            dbt(place, "parse")  # not counted
        idle_plain, plain = (measure(_PLAIN, place) for place in (nowhere, data))
        idle, ours, day = (dbt(place, "run", "--select", SESSIONS) for place in (nowhere, data, data))
        for step, cost in {
            "sessions, plain query": plain,
            "sessions, starting": idle_plain,
            "sessions, by dbt": ours,
            "sessions, starting dbt": idle,
            "sessions, a day by dbt": day,
        }.items():
            print(cost.line(events, step), flush=True)
        sessions = _check(data)
    ratio = (ours.cpu - idle.cpu) / max(plain.cpu - idle_plain.cpu, 0.01)
    print(
        f"{sessions:,} sessions, the same in both. Less starting: {ratio:.2f} of the plain query's CPU,"
        f" {ours.peak / plain.peak:.2f} of its memory.",
        flush=True,
    )


def _write_events(data: Path, events: int) -> None:
    data.mkdir()
    with DuckDBWarehouse(Paths(data).warehouse) as warehouse:
        warehouse.execute(f"set variable events = {events}")
        warehouse.execute(f"set variable file = '{data}/events.parquet'")
        warehouse.execute(_EVENTS.read_text())
        warehouse.execute("create schema intermediate")
        warehouse.execute(f"create view {EVENTS} as from '{data}/events.parquet'")


def _check(data: Path) -> int:
    """How many sessions there are."""
    with DuckDBWarehouse(Paths(data).warehouse, read_only=True) as warehouse:
        ((different,),) = warehouse.query(
            f"select count(*) from (({_OURS} except {_PLAINS}) union all ({_PLAINS} except {_OURS}))"
        )
        ((sessions,),) = warehouse.query(f"select count(*) from intermediate.{SESSIONS}")
    if different:
        raise ValueError(f"{different} sessions are not the same in both ways")
    return sessions
