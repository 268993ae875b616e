"""The raw tables that arrived, each as its contract means it."""

import csv
from datetime import date, timedelta

from orchestration.expectations.promises import Promise
from orchestration.landing import Contract, read_contracts
from orchestration.landing.files import identifier
from orchestration.warehouse import Paths, Warehouse

SPOKE_AT = "spoke_at"  # when the source last spoke, as far as the day of the run knows


def arrived_tables(
    paths: Paths, warehouse: Warehouse, promised: dict[str, Promise], day: date
) -> dict[str, str]:
    """Of every promised table that files or a loader brought, the SQL that reads it.

    A value that cannot be read as the promised type is null there; a column that no file holds is left out.
    """
    absent = _absent_columns(paths)
    contracts = {contract.relation.removeprefix("raw."): contract for contract in read_contracts()}
    return {
        name: _typed(contracts[name], promise, absent.get((promise.system, promise.table), set()), day)
        for name, promise in promised.items()
        if _arrived(warehouse, contracts[name].relation)
    }


def _arrived(warehouse: Warehouse, relation: str) -> bool:
    """An absent table has no relation yet, or the empty one that dbt makes for it."""
    kind = warehouse.kind(relation)
    return kind == "view" or bool(kind and warehouse.query(f"select 1 from {relation} limit 1"))


def _typed(contract: Contract, promise: Promise, absent: set[str], day: date) -> str:
    columns = [_cast(name, kind) for name, kind in contract.columns.items() if name not in absent]
    if promise.spoke_at and promise.spoke_at not in absent:
        columns.append(_spoke_at(promise.spoke_at, day))
    return f"select {', '.join(columns)} from {contract.relation}"


def _cast(column: str, data_type: str) -> str:
    """The column as its type; an empty text is no value."""
    name = identifier(column)
    return (
        f"nullif(cast({name} as varchar), '') as {name}"
        if data_type == "string"
        else f"try_cast({name} as {data_type}) as {name}"
    )


def _spoke_at(column: str, day: date) -> str:
    """The time of a row, unless it lies ahead: one wrong year would make a source look fresh for ever."""
    time = f"try_cast({identifier(column)} as timestamp)"
    return f"case when {time} < date '{day + timedelta(days=1)}' then {time} end as {SPOKE_AT}"


def _absent_columns(paths: Paths) -> dict[tuple[str, str], set[str]]:
    """Per system and table the columns that every landed file lacks: an old file that has one shows a renaming."""
    absent: dict[tuple[str, str], set[str]] = {}
    with open(paths.landing / "report.csv", newline="") as report:
        for file in csv.DictReader(report):
            if file["verdict"] == "landed":
                table, missing = (file["system"], file["table"]), set(file["missing_columns"].split())
                absent[table] = absent.get(table, missing) & missing
    return absent
