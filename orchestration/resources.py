"""What every step of a run shares: the data folder, held by one run at a time, and what was asked of the run."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from typing import Any

import dagster as dg
from pydantic import Field, PrivateAttr

from orchestration.lock import held
from orchestration.project_vars import folder_vars
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
        default="",
        description="Such as 2026-06-30. Empty: as vars.yml of the data folder says, else the day (UTC) on which the run starts.",
    )
    reporting_currency: str = Field(
        default="",
        description="Such as EUR. Empty: as vars.yml of the data folder says, else dbt_project.yml.",
    )
    accept_change: bool = Field(
        default=False, description="Publish even if the marts differ a lot from the last publication."
    )
    _day: date = PrivateAttr()
    _folder_vars: dict[str, Any] = PrivateAttr()

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """Fix the day once, so that a run over midnight does not speak of two."""
        self._folder_vars = folder_vars(Paths())
        day = self.as_of or str(self._folder_vars.get("as_of_date", ""))
        self._day = date.fromisoformat(day) if day else datetime.now(UTC).date()

    @property
    def day(self) -> date:
        """The day for which everything "as of today" holds."""
        return self._day

    @property
    def dbt_vars(self) -> dict[str, Any]:
        """The same for dbt, over the vars of the data folder."""
        currency = {"reporting_currency": self.reporting_currency} if self.reporting_currency else {}
        return self._folder_vars | {"as_of_date": self.day.isoformat()} | currency


def only_run(paths: Paths) -> AbstractContextManager[None]:
    """Hold the data folder. Raises `AnotherRunAtWork` when another run does."""
    return held(
        paths.root / ".lock",
        lambda process: AnotherRunAtWork(
            f"another run (process {process}) is at work in {paths.root}: wait until it ends"
        ),
    )
