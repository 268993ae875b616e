"""The two gates: what arrived is judged before it is staged, the marts before they are published."""

import ast
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import dagster as dg

from orchestration.expectations.arrived import arrived_tables
from orchestration.expectations.published import compared_with_published
from orchestration.resources import Asked, DataFolder
from orchestration.warehouse import Paths, open_warehouse

# Great Expectations is imported by a gate at work only: it takes longer to load than everything else together.

CHECK = "expectations"
HERE = Path(__file__).parent
Known = Mapping[str, float | date]  # the figures that an expectation means by `$PARAMETER`


def tables(gate: str) -> dict[str, str]:
    """The tables that a gate judges, each with what its list says of it."""
    lists = sorted(path for path in (HERE / gate).glob("*.py") if path.stem != "__init__")
    return {path.stem: ast.get_docstring(ast.parse(path.read_text())) or "" for path in lists}


def asset_of(gate: str, table: str) -> dg.AssetKey:
    """The asset of a table: raw/shopify__order.py judges shopify/order, marts/orders.py judges marts/orders."""
    return dg.AssetKey(table.split("__") if gate == "raw" else [gate, table])


def specs(gate: str) -> list[dg.AssetCheckSpec]:
    """One check per table; a failed one lets nothing through."""
    return [
        dg.AssetCheckSpec(CHECK, asset=asset_of(gate, table), description=description, blocking=True)
        for table, description in tables(gate).items()
    ]


@dg.multi_asset_check(specs=specs("raw"), name="gate_raw", can_subset=True)
def gate_raw(
    context: dg.AssetCheckExecutionContext, folder: DataFolder, asked: Asked
) -> Iterator[dg.AssetCheckResult]:
    """What arrived is believable."""
    yield from judge_raw(folder.paths, asked, _selected("raw", context))


@dg.multi_asset_check(specs=specs("marts"), name="gate_marts", can_subset=True)
def gate_marts(
    context: dg.AssetCheckExecutionContext, folder: DataFolder, asked: Asked
) -> Iterator[dg.AssetCheckResult]:
    """The marts are believable, by themselves and beside the last publication."""
    yield from judge_marts(folder.paths, asked, _selected("marts", context))


def judge_raw(paths: Paths, asked: Asked, selected: list[str]) -> Iterator[dg.AssetCheckResult]:
    """The verdict on each selected raw table. One that did not arrive is not judged."""
    known = {"first_day": date(1990, 1, 1), "last_day": asked.day + timedelta(days=1)}
    with open_warehouse(paths, read_only=True) as warehouse:
        arrived = arrived_tables(paths, warehouse)
    queries = {table: arrived.get(table, "") for table in selected}
    yield from _verdicts("raw", paths, queries, dict.fromkeys(selected, known), personal=True)


def judge_marts(paths: Paths, asked: Asked, selected: list[str]) -> Iterator[dg.AssetCheckResult]:
    """The verdict on each selected mart."""
    queries = {table: f"select * from marts.{table}" for table in selected}
    known = compared_with_published(paths, asked, selected)
    yield from _verdicts("marts", paths, queries, known, personal=False)


def _selected(gate: str, context: dg.AssetCheckExecutionContext) -> list[str]:
    """The tables of a gate whose check is part of this run."""
    keys = {key.asset_key for key in context.selected_asset_check_keys}
    return [table for table in tables(gate) if asset_of(gate, table) in keys]


def _verdicts(
    gate: str, paths: Paths, queries: dict[str, str], known: Mapping[str, Known], personal: bool
) -> Iterator[dg.AssetCheckResult]:
    from orchestration.expectations.engine import opened
    from orchestration.expectations.judge import Verdict, judge

    verdicts = {}
    with opened(paths.warehouse) as source:
        for table, query in queries.items():
            expectations = import_module(f"{__package__}.{gate}.{table}").EXPECTATIONS
            verdicts[table] = (
                judge(source, table, query, expectations, known[table], personal) if query else Verdict()
            )
    for table, verdict in verdicts.items():
        unmet = verdict.broken + verdict.doubtful
        yield dg.AssetCheckResult(
            asset_key=asset_of(gate, table),
            check_name=CHECK,
            passed=not unmet,
            severity=dg.AssetCheckSeverity.ERROR if verdict.broken else dg.AssetCheckSeverity.WARN,
            metadata={"judged": verdict.judged, "unmet": len(unmet), "reason": "; ".join(unmet) or "none"},
        )
