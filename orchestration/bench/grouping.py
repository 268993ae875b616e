"""Grouping: our connected components against Splink's clustering, on the same edges."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from orchestration.bench.dbt_steps import dbt, seconds_in_models
from orchestration.bench.measure import HEADER, Cost, measure
from orchestration.warehouse import DuckDBWarehouse, Paths

GROUPS = "int_identity__strong_groups"
_EDGES = Path(__file__).with_name("edges.sql")


def bench(records: int) -> None:
    """Groups the edges of so many source records in both ways, checks that the groups are the same, and prints a line for each.

    What starting costs is measured on no records at all. Raises ValueError when the two disagree.
    """
    print(HEADER)
    with TemporaryDirectory() as folder:
        nothing, something = (_with_edges(Path(folder, str(size)), size) for size in (0, records))
        for data in (something, nothing):
            dbt(data, "parse")  # not counted
        ours, ours_idle = (dbt(data, "run", "--select", GROUPS) for data in (something, nothing))
        in_model = seconds_in_models(something)[GROUPS]
        splink, splink_idle = (_splink(data) for data in (something, nothing))
        edges, groups = _same_groups(something)
    print(ours.line(records, "grouping, by dbt"))
    print(splink.line(records, "grouping, by Splink"))
    ours_net, splink_net = ours.cpu - ours_idle.cpu, splink.cpu - splink_idle.cpu
    print(
        f"{edges:,} edges, {groups:,} groups, the same in both. Less starting ({ours_idle.cpu:.1f} and {splink_idle.cpu:.1f} CPU s): "
        f"{ours_net:.1f} and {splink_net:.1f} CPU s, {ours_net / splink_net:.2f} of Splink's. The model took dbt {in_model:.1f} s.",
        flush=True,
    )


def _with_edges(data: Path, records: int) -> Path:
    data.mkdir()
    with DuckDBWarehouse(Paths(data).warehouse) as warehouse:
        warehouse.execute(f"set variable records = {records}")
        warehouse.execute(_EDGES.read_text())
    return data


def _splink(data: Path) -> Cost:
    return measure([sys.executable, "-m", "orchestration.bench.splink_grouping"], data)


def _same_groups(data: Path) -> tuple[int, int]:
    """The number of edges and of groups. Both name a group by its smallest record."""
    ours, theirs = f"intermediate.{GROUPS}", "splink_groups"
    with DuckDBWarehouse(Paths(data).warehouse, read_only=True) as warehouse:
        ((different,),) = warehouse.query(
            f"select count(*) from {ours} as ours full outer join {theirs} as theirs using (node)"
            " where ours.component is distinct from theirs.component"
        )
        if different:
            raise ValueError(f"{different} records are grouped differently")
        ((edges,),) = warehouse.query("select count(*) from intermediate.int_identity__strong_edges")
        ((groups,),) = warehouse.query(f"select count(distinct component) from {ours}")
    return edges, groups
