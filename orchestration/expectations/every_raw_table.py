"""What every raw table is held to: its volume, its identifiers, and its usual amount."""

from collections.abc import Iterator
from datetime import datetime

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

from orchestration.expectations.arrived import SPOKE_AT
from orchestration.expectations.figures import Figures
from orchestration.expectations.promises import Promise

SHRINKS_TO = 0.8  # a fifth of a table does not vanish overnight: a file did
GROWS_TO = 10  # nor does it grow tenfold: it was delivered ten times
CHANGES_BY = 3.0  # nor is the usual amount three times as large: a currency or a decimal point moved
LARGE = 100  # rows; of fewer, a handful of bad ones is a large share, so they give a warning and stop nothing
UNHEARD_OF = 1e12  # in any unit: millionths of a currency, yen and won too

VOLUME = {"about": "volume"}
USUAL = {"about": "usual amount"}
NEWEST = {"about": "newest"}
STOPS, WARNS = FailureSeverity.CRITICAL, FailureSeverity.WARNING


def expectations_of(promise: Promise, before: list[Figures]) -> list[Expectation]:
    """The list of a table; `before` are its figures in the last publications, if there is anything to compare with."""
    return [_volume(before), *_identifiers(promise), *_usual_amount(promise, before), *_newest(promise)]


def _volume(before: list[Figures]) -> Expectation:
    if not before:
        return gxe.ExpectTableRowCountToBeBetween(min_value=1, severity=WARNS, meta=VOLUME)
    rows = [one.rows for one in before]
    return gxe.ExpectTableRowCountToBeBetween(
        min_value=int(SHRINKS_TO * min(rows)),
        max_value=GROWS_TO * max(rows),
        severity=_severity(before),
        meta=VOLUME,
    )


def _severity(before: list[Figures]) -> FailureSeverity:
    """A table stops a run if it always had so many rows that a change of them is no chance."""
    return STOPS if min(one.rows for one in before) >= LARGE else WARNS


def _identifiers(promise: Promise) -> Iterator[Expectation]:
    for column in promise.identifiers:
        yield gxe.ExpectColumnValuesToNotBeNull(column=column, mostly=0.9)


def _usual_amount(promise: Promise, before: list[Figures]) -> Iterator[Expectation]:
    """The median: of no currency in particular, and no single mistake moves it."""
    if not promise.amount:
        return
    yield gxe.ExpectColumnMedianToBeBetween(
        column=promise.amount, min_value=-UNHEARD_OF, max_value=UNHEARD_OF, meta=USUAL
    )
    usual = [one.usual for one in before if one.usual]
    if usual:
        limits = [amount * factor for amount in usual for factor in (CHANGES_BY, 1 / CHANGES_BY)]
        yield gxe.ExpectColumnMedianToBeBetween(
            column=promise.amount,
            min_value=min(limits),
            max_value=max(limits),
            severity=_severity(before),
        )


def _newest(promise: Promise) -> Iterator[Expectation]:
    if promise.spoke_at:
        yield gxe.ExpectColumnMaxToBeBetween(
            column=SPOKE_AT,
            min_value=datetime(1990, 1, 1),  # a date would make the library tell the newest time as one
            severity=WARNS,
            meta=NEWEST,
            description="rows say when they came",
        )
