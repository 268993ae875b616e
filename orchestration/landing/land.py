"""Looks at everything under raw/, makes the raw relations, and reports what arrived."""

from __future__ import annotations

from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import duckdb

from orchestration.landing.contracts import Contract, read_contracts
from orchestration.landing.drift import with_drift, without_key
from orchestration.landing.files import VERDICTS, LandedFile
from orchestration.landing.found import find_files, settle
from orchestration.landing.inspection import inspect
from orchestration.landing.memory import Memory, remember
from orchestration.landing.relations import relation_sql
from orchestration.landing.report import point_report, write_report
from orchestration.project_vars import project_vars
from orchestration.warehouse import Paths, Warehouse

_OURS = "made by landing"  # the comment on a view that the next landing may replace


@dataclass(frozen=True)
class LandedTable:
    """What arrived for one contract. No files at all is no fault: the table is then absent."""

    contract: Contract
    files: tuple[LandedFile, ...]

    @property
    def accepted(self) -> list[LandedFile]:
        """The files that are read."""
        return self.judged("landed")

    def judged(self, verdict: str) -> list[LandedFile]:
        """The files of one verdict; `VERDICTS` says what each means."""
        return [file for file in self.files if file.verdict == verdict]

    @property
    def rows(self) -> int:
        """Rows of the files that are read."""
        return sum(file.rows for file in self.accepted)


def land(paths: Paths, warehouse: Warehouse) -> list[LandedTable]:
    """Inspects all files, points the raw relations at those that can be read, and writes the report."""
    quiet_seconds = float(project_vars(paths)["landing_quiet_seconds"])
    tables = look(paths.raw, quiet_seconds, remember(paths))
    warehouse.execute("create schema if not exists raw")
    for table in tables:
        point_relation(warehouse, table)
    write_report(paths, [(table.contract, file) for table in tables for file in table.files])
    point_report(paths, warehouse)
    return tables


def look(raw: Path, quiet_seconds: float, memory: Memory) -> list[LandedTable]:
    """What lies in the folders of all contracts, and the verdict on each file; nothing is changed."""
    contracts = read_contracts()
    found = {
        file: number
        for number, contract in enumerate(contracts)
        for file in find_files(raw / contract.system / contract.table)
    }
    owners = {file.path: number for file, number in found.items()}
    settled = settle(list(found), quiet_seconds)
    with duckdb.connect() as duck, ThreadPoolExecutor() as pool:
        inspected = list(pool.map(partial(inspect, raw=raw, memory=memory, duck=duck), settled))
    files = defaultdict(list)
    for file in inspected:
        files[owners[file.path]].append(file)
    return [_judged(contract, raw, files[number]) for number, contract in enumerate(contracts)]


def _judged(contract: Contract, raw: Path, files: list[LandedFile]) -> LandedTable:
    """The files of one table, held against its contract and against each other."""
    first: dict[str, LandedFile] = {}
    judged = []
    for file in files:
        lack = without_key(contract, file) if file.verdict == "landed" else ""
        same = first.setdefault(file.sha256, file) if file.verdict == "landed" and not lack else file
        if lack:  # its header may be a row of data: it is not kept
            file = replace(file, verdict="refused", reason=lack, columns={})
        elif same is not file:
            where = same.path.relative_to(raw / contract.system / contract.table)
            file = replace(file, verdict="duplicate", reason=f"it has the same content as {where}")
        judged.append(file)
    return LandedTable(contract, tuple(with_drift(contract, judged)))


def unknown_folders(raw: Path) -> list[str]:
    """What under raw/ no contract names, folder or file: a misspelt system or table would otherwise be missed in silence."""
    known = {f"{contract.system}/{contract.table}" for contract in read_contracts()}
    systems = {name.split("/")[0] for name in known}
    lying = [path for path in (*raw.glob("*"), *raw.glob("*/*")) if not path.name.startswith((".", "_"))]
    found = {str(path.relative_to(raw)) for path in lying}
    return sorted(
        name for name in found - known - systems if "/" not in name or name.split("/")[0] in systems
    )


def point_relation(warehouse: Warehouse, table: LandedTable) -> None:
    """Makes the raw relation a view over the accepted files; without files, what a loader or a mapping put there stays.

    Raises ValueError when there are both: rows of two origins would be counted twice, or one of them not at all.
    """
    relation = table.contract.relation
    kind = warehouse.kind(relation)
    if kind == "view" and _is_ours(warehouse, relation):
        warehouse.execute(f"drop view {relation}")
    elif kind and table.files:
        if kind == "view" or warehouse.query(f"select 1 from {relation} limit 1"):
            raise ValueError(
                f"{relation} is a {kind} that somebody else made, and there are files for it too: remove one of them"
            )
        warehouse.execute(f"drop table {relation}")
    if table.accepted and not table.contract.not_staged:
        select = relation_sql(warehouse.engine, table.contract, table.accepted)
        _create_view(warehouse, relation, select)


def _is_ours(warehouse: Warehouse, relation: str) -> bool:
    if warehouse.engine == "duckdb":
        sql = f"select comment from duckdb_views() where schema_name || '.' || view_name = '{relation}'"
        return warehouse.query(sql) == [(_OURS,)]
    return ("Comment", _OURS) in [row[:2] for row in warehouse.query(f"describe table extended {relation}")]


def _create_view(warehouse: Warehouse, relation: str, select: str) -> None:
    if warehouse.engine == "duckdb":
        warehouse.execute(f"create view {relation} as {select}")
        warehouse.execute(f"comment on view {relation} is '{_OURS}'")
    else:
        warehouse.execute(f"create view {relation} comment '{_OURS}' as {select}")


def count_verdicts(tables: list[LandedTable]) -> dict[str, int]:
    """How many files met with each verdict, in the order of `VERDICTS`."""
    counts = Counter(file.verdict for table in tables for file in table.files)
    return {verdict: counts[verdict] for verdict in VERDICTS}


def unread(tables: list[LandedTable]) -> list[str]:
    """One sentence for each file that is refused or waits: system, table, file and reason."""
    words = {"refused": "was refused", "waiting": "has to wait"}
    return [
        f"{table.contract.system}.{table.contract.table}: {file.path.name} {words[file.verdict]}: {file.reason}"
        for table in tables
        for file in table.files
        if file.verdict in words
    ]
