"""The last publications, as what a run is compared with."""

import json
from datetime import date
from typing import Any

from orchestration.expectations.figures import Figures
from orchestration.resources import Asked
from orchestration.warehouse import DuckDBWarehouse, Paths

SHRINKS_TO = 0.8  # a fifth of all rows or revenue does not vanish overnight: a source did
CHANGES_BY = 3.0  # nor does the usual order become three times as large: a currency or a decimal point did
LAST = 3  # publications: an odd one alone does not make the next look odd
ANYTHING: dict[str, float] = {
    "least_rows": 0.0,
    "least_revenue": -1e15,
    "least_order": -1e15,
    "most_order": 1e15,
}


def comparable_manifests(paths: Paths, asked: Asked) -> list[dict[str, Any]]:
    """The manifests of the current publication and those before it, the newest first.

    None where a comparison would mean nothing: before the first publication, for a day before that of the last one, and
    when a person says that the change is right.
    """
    current = paths.serving / "current"
    if asked.accept_change or not current.exists():
        return []
    versions = [path for path in paths.serving.glob("v*") if path.name <= current.resolve().name]
    newest_first = sorted(versions, reverse=True)[:LAST]
    manifests = [json.loads((version / "manifest.json").read_text()) for version in newest_first]
    as_of = manifests[0]["as_of_date"]
    return manifests if as_of and asked.day >= date.fromisoformat(as_of) else []


def raw_figures(manifests: list[dict[str, Any]], table: str) -> list[Figures]:
    """What a raw table was in these publications; those without it are left out."""
    facts = [manifest.get("raw", {}).get(table) for manifest in manifests]
    return [Figures.read(one) for one in facts if one]


def compared_with_published(paths: Paths, asked: Asked, marts: list[str]) -> dict[str, dict[str, float]]:
    """What is the least, or the most, to be expected of each mart; anything of one that the last publication lacks."""
    expected = dict.fromkeys(marts, ANYTHING)
    manifests = comparable_manifests(paths, asked)
    if not manifests:
        return expected
    rows = {table: facts["rows"] for table, facts in manifests[0]["contents"]["marts"].items()}
    expected |= {
        table: ANYTHING | {"least_rows": SHRINKS_TO * rows[table]} for table in marts if table in rows
    }
    if "orders" not in rows or "orders" not in marts:
        return expected
    with DuckDBWarehouse(paths.serving / "current" / "marts.duckdb", read_only=True) as published:
        revenue, usual = published.query(
            "select sum(net_revenue_reporting), avg(net_revenue_reporting) from marts.marts.orders"
        )[0]
    if revenue and revenue > 0:
        expected["orders"] |= {
            "least_revenue": SHRINKS_TO * float(revenue),
            "least_order": float(usual) / CHANGES_BY,
            "most_order": float(usual) * CHANGES_BY,
        }
    return expected


def quarantined_before(paths: Paths, asked: Asked) -> str:
    """SQL of the share of each raw table that the last publication had in quarantine; of none if it is not comparable."""
    shares = _quarantined_shares(paths) if comparable_manifests(paths, asked) else []
    rows = ", ".join(f"('{system}', '{table}', {share})" for system, table, share in shares)
    nothing = "select null, null, null where false"
    return f"select * from ({f'values {rows}' if rows else nothing}) as t (source_system, source_table, share_before)"


def _quarantined_shares(paths: Paths) -> list[tuple[str, str, float]]:
    with DuckDBWarehouse(paths.serving / "current" / "marts.duckdb", read_only=True) as published:
        return published.query("""
            select source_system, source_table, quarantined_rows / raw_rows
            from marts.marts.reconciliation
            where raw_rows > 0
        """)
