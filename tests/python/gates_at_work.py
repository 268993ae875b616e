"""A built data folder that a test may spoil, and the gates on it."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from conftest import AS_OF, Built

from orchestration.expectations.gates import marts_results, raw_results
from orchestration.expectations.lists import tables
from orchestration.resources import Asked
from orchestration.warehouse import Paths

DAY = date.fromisoformat(AS_OF)


@pytest.fixture(name="folder")
def folder_of(built: Built, tmp_path: Path) -> Paths:
    """A built data folder of one's own: raw views point at the files of the other, which nobody changes."""
    shutil.copytree(built.paths.serving, tmp_path / "serving", symlinks=True)
    shutil.copytree(built.paths.landing, tmp_path / "landing")
    shutil.copy(built.paths.warehouse, tmp_path)
    return Paths(tmp_path)


def asked_for(day: date, **options: bool) -> Asked:
    """What is asked of the run of a day."""
    asked = Asked(**options)
    asked._day = day
    return asked


def judged(gate: str, folder: Paths, *selected: str, **options: bool) -> dict[str, dg.AssetCheckResult]:
    """The results of a gate, by table: of those that are named, or of all."""
    names = selected or tuple(tables(gate))
    results = {"raw": raw_results, "marts": marts_results}[gate](
        folder, asked_for(DAY, **options), list(names)
    )
    return dict(zip(names, results, strict=True))


def change(folder: Paths, sql: str) -> None:
    """Change the warehouse as a mistake would; succeeds only if the gates let go of the file."""
    with duckdb.connect(str(folder.warehouse)) as warehouse:
        warehouse.execute(sql)


def replace_raw(folder: Paths, table: str, query: str) -> None:
    """Let something else arrive: a query of the table {arrived} as it was."""
    arrived = f"raw.arrived_{table}"
    change(
        folder,
        f"""
        create table {arrived} as from raw.{table};
        drop view raw.{table};
        create table raw.{table} as {query.format(arrived=arrived)}
        """,
    )


def stopped(results: Mapping[str, dg.AssetCheckResult]) -> dict[str, str]:
    """Why what a gate stops is stopped."""
    return {
        name: result.metadata["reason"].value
        for name, result in results.items()
        if not result.passed and result.severity == dg.AssetCheckSeverity.ERROR
    }
