"""How many rows of a sample of the files would go to quarantine: judged by the models themselves, in a warehouse of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from orchestration.landing.contracts import PROJECT
from orchestration.landing.files import LandedFile
from orchestration.landing.land import LandedTable, point_relation
from orchestration.project_vars import folder_vars
from orchestration.warehouse import DuckDBWarehouse, Paths

_ROWS = 200_000  # of each table are enough; a file is tried whole
_REJECTED = "stg_landing__rejected_rows"


@dataclass(frozen=True)
class Tried:
    """The rows of one table that were tried, and of those the ones that cannot be used, by (reason, column)."""

    rows: int
    rejected: dict[tuple[str, str], int]


def try_rows(raw: Path, tables: list[LandedTable]) -> dict[str, Tried]:
    """Per 'system.table' what became of a sample of its rows. Values are counted, never shown.

    Raises CalledProcessError when dbt fails.
    """
    samples = [
        replace(table, files=tuple(sampled(table.accepted)))
        for table in tables
        if table.accepted and not table.contract.not_staged
    ]
    rejected: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    with TemporaryDirectory() as folder:
        paths = Paths(Path(folder))
        with DuckDBWarehouse(paths.warehouse) as warehouse:
            warehouse.execute("create schema raw")
            for sample in samples:
                point_relation(warehouse, sample)
        _reject(paths, folder_vars(Paths(raw.parent)))
        with DuckDBWarehouse(paths.warehouse, read_only=True) as warehouse:
            for name, reason, column, rows in warehouse.query(
                "select source_system || '.' || source_table, reason, column_name, count(*) "
                f"from staging.{_REJECTED} group by all order by count(*) desc"
            ):
                rejected[name][reason, column] = rows
    names = [f"{sample.contract.system}.{sample.contract.table}" for sample in samples]
    return {name: Tried(sample.rows, rejected[name]) for name, sample in zip(names, samples, strict=True)}


def sampled(files: list[LandedFile]) -> list[LandedFile]:
    """The last delivery and the first, and those between as long as all is still small: what a supplier changed shows at the ends."""
    by_age = sorted(files, key=lambda file: (file.modified_ns, file.path))
    chosen: list[LandedFile] = []
    rows = 0
    while by_age and (rows < _ROWS or len(chosen) < 2):
        file = by_age.pop(-1 if len(chosen) % 2 == 0 else 0)
        chosen.append(file)
        rows += file.rows
    return chosen


def _reject(paths: Paths, dbt_vars: dict) -> None:
    log = str(paths.root / "dbt")
    command = [str(Path(sys.executable).with_name("dbt")), "--quiet", "build", "--target", "duckdb"]
    command += [
        "--project-dir",
        str(PROJECT),
        "--profiles-dir",
        os.environ.get("DBT_PROFILES_DIR", str(PROJECT)),
    ]
    command += ["--target-path", log, "--log-path", log, "--vars", json.dumps(dbt_vars, default=str)]
    command += ["--select", f"+{_REJECTED}", "--exclude-resource-type", "test", "unit_test"]
    # what dbt says may quote a value
    environment = os.environ | {"C360_DATA": str(paths.root)}
    subprocess.run(command, env=environment, check=True, capture_output=True)
