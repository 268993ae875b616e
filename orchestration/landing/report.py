"""The landing report: one row per delivered file, as a file for people, and as the relation that the mart is made of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from orchestration.landing.contracts import OWN_SOURCE, Contract
from orchestration.landing.files import LandedFile, quoted
from orchestration.landing.memory import report_file
from orchestration.warehouse import Paths, Warehouse

RELATION = f"raw.{OWN_SOURCE}__file"
REPORT = pa.schema(
    [
        ("system", pa.string()),
        ("table", pa.string()),
        ("file", pa.string()),  # below raw/
        ("bytes", pa.int64()),
        ("sha256", pa.string()),
        ("rows", pa.int64()),
        ("added_columns", pa.string()),  # names, with a blank between them
        ("missing_columns", pa.string()),
        ("renamed_columns", pa.string()),  # new->old
        ("retyped_columns", pa.string()),  # name:type
        ("verdict", pa.string()),
        ("reason", pa.string()),
    ]
)
MEMORY = pa.schema(
    [("format", pa.string()), ("modified_ns", pa.int64()), ("columns", pa.string())]
)  # JSON: name -> type
_PLAIN_NAME = re.compile(r"[A-Za-z_$][\w $.:/-]{0,62}")


def write_report(paths: Paths, files: list[tuple[Contract, LandedFile]]) -> None:
    """Writes landing/report.csv for people, and landing/files.parquet with what the next landing wants to remember."""
    rows = [_as_row(paths, contract, file) for contract, file in files]
    table = pa.Table.from_pylist(rows, schema=pa.schema([*REPORT, *MEMORY]))
    paths.landing.mkdir(parents=True, exist_ok=True)
    draft = report_file(paths).with_suffix(".draft")  # a kill half-way leaves the old one whole
    pq.write_table(table, draft)
    draft.replace(report_file(paths))
    pa_csv.write_csv(table.select(REPORT.names), paths.landing / "report.csv")


def point_report(paths: Paths, warehouse: Warehouse) -> None:
    """Makes the report a raw relation, so that dbt can make a mart of it."""
    if kind := warehouse.kind(RELATION):
        warehouse.execute(f"drop {kind} {RELATION}")
    quote = {"duckdb": '"', "spark": "`"}[warehouse.engine]
    columns = ", ".join(f"{quote}{name}{quote}" for name in REPORT.names)
    file = report_file(paths)
    scan = f"read_parquet('{quoted(file)}')" if warehouse.engine == "duckdb" else f"parquet.`{file}`"
    warehouse.execute(f"create view {RELATION} as select {columns} from {scan}")


def plain(names: Iterable[str]) -> list[str]:
    """Names of unknown columns, as far as they look like names: what a supplier puts there may be anybody's data."""
    return [name if _PLAIN_NAME.fullmatch(name) else "(an odd name)" for name in names]


def renamings(file: LandedFile) -> list[str]:
    """`new->old` for each column that was probably renamed."""
    return [f"{plain([new])[0]}->{old}" for new, old in file.renamed]


def retypings(file: LandedFile) -> list[str]:
    """`name:type` for each column whose type in the file is not the promised one."""
    return [f"{name}:{file_type}" for name, file_type in file.retyped]


def _as_row(paths: Paths, contract: Contract, file: LandedFile) -> dict:
    return {
        "system": contract.system,
        "table": contract.table,
        "file": str(file.path.relative_to(paths.raw)),
        "bytes": file.size,
        "sha256": file.sha256,
        "rows": file.rows,
        "added_columns": " ".join(plain(file.added)),
        "missing_columns": " ".join(file.missing),
        "renamed_columns": " ".join(renamings(file)),
        "retyped_columns": " ".join(retypings(file)),
        "verdict": file.verdict,
        "reason": file.reason,
        "format": file.format,
        "modified_ns": file.modified_ns,
        "columns": json.dumps(file.columns),
    }
