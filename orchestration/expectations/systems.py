"""What every source system is held to: that it still speaks. Its quiet tables may be silent for longer than it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

from orchestration.expectations.arrived import SPOKE_AT
from orchestration.expectations.figures import Figures
from orchestration.expectations.promises import Promise


@dataclass(frozen=True)
class Heard:
    """Of a system the newest time of each of its tables, and the day on which that was looked at."""

    times: dict[str, datetime]
    day: date

    def since(self, allowance: timedelta) -> bool:
        """Whether it has spoken within so long before the day."""
        return any(spoke_at >= _start(self.day) - allowance for spoke_at in self.times.values())

    @property
    def query(self) -> str:
        """SQL of the times."""
        return " union all ".join(
            f"select '{table}' as source_table, timestamp '{spoke_at}' as {SPOKE_AT}"
            for table, spoke_at in self.times.items()
        )


def heard(tables: list[Promise], figures: Mapping[str, Figures | None], day: date) -> Heard:
    """When the tables of a system were last heard of."""
    known = {table.table: figures.get(table.name) for table in tables}
    return Heard({table: one.spoke_at for table, one in known.items() if one and one.spoke_at}, day)


def expectations_of(tables: list[Promise], day: date, before: Heard | None) -> list[Expectation]:
    """The list of a system. A silence stops the run when figures would be wrong for it, and it is new since `before`."""
    warn_after = min((table.warn_after for table in tables if table.warn_after), default=None)
    error_after = min((table.error_after for table in tables if table.error_after), default=None)
    is_required = any(table.is_required for table in tables)
    expectations = []
    if warn_after:
        expectations.append(_heard_since(day, warn_after, FailureSeverity.WARNING))
    if error_after:
        stops = is_required and before and before.since(error_after)
        severity = FailureSeverity.CRITICAL if stops else FailureSeverity.WARNING
        expectations.append(_heard_since(day, error_after, severity))
    return expectations


def _heard_since(day: date, allowance: timedelta, severity: FailureSeverity) -> Expectation:
    since = _start(day) - allowance
    return gxe.ExpectColumnMaxToBeBetween(
        column=SPOKE_AT,
        min_value=since,
        severity=severity,
        description=f"heard of since {since:%Y-%m-%d %H:%M}",
    )


def _start(day: date) -> datetime:
    return datetime.combine(day, time())
