"""Looks at everything under raw/, makes the raw relations, and reports what arrived."""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from orchestration.landing.contracts import Contract, read_contracts
from orchestration.landing.files import LandedFile, inspect
from orchestration.landing.relations import relation_sql
from orchestration.warehouse import Paths, Warehouse


@dataclass(frozen=True)
class LandedTable:
    """What arrived for one contract. No files at all is no fault: the table is then absent."""

    contract: Contract
    files: tuple[LandedFile, ...]

    @property
    def accepted(self) -> list[LandedFile]:
        return [file for file in self.files if not file.refusal]

    @property
    def refused(self) -> list[LandedFile]:
        return [file for file in self.files if file.refusal]

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.accepted)


def land(paths: Paths, warehouse: Warehouse) -> list[LandedTable]:
    """Inspects all files, points the raw relations at those that can be read, and writes landing/report.csv."""
    contracts = read_contracts()
    with ThreadPoolExecutor() as pool:
        tables = [LandedTable(contract, tuple(_inspect_all(paths, contract, pool))) for contract in contracts]
    warehouse.execute("create schema if not exists raw")
    for table in tables:
        point_relation(warehouse, table)
    _write_report(paths, tables)
    return tables


def unknown_folders(paths: Paths) -> list[str]:
    """Folders under raw/ that no contract names: a misspelt system or table would otherwise be missed in silence."""
    known = {f"{contract.system}/{contract.table}" for contract in read_contracts()}
    found = {f"{path.parent.name}/{path.name}" for path in paths.raw.glob("*/*") if path.is_dir()}
    return sorted(found - known)


def point_relation(warehouse: Warehouse, table: LandedTable) -> None:
    """Makes the raw relation a view over the accepted files; without files, what a loader put there stays."""
    relation = table.contract.relation
    kind = warehouse.kind(relation)
    if kind == "view":
        warehouse.execute(f"drop view {relation}")
    elif kind and table.files:
        if warehouse.query(f"select 1 from {relation} limit 1"):
            raise ValueError(
                f"{relation} holds rows that a loader put there, and there are files for it too: remove one of them"
            )
        warehouse.execute(f"drop table {relation}")
    if table.accepted:
        warehouse.execute(
            f"create view {relation} as {relation_sql(warehouse.engine, table.contract, table.accepted)}"
        )


def _inspect_all(paths: Paths, contract: Contract, pool: ThreadPoolExecutor) -> list[LandedFile]:
    folder = paths.raw / contract.system / contract.table
    found = sorted(
        path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "_"))
    )
    return list(pool.map(lambda path: inspect(path, contract), found))


def _write_report(paths: Paths, tables: list[LandedTable]) -> None:
    paths.landing.mkdir(parents=True, exist_ok=True)
    with open(paths.landing / "report.csv", "w", newline="") as stream:
        report = csv.writer(stream)
        report.writerow(
            [
                "system",
                "table",
                "file",
                "bytes",
                "rows",
                "verdict",
                "added_columns",
                "missing_columns",
                "reason",
            ]
        )
        for table in tables:
            for file in table.files:
                report.writerow([
                    table.contract.system,
                    table.contract.table,
                    file.path.relative_to(paths.raw),
                    file.size,
                    file.rows,
                    "refused" if file.refusal else "landed",
                    " ".join(file.added),
                    " ".join(file.missing),
                    file.refusal,
                ])  # fmt: skip


def refusals(tables: list[LandedTable]) -> list[str]:
    """One sentence for each refused file: system, table, file and reason."""
    return [
        f"{table.contract.system}.{table.contract.table}: {file.path.name} was refused: {file.refusal}"
        for table in tables
        for file in table.refused
    ]
