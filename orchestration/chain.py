"""The two steps that stand between steps of dbt: where they stand, and a build with them by dbt alone, without Dagster."""

import os
import subprocess
import sys
from pathlib import Path

from orchestration.warehouse import PROJECT, Paths

PROFILES = "+int_identity__fuzzy_profiles"  # what the scoring of pairs (orchestration/fuzzy) reads
PREDICTED = "source:value+"  # what follows from the fit of customer value (orchestration/clv)
_AFTER_PAIRS = ("--exclude", PROFILES)
# what dbt builds before the scoring of pairs, with the tests that need no more than that ...
BEFORE = ("--select", PROFILES, "--indirect-selection", "buildable")
# ... between it and the fit, and after that
BETWEEN = (*_AFTER_PAIRS, PREDICTED, "--indirect-selection", "buildable")
AFTER = ("--select", PREDICTED)


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
