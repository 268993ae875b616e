"""The raw tables that arrived, each as its contract means it."""

import csv

from orchestration.landing import Contract, read_contracts
from orchestration.landing.files import identifier
from orchestration.warehouse import Paths, Warehouse


def arrived_tables(paths: Paths, warehouse: Warehouse) -> dict[str, str]:
    """Of every raw table that files or a loader brought, under its name in the warehouse, the SQL that reads it.

    A value that cannot be read as the promised type is null there; a column that no file holds is left out.
    """
    absent = _absent_columns(paths)
    return {
        contract.relation.removeprefix("raw."): _typed(
            contract, absent.get((contract.system, contract.table), set())
        )
        for contract in read_contracts()
        if _arrived(warehouse, contract.relation)
    }


def _arrived(warehouse: Warehouse, relation: str) -> bool:
    """An absent table has no relation yet, or the empty one that dbt makes for it."""
    kind = warehouse.kind(relation)
    return kind == "view" or bool(kind and warehouse.query(f"select 1 from {relation} limit 1"))


def _typed(contract: Contract, absent: set[str]) -> str:
    columns = (_cast(name, kind) for name, kind in contract.columns.items() if name not in absent)
    return f"select {', '.join(columns)} from {contract.relation}"


def _cast(column: str, data_type: str) -> str:
    """The column as its type; an empty text is no value."""
    name = identifier(column)
    return (
        f"nullif(cast({name} as varchar), '') as {name}"
        if data_type == "string"
        else f"try_cast({name} as {data_type}) as {name}"
    )


def _absent_columns(paths: Paths) -> dict[tuple[str, str], set[str]]:
    """Per system and table the columns that every landed file lacks: an old file that has one shows a renaming."""
    absent: dict[tuple[str, str], set[str]] = {}
    with open(paths.landing / "report.csv", newline="") as report:
        for file in csv.DictReader(report):
            if file["verdict"] == "landed":
                table, missing = (file["system"], file["table"]), set(file["missing_columns"].split())
                absent[table] = absent.get(table, missing) & missing
    return absent
