"""A build by dbt alone, without Dagster, with the scoring where it belongs."""

import os
import subprocess
import sys
from pathlib import Path

from orchestration.warehouse import PROJECT, Paths

_PROFILES = "+int_identity__fuzzy_profiles"
# what dbt builds before the scoring step, with the tests that need no more than that ...
BEFORE = ("--select", _PROFILES, "--indirect-selection", "buildable")
AFTER = ("--exclude", _PROFILES)  # ... and after it


def build_scored(paths: Paths, dbt_arguments: list[str], after: tuple[str, ...] = ()) -> None:
    """Lands and builds on DuckDB, each step in a process of its own, which leaves the file free. `after` narrows what is built
    after the scoring. Raises CalledProcessError."""
    environment = os.environ | {"C360_DATA": str(paths.root), "C360_TARGET": "duckdb"}
    dbt = [str(Path(sys.executable).with_name("dbt")), *dbt_arguments]
    module = [sys.executable, "-m"]
    for command in (
        [*module, "orchestration.landing"],
        [*dbt, *BEFORE],
        [*module, "orchestration.fuzzy"],
        [*dbt, *AFTER, *after],
    ):
        subprocess.run(command, cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)
