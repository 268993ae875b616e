"""The whole identity layer: a full job over so many source records, and a day of 1% on top of it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from orchestration.bench.dbt_steps import dbt, seconds_in_models
from orchestration.bench.measure import HEADER, Cost
from orchestration.warehouse import DuckDBWarehouse, Paths

RECORDS_PER_PERSON = 6.5
SIGHTINGS = "intermediate.int_identity__sightings"
GROUPED = "intermediate.int_identity__grouped_records"
_PEOPLE = Path(__file__).with_name("people.sql")
_LAYER = ["--select", "+int_identity__resolved_records", "int_identity__identifier_values"]
_LAYER += ["--exclude", "+int_identity__sightings", "path:seeds", "path:models/staging"]

# rows of people.sql: what was there at first and on the eve, where those that will change say something else, and what is there after the day
_NOBODY = "select * from written where false"
_EVE = """
    select * replace (
        case when arrival = 'changed' then first_name || 'x' else first_name end as first_name,
        case when arrival = 'changed' then phone || '9' else phone end as phone
    )
    from written
    where arrival <> 'new'
"""
_FIRST = f"{_EVE} and arrival <> 'new the day before'"
_AFTER = "select * from written"


def bench(records: int) -> None:
    """Resolves about so many source records, then a day of 1% new and changed ones, then all of them anew; a line for each.

    What starting the same models costs is measured on no rows. Raises ValueError when the day's groups are not those of the full job.
    """
    print(HEADER)
    people = round(records / RECORDS_PER_PERSON)
    with TemporaryDirectory() as folder:
        data, nowhere = Path(folder, "data"), Path(folder, "nowhere")
        idle = _layer(nowhere, 0, _NOBODY)
        print(idle.line(0, "identity, starting"), flush=True)
        idle_day = _layer(nowhere, 0, _NOBODY)  # a later run asks more of dbt than the first
        print(idle_day.line(0, "identity, starting a day"), flush=True)
        first = _layer(data, people, _FIRST)
        print(first.line(_count(data, "grouped_records"), "identity, first run"), flush=True)
        _layer(data, people, _EVE)  # only the day after a first run throws away tables as large as the whole
        day = _layer(data, people, _AFTER)
        print(day.line(_count(data, "changed_records"), "identity, a day"), flush=True)
        spent = seconds_in_models(data)
        _keep_groups(data)
        full = dbt(data, "run", "--full-refresh", *_LAYER)
        print(full.line(_count(data, "grouped_records"), "identity, all anew"))
        _check_groups(data)
    net_day, net_full = day.cpu - idle_day.cpu, full.cpu - idle.cpu
    print(
        f"Same groups. Less starting: {net_day:.2f} and {net_full:.2f} CPU s, a day is {net_day / net_full:.3f} of all."
    )
    dearest = sorted(spent.items(), key=lambda model: -model[1])[:6]
    print(
        "Dearest of the day, wall s: " + ", ".join(f"{model} {wall:.1f}" for model, wall in dearest),
        flush=True,
    )


def _layer(data: Path, people: int, rows: str) -> Cost:
    """The cost of the layer on these sightings; what it stands on is made first, and not counted."""
    if not data.exists():
        data.mkdir()
        dbt(data, "seed")
    with DuckDBWarehouse(Paths(data).warehouse) as warehouse:
        warehouse.execute(f"set variable people = {people}")
        warehouse.execute(_PEOPLE.read_text())
        warehouse.execute("create schema if not exists intermediate")
        warehouse.execute(
            f"create or replace table {SIGHTINGS} as select * exclude (number, seed, arrival) from ({rows})"
        )
    return dbt(data, "run", *_LAYER)


def _count(data: Path, name: str) -> int:
    with DuckDBWarehouse(Paths(data).warehouse, read_only=True) as warehouse:
        ((rows,),) = warehouse.query(f"select count(*) from intermediate.int_identity__{name}")
    return rows


def _keep_groups(data: Path) -> None:
    with DuckDBWarehouse(Paths(data).warehouse) as warehouse:
        warehouse.execute(f"create table main.groups_of_the_day as select record_id, group_id from {GROUPED}")


def _check_groups(data: Path) -> None:
    """A group is named by its smallest record, so equal groups have equal names."""
    with DuckDBWarehouse(Paths(data).warehouse, read_only=True) as warehouse:
        ((different,),) = warehouse.query(
            f"select count(*) from main.groups_of_the_day as day full outer join {GROUPED} as anew using (record_id)"
            " where day.group_id is distinct from anew.group_id"
        )
    if different:
        raise ValueError(f"{different} records are grouped differently by a day's run and a full one")
