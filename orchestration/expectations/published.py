"""The last publication, as what the marts of this run are compared with."""

import json
from datetime import date

from orchestration.resources import Asked
from orchestration.warehouse import DuckDBWarehouse, Paths

SHRINKS_TO = 0.8  # a fifth of all rows or revenue does not vanish overnight: a source did
CHANGES_BY = 3.0  # nor does the usual order become three times as large: a currency or a decimal point did
ANYTHING: dict[str, float] = {
    "least_rows": 0.0,
    "least_revenue": -1e15,
    "least_order": -1e15,
    "most_order": 1e15,
}


def compared_with_published(paths: Paths, asked: Asked, marts: list[str]) -> dict[str, dict[str, float]]:
    """What is the least, or the most, to be expected of each mart.

    Anything where a comparison would mean nothing: before the first publication, for a day before that of the last
    one, for a mart that it lacks, and when a person says that the change is right.
    """
    expected = dict.fromkeys(marts, ANYTHING)
    current = paths.serving / "current"
    if asked.accept_change or not current.exists():
        return expected
    manifest = json.loads((current / "manifest.json").read_text())
    if not manifest["as_of_date"] or asked.day < date.fromisoformat(manifest["as_of_date"]):
        return expected
    rows = {table: facts["rows"] for table, facts in manifest["contents"]["marts"].items()}
    expected |= {
        table: ANYTHING | {"least_rows": SHRINKS_TO * rows[table]} for table in marts if table in rows
    }
    if "orders" not in rows or "orders" not in marts:
        return expected
    with DuckDBWarehouse(current / "marts.duckdb", read_only=True) as published:
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
