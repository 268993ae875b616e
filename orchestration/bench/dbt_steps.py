"""dbt as a step of a bench: the models of the project, on tables that the bench made."""

from __future__ import annotations

import json
from pathlib import Path

from orchestration.bench.measure import Cost, measure
from orchestration.dbt import EXECUTABLE
from orchestration.warehouse import PROJECT


def dbt(data: Path, *arguments: str) -> Cost:
    """The cost of `dbt <arguments>` on the warehouse in `data`, which also takes its artefacts."""
    folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    folders += ["--target-path", str(data / "dbt"), "--log-path", str(data / "dbt")]
    return measure([EXECUTABLE, *arguments, "--quiet", *folders], data)


def seconds_in_models(data: Path) -> dict[str, float]:
    """Wall seconds of each model of the last run in `data`, its SQL and little more."""
    results = json.loads((data / "dbt" / "run_results.json").read_text())["results"]
    return {result["unique_id"].split(".")[2]: result["execution_time"] for result in results}
