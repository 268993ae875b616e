"""What every step of a run shares: the data folder, held by one run at a time, and what was asked of the run."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import dagster as dg
from pydantic import Field, PrivateAttr

from orchestration.warehouse import Paths


class AnotherRunAtWork(RuntimeError):
    """A second writer would fail half-way with a lock error, so it does not start."""


class DataFolder(dg.ConfigurableResource):
    """The folder $C360_DATA. A run holds it from its first step to its last, whichever way the run was started."""

    @property
    def paths(self) -> Paths:
        """What lies where."""
        return Paths()

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["DataFolder"]:
        """Hold the folder, and name it absolutely: dbt runs in another working folder."""
        with only_run(self.paths):
            os.environ["C360_DATA"] = str(self.paths.root)
            yield self


class Asked(dg.ConfigurableResource):
    """What a person may ask of one run. The defaults are what a schedule wants."""

    as_of: str = Field(
        default="", description="Such as 2026-06-30. Empty: the day (UTC) on which the run starts."
    )
    reporting_currency: str = Field(default="", description="Such as EUR. Empty: as dbt_project.yml says.")
    accept_change: bool = Field(
        default=False, description="Publish even if the marts differ a lot from the last publication."
    )
    _day: date = PrivateAttr()

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """Fix the day once, so that a run over midnight does not speak of two."""
        self._day = date.fromisoformat(self.as_of) if self.as_of else datetime.now(UTC).date()

    @property
    def day(self) -> date:
        """The day for which everything "as of today" holds."""
        return self._day

    @property
    def dbt_vars(self) -> dict[str, str]:
        """The same for dbt."""
        currency = {"reporting_currency": self.reporting_currency} if self.reporting_currency else {}
        return {"as_of_date": self.day.isoformat()} | currency


@contextmanager
def only_run(paths: Paths) -> Iterator[None]:
    """Hold the data folder; the system lets go of it however the process ends. Raises `AnotherRunAtWork`."""
    paths.root.mkdir(parents=True, exist_ok=True)
    with (paths.root / ".lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            holder = lock.read() or "unknown"
            raise AnotherRunAtWork(
                f"another run (process {holder}) is at work in {paths.root}: wait until it ends"
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
