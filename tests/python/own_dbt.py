"""dbt in this process, on a warehouse in a folder of a test's own."""

from pathlib import Path
from typing import Any

import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

PROJECT = Path(__file__).resolve().parents[2]


def run_dbt(folder: Path, command: str, *options: str) -> Any:
    """What a command of dbt results in, with `folder` as data folder, which also takes its artefacts. Asserts that it succeeds."""
    where = {
        "project-dir": PROJECT,
        "profiles-dir": PROJECT,
        "target-path": folder / "target",
        "log-path": folder,
    }
    places = [word for name, path in where.items() for word in (f"--{name}", str(path))]
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("C360_DATA", str(folder))
        done = dbtRunner().invoke([command, "--quiet", *places, *options])
    # as at the end of a process of its own: the file is written and free
    DuckDBConnectionManager.close_all_connections()
    assert done.success, done.exception
    return done.result


def compiled_models(
    folder: Path, variables: str, *selected: str, full_refresh: bool = False
) -> dict[str, Any]:
    """Nodes of models by name, with the SQL that dbt writes for the warehouse in `folder`."""
    flags = ["--full-refresh"] if full_refresh else []
    found = run_dbt(folder, "compile", *flags, "--vars", variables, "--select", *selected)
    return {one.node.name: one.node for one in found.results if one.node.resource_type == "model"}
