"""dbt as a step of a bench: the models of the project, on tables that the bench made."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from orchestration.bench.measure import Cost, measure
from orchestration.warehouse import PROJECT


def dbt(data: Path, *arguments: str) -> Cost:
    """The cost of `dbt <arguments>` on the warehouse in `data`, which also takes its artefacts; CPU from the first node on.

    Raises CalledProcessError when it fails.
    """
    folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    folders += ["--target-path", str(data / "dbt"), "--log-path", str(data / "dbt")]
    spent = data / "bench.cpu"
    process = [sys.executable, "-m", "orchestration.bench.dbt_process", str(spent)]
    cost = measure([*process, *arguments, "--quiet", *folders], data)
    return replace(cost, cpu=float(spent.read_text()))


def seconds_in_models(data: Path) -> dict[str, float]:
    """Wall seconds of each model of the last run in `data`, its SQL and little more."""
    results = json.loads((data / "dbt" / "run_results.json").read_text())["results"]
    return {result["unique_id"].split(".")[2]: result["execution_time"] for result in results}
