"""Events become sessions: in one run or in many, however late, often and out of order the events are delivered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from own_dbt import run_dbt

GAP = timedelta(minutes=30)
LOOKBACK = 3  # days
BEGIN = datetime(2026, 6, 1)
SESSIONS = "warehouse.intermediate.int_sessions__sessionised"
COLUMNS = "session_id, device_id, started_at, ended_at, events, page_views, utm_campaign"
EVENT = pa.schema(
    [(name, pa.string()) for name in (
        "event_id", "device_id", "shop_customer_id", "order_reference", "kind", "platform", "page_url", "page_referrer",
        "utm_source", "utm_medium", "utm_campaign",
    )]
    + [("tells_origin", pa.bool_()), ("occurred_at", pa.timestamp("us"))]
)  # fmt: skip
# the as-of date is read from a table of one row, so that one compiled query serves every day
AS_OF, STAND_IN = "(select day from warehouse.intermediate.today)", "cast('2026-06-30' as date)"

IN_CI = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@dataclass(frozen=True)
class Event:
    """Something a device did, so many seconds after BEGIN, and the days late that it arrives, each time it does."""

    device: str
    second: int
    late: tuple[int, ...]

    @property
    def at(self) -> datetime:
        return BEGIN + timedelta(seconds=self.second)


class SessionSql:
    """The compiled model in an in-memory warehouse."""

    def __init__(self, first: str, later: str, delete: str) -> None:
        self._db = duckdb.connect()
        self._db.execute("set TimeZone = 'UTC'; set threads = 1; attach ':memory:' as warehouse")
        self._db.execute("create schema warehouse.intermediate")
        self._db.execute("create table warehouse.intermediate.today (day date)")
        self._db.register("rows", EVENT.empty_table())
        self._db.execute("create table warehouse.intermediate.int_sessions__events as from rows")
        self._db.execute(f"create table {SESSIONS} as {first} with no data")
        self._db.execute(f"create table made as from {SESSIONS}")
        self._db.execute(f"prepare first_run as insert into made {first}")
        self._db.execute(f"prepare later_run as insert into made {later}")
        self._db.execute(f"prepare make_room as {delete}")

    def run(self, events: list[Event], day: date, *, full: bool) -> list[tuple]:
        """What stands after a run on all events that have arrived."""
        arrived = {f"{event.device}-{event.second}": event for event in events}
        rows = [
            {
                "event_id": key,
                "device_id": event.device,
                "kind": "page_view",
                "page_url": "https://shop.example/",
                "utm_campaign": key,
                "tells_origin": True,
                "occurred_at": event.at,
            }
            for key, event in arrived.items()
        ]
        self._db.register("rows", pa.Table.from_pylist(rows, EVENT))
        for statement in (
            "truncate warehouse.intermediate.today",
            f"insert into warehouse.intermediate.today values (date '{day}')",
            "truncate warehouse.intermediate.int_sessions__events",
            "insert into warehouse.intermediate.int_sessions__events from rows where occurred_at < (select day + 1 from warehouse.intermediate.today)",
            "truncate made",
            f"execute {'first' if full else 'later'}_run",
            f"truncate {SESSIONS}" if full else "execute make_room",
            f"insert into {SESSIONS} from made",
        ):
            self._db.execute(statement)
        return self._db.execute(f"select {COLUMNS} from {SESSIONS} order by all").fetchall()


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionSql]:
    """The model as dbt writes it in the first run and in later ones, and what makes room for the rows of a later one."""
    folder = tmp_path_factory.mktemp("sessions")
    first = compiled(folder, "--select", "int_sessions__sessionised")
    with duckdb.connect(str(folder / "warehouse.duckdb")) as warehouse:
        warehouse.execute("create schema if not exists intermediate")
        warehouse.execute("create table intermediate.int_sessions__sessionised (stub boolean)")
    later = compiled(folder, "--select", "int_sessions__sessionised")
    strategy = (
        "{{ get_incremental_open_sessions_sql({"
        "'target_relation': ref('int_sessions__sessionised'), 'temp_relation': 'made', 'dest_columns': []}) }}"
    )
    delete = compiled(folder, "--inline", strategy).split(";")[0]
    yield SessionSql(first, later, delete)


def compiled(folder: Path, *what: str) -> str:
    """The SQL of one node, with the day of AS_OF for that of the run."""
    variables = f"{{as_of_date: 2026-06-30, session_lookback_days: {LOOKBACK}}}"
    sql: str = run_dbt(folder, "compile", "--vars", variables, *what).results[0].node.compiled_code
    return sql.replace(STAND_IN, AS_OF)


@st.composite
def deliveries(draw: st.DrawFn) -> list[Event]:
    """Events of few devices over ten days, most of them around midnight and about the gap from one another."""
    gap = int(GAP.total_seconds())
    around = st.sampled_from(
        [-gap - 1, -gap, 1 - gap, -gap // 2, -1, 0, 1, gap // 2, gap - 1, gap, gap + 1, 2 * gap]
    )
    second = st.tuples(st.integers(1, 9), around | st.integers(0, 86_399)).map(
        lambda at: at[0] * 86_400 + at[1]
    )
    late = st.lists(st.integers(0, LOOKBACK), min_size=1, max_size=2).map(tuple)
    moments = draw(st.lists(st.tuples(st.sampled_from("ab"), second, late), max_size=40))
    return [Event(*moment) for moment in {moment[:2]: moment for moment in moments}.values()]


def sessionised(events: list[Event]) -> list[tuple[str, datetime, datetime, int]]:
    """Sessions in ten lines."""
    made: list[list[Any]] = []
    for device, second in sorted({(event.device, event.second) for event in events}):
        at = BEGIN + timedelta(seconds=second)
        if made and made[-1][0] == device and at - made[-1][2] <= GAP:
            made[-1][2:] = [at, made[-1][3] + 1]
        else:
            made.append([device, at, at, 1])
    return [tuple(session) for session in made]


@settings(IN_CI)
@given(deliveries(), st.sampled_from([1, 2, 3]))
def test_runs_on_late_repeated_and_unordered_events_end_where_one_run_on_all_of_them_does(
    sessions, events, stride
):
    """With a run every day, or every second or third: what is late by no more than the look-back finds its session."""
    last = max(
        [(event.at + timedelta(days=max(event.late))).date() for event in events], default=BEGIN.date()
    )
    days = [
        BEGIN.date() + timedelta(days=n) for n in range(0, (last - BEGIN.date()).days + stride + 1, stride)
    ]
    for number, day in enumerate(days):
        # a run sees what arrived by the end of its day
        arrived = [e for e in events if any((e.at + timedelta(days=d)).date() <= day for d in e.late)]
        stands = sessions.run(arrived, day, full=number == 0)
    assert stands == sessions.run(events, days[-1], full=True)
    assert [
        (row[1], row[2], row[3], row[4]) for row in sorted(stands, key=lambda row: row[1:3])
    ] == sessionised(events)


@settings(IN_CI)
@given(deliveries())
def test_slots_make_the_sessions_that_walking_through_the_events_makes(sessions, events):
    """Each session has the campaign of its first event, and one id from its device and start."""
    stands = sessions.run(events, date(2026, 6, 30), full=True)
    assert sorted((row[1], row[2], row[3], row[4]) for row in stands) == sessionised(events)
    assert len({row[0] for row in stands}) == len(stands)
    for _, device, started_at, *_, campaign in stands:
        assert campaign == f"{device}-{int((started_at - BEGIN).total_seconds())}"


def test_an_event_that_is_too_late_waits_for_a_full_refresh(sessions):
    day = BEGIN.date() + timedelta(days=10)
    known, missed = Event("a", 10 * 86_400, (0,)), Event("a", 3 * 86_400, (LOOKBACK + 4,))
    sessions.run([known], day, full=True)
    assert len(sessions.run([known, missed], day, full=False)) == 1
    assert len(sessions.run([known, missed], day, full=True)) == 2


def test_an_earlier_as_of_date_takes_back_the_sessions_after_it(sessions):
    events = [Event("a", 86_400 * day, (0,)) for day in range(6)]
    sessions.run(events, BEGIN.date() + timedelta(days=5), full=True)
    stands = sessions.run(events, BEGIN.date() + timedelta(days=2), full=False)
    assert len(stands) == 3
