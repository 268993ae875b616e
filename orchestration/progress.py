"""A run as a person follows it: one line per step, and beneath it what was not in order."""

import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import IO, Any

import dagster as dg
from dagster import DagsterEvent, DagsterEventType

from orchestration.artefact import REGISTRY

NAMES = {
    "gate_raw": "gate: raw",
    "gate_staging": "gate: staging",
    "gate_marts": "gate: marts",
    "profiles": "identity",
    "matching__fuzzy_links": "fuzzy links",
    "clv_fits": "value fits",
    "serving__publication": "publication",
}
COUNTED = ("tables", "checks", "not met")


@dataclass
class Progress:
    """Hears the events of a run and prints them to `out`; keeps in `failures`, in plain words, why it did not end well."""

    out: IO[str]
    failures: list[str] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)
    _notes: list[str] = field(default_factory=list)

    def hear(self, event: DagsterEvent) -> None:
        """Take in one event."""
        match event.event_type:
            case DagsterEventType.STEP_START:
                print(f"  {_name(event):<14}", end="", file=self.out, flush=True)
            case DagsterEventType.ASSET_MATERIALIZATION:
                self._counts["tables"] += 1
            case DagsterEventType.ASSET_OBSERVATION:
                observation = event.asset_observation_data.asset_observation
                if observation.asset_key == dg.AssetKey(REGISTRY) and observation.description:
                    self._notes.append(observation.description)
            case DagsterEventType.ASSET_CHECK_EVALUATION:
                self._check(event)
            case DagsterEventType.STEP_SUCCESS:
                self._end_step(f"{event.step_success_data.duration_ms / 1000:.1f} s")
            case DagsterEventType.STEP_FAILURE:
                self._fail(event)
                self._end_step("failed")
            case DagsterEventType.RESOURCE_INIT_FAILURE:
                self.failures.append(_root_cause(event.engine_event_data.error))

    def _check(self, event: DagsterEvent) -> None:
        check = event.asset_check_evaluation_data
        if check.passed:
            self._counts["checks"] += 1
            return
        reason = check.metadata.get("reason") or check.metadata.get("dagster_dbt/failed_row_count")
        words = (
            f"{'.'.join(check.asset_key.path)}: {check.check_name}: {reason.value if reason else 'not met'}"
        )
        self._counts["not met"] += 1
        self._notes.append(words)
        if check.blocking and check.severity == dg.AssetCheckSeverity.ERROR:
            self.failures.append(words)

    def _fail(self, event: DagsterEvent) -> None:
        failure = event.step_failure_data
        if failure.user_failure_data:
            self.failures.append(f"{_name(event)}: {failure.user_failure_data.description}")
        elif not self.failures:  # else a check failed, and has said why
            self.failures.append(f"{_name(event)}: {_root_cause(failure.error)}")

    def _end_step(self, took: str) -> None:
        counts = ", ".join(f"{self._counts[what]} {what}" for what in COUNTED if self._counts[what])
        print(f"{counts:<40}{took:>10}", file=self.out)
        for note in self._notes:
            print(f"      {note}", file=self.out)
        self.out.flush()
        self._counts.clear()
        self._notes.clear()


def logger_of(progress: Progress) -> dg.LoggerDefinition:
    """`progress` as one of Dagster's loggers."""

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if event := record.dagster_meta["dagster_event"]:  # type: ignore[attr-defined]
                progress.hear(event)

    @dg.logger
    def lines(context: dg.InitLoggerContext) -> logging.Logger:
        logger = logging.getLogger(f"{__name__}.{context.run_id}")
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
        logger.handlers = [Listener()]  # Dagster asks for the logger more than once in a run
        return logger

    return lines


def _name(event: DagsterEvent) -> str:
    return NAMES.get(event.step_key or "", event.step_key or "")


def _root_cause(error: Any) -> str:
    """What was raised first, without the name of its class."""
    while error and error.cause:
        error = error.cause
    return error.message.strip().split(": ", 1)[-1] if error else "no reason given"
