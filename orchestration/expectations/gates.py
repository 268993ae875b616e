"""The gates as Dagster checks: nothing passes one that fails."""

from collections.abc import Iterator

import dagster as dg

from orchestration.expectations.lists import SYSTEMS, tables
from orchestration.expectations.verdict import Verdict
from orchestration.raw import REPORT
from orchestration.resources import Asked, DataFolder
from orchestration.warehouse import Paths

# Great Expectations is imported by a gate at work only: it takes longer to load than everything else together.

CHECK = "expectations"


def asset_of(gate: str, table: str) -> dg.AssetKey:
    """The asset of a table: raw/shopify__order.py judges shopify/order, marts/orders.py judges marts/orders."""
    return dg.AssetKey(table.split("__") if gate == "raw" else [gate, table])


def specs(gate: str) -> list[dg.AssetCheckSpec]:
    """One check per table; a failed one lets nothing through."""
    return [
        dg.AssetCheckSpec(CHECK, asset=asset_of(gate, table), description=description, blocking=True)
        for table, description in tables(gate).items()
    ]


def system_specs() -> list[dg.AssetCheckSpec]:
    """One check per source system: its tables are many, and the quiet ones say nothing."""
    return [
        dg.AssetCheckSpec(
            f"{system}_speaks",
            asset=REPORT,
            description=f"{system} has spoken lately. Where figures are wrong without it, a new silence stops the run.",
            blocking=any(table.is_required for table in tables_of_system),
        )
        for system, tables_of_system in SYSTEMS.items()
    ]


@dg.multi_asset_check(specs=specs("raw") + system_specs(), name="gate_raw", can_subset=True)
def gate_raw(
    context: dg.AssetCheckExecutionContext, folder: DataFolder, asked: Asked
) -> Iterator[dg.AssetCheckResult]:
    """What arrived is believable."""
    yield from raw_results(folder.paths, asked, _selected("raw", context))
    for result in system_results(folder.paths, asked):
        if result.check_name in {key.name for key in context.selected_asset_check_keys}:
            yield result


@dg.multi_asset_check(specs=specs("marts"), name="gate_marts", can_subset=True)
def gate_marts(
    context: dg.AssetCheckExecutionContext, folder: DataFolder, asked: Asked
) -> Iterator[dg.AssetCheckResult]:
    """The marts are believable, by themselves and beside the last publication."""
    yield from marts_results(folder.paths, asked, _selected("marts", context))


def raw_results(paths: Paths, asked: Asked, selected: list[str]) -> list[dg.AssetCheckResult]:
    """The check of each selected raw table. One that did not arrive is not judged, unless it used to."""
    from orchestration.expectations.raw_gate import judge_raw

    return [
        _result(paths, asked, "raw", table, verdict) for table, verdict in judge_raw(paths, asked, selected)
    ]


def system_results(paths: Paths, asked: Asked) -> list[dg.AssetCheckResult]:
    """The check of each source system, after that of its tables."""
    from orchestration.expectations.systems_gate import judge_systems

    return [
        _result(paths, asked, "systems", system, verdict) for system, verdict in judge_systems(paths, asked)
    ]


def marts_results(paths: Paths, asked: Asked, selected: list[str]) -> list[dg.AssetCheckResult]:
    """The check of each selected mart."""
    from orchestration.expectations.marts_gate import judge_marts

    return [
        _result(paths, asked, "marts", table, verdict)
        for table, verdict in judge_marts(paths, asked, selected)
    ]


def _selected(gate: str, context: dg.AssetCheckExecutionContext) -> list[str]:
    """The tables of a gate whose check is part of this run."""
    keys = {key.asset_key for key in context.selected_asset_check_keys}
    return [table for table in tables(gate) if asset_of(gate, table) in keys]


def _result(paths: Paths, asked: Asked, gate: str, name: str, verdict: Verdict) -> dg.AssetCheckResult:
    newest: dict[str, str | int] = (
        {"newest": str(verdict.spoke_at), "age in days": (asked.day - verdict.spoke_at.date()).days}
        if verdict.spoke_at
        else {}
    )
    return dg.AssetCheckResult(
        asset_key=REPORT if gate == "systems" else asset_of(gate, name),
        check_name=f"{name}_speaks" if gate == "systems" else CHECK,
        passed=not verdict.unmet,
        severity=dg.AssetCheckSeverity.ERROR if verdict.broken else dg.AssetCheckSeverity.WARN,
        metadata=newest
        | {
            "rows": verdict.rows,
            "judged": verdict.judged,
            "unmet": len(verdict.unmet),
            "unexpected": verdict.unexpected,
            "reason": "; ".join(verdict.unmet) or "none",
            "data docs": dg.MetadataValue.path(paths.root / "data_docs" / gate / f"{name}.html"),
        },
    )
