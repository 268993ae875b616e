"""Runs the daily job here and now, as a person watches: `python -m orchestration.build`."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any, NoReturn

import dagster as dg

from orchestration.definitions import defs
from orchestration.instance import end_lost_runs, open_instance
from orchestration.progress import Progress, logger_of
from orchestration.publish import current_version
from orchestration.resources import AnotherRunAtWork
from orchestration.summary import summary
from orchestration.warehouse import Paths


def build(
    paths: Paths, as_of: date | None = None, reporting_currency: str = "", accept_change: bool = False
) -> int:
    """Build and publish what lies in raw/, and tell a person how it goes; see `Asked` for what can be asked.

    Returns 0 if it was published, and 1 if not: then what was published before still is.
    """
    os.environ["C360_DATA"] = str(paths.root)
    asked = {
        "as_of": as_of.isoformat() if as_of else "",
        "reporting_currency": reporting_currency,
        "accept_change": accept_change,
    }
    log = paths.root / "logs" / f"build-{datetime.now(UTC):%Y%m%dT%H%M%S}.log"
    with _output_to(log) as console:

        def tell(*lines: str) -> None:
            print(*lines, sep="\n", file=console, flush=True)

        tell(f"Building {paths.root}")
        failures = _run(paths, asked, console)
        if failures:
            current = current_version(paths.serving)
            tell("", "Not published:", *(f"  {failure}" for failure in failures), "")
            tell(
                f"Version {current} is still the current one." if current else "Nothing was published before."
            )
            tell(f"Log: {log}")
            return 1
        publication = (paths.serving / "current").resolve()
        tell("", summary(publication), "", f"Published: {publication / 'customer_360.duckdb'}")
        tell("Open it in any BI tool. `make dagster` shows every table, where it comes from, and its checks.")
        return 0


def _run(paths: Paths, asked: dict[str, Any], out: IO[str]) -> list[str]:
    """Run the daily job, telling its progress to `out`. Returns why nothing was published; empty if it was."""
    progress = Progress(out)
    loggers = {"progress": logger_of(progress), "console": dg.colored_console_logger}
    with open_instance(paths) as instance:
        try:
            end_lost_runs(instance, paths)
        except AnotherRunAtWork as error:
            return [str(error)]
        result = (
            defs.resolve_job_def("daily")
            .with_logger_defs(loggers)
            .execute_in_process(
                instance=instance,
                run_config={
                    "resources": {"asked": {"config": asked}},
                    "loggers": {"progress": {}, "console": {"config": {"log_level": "INFO"}}},
                },
                raise_on_error=False,
            )
        )
    return [] if result.success else progress.failures or ["the run ended without a word"]


@contextmanager
def _output_to(log: Path) -> Iterator[IO[str]]:
    """Send all that this process and those it starts print to a file; yields what the person still sees."""
    log.parent.mkdir(parents=True, exist_ok=True)
    kept = os.dup(1), os.dup(2)
    with log.open("w") as file, os.fdopen(os.dup(1), "w") as console:
        _point_output_at(file.fileno(), file.fileno())
        try:
            yield console
        finally:
            _point_output_at(*kept)
            for descriptor in kept:
                os.close(descriptor)


def _point_output_at(out: int, error: int) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(out, 1)
    os.dup2(error, 2)


def main(arguments: list[str] | None = None) -> int:
    """Build and publish what lies in $C360_DATA/raw."""
    parser = argparse.ArgumentParser(prog="python -m orchestration.build", description=main.__doc__)
    parser.add_argument(
        "--as-of",
        type=date.fromisoformat,
        metavar="DATE",
        help="the day for which it holds (default: today, UTC)",
    )
    parser.add_argument(
        "--reporting-currency", default="", metavar="CODE", help="default: as dbt_project.yml says"
    )
    parser.add_argument(
        "--accept-change",
        action="store_true",
        help="publish even if the marts differ a lot from the last publication",
    )
    return build(Paths(), **vars(parser.parse_args(arguments)))


def leave(code: int) -> NoReturn:
    """End the process without tidying up: what Great Expectations still refers to DuckDB's binding would report, at length, as leaked."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    leave(main())
