"""Where Dagster keeps its runs: beside the data they made, in $C360_DATA/dagster."""

import shutil
from pathlib import Path

import dagster as dg
from dagster import DagsterRunStatus, RunsFilter

from orchestration.resources import only_run
from orchestration.warehouse import Paths

UNFINISHED = [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING]


def dagster_home(paths: Paths) -> Path:
    """Dagster's folder, with this project's settings in it."""
    home = paths.root / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(__file__).with_name("dagster.yaml"), home / "dagster.yaml")
    return home


def open_instance(paths: Paths) -> dg.DagsterInstance:
    """Dagster's record of all runs; the UI shows those made without it too."""
    return dg.DagsterInstance.from_config(str(dagster_home(paths)))


def end_lost_runs(instance: dg.DagsterInstance, paths: Paths) -> None:
    """End the runs that a power cut or a kill left unfinished: they would hold up the queue for ever.

    Raises `AnotherRunAtWork` when one of them is alive.
    """
    with only_run(paths):
        for run in instance.get_runs(RunsFilter(statuses=UNFINISHED)):
            instance.report_run_failed(run, "Its process ended before it did: a power cut, or a kill.")
