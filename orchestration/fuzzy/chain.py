"""A build by dbt alone, without Dagster, with the scoring of pairs and the fit of customer value where they belong."""

import os
import subprocess
import sys
from pathlib import Path

from orchestration.warehouse import PROJECT, Paths

_PROFILES = "+int_identity__fuzzy_profiles"
_AFTER_PAIRS = ("--exclude", _PROFILES)
_PREDICTED = "source:value+"
# what dbt builds before the scoring of pairs, with the tests that need no more than that ...
BEFORE = ("--select", _PROFILES, "--indirect-selection", "buildable")
# ... between it and the fit, and after that
BETWEEN = (*_AFTER_PAIRS, _PREDICTED, "--indirect-selection", "buildable")
AFTER = ("--select", _PREDICTED)


def build_scored(paths: Paths, dbt_arguments: list[str], only: tuple[str, ...] = ()) -> None:
    """Lands and builds on DuckDB, each step in a process of its own, which leaves the file free. With `only`, nothing else is built
    after the scoring of pairs, and nothing is fitted. Raises CalledProcessError."""
    environment = os.environ | {"C360_DATA": str(paths.root), "C360_TARGET": "duckdb"}
    dbt = [str(Path(sys.executable).with_name("dbt")), *dbt_arguments]
    module = [sys.executable, "-m"]
    fitted = ([*dbt, *BETWEEN], [*module, "orchestration.clv"], [*dbt, *AFTER])
    for command in (
        [*module, "orchestration.landing"],
        [*dbt, *BEFORE],
        [*module, "orchestration.fuzzy"],
        *([[*dbt, *_AFTER_PAIRS, *only]] if only else fitted),
    ):
        subprocess.run(command, cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)
