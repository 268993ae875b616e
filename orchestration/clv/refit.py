"""Which models are to be fitted again, and doing so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from orchestration.clv.buying import BG_NBD, MBG_NBD, Histories
from orchestration.clv.fit import Fit, fit_buying, fit_spend, fit_subscriptions
from orchestration.clv.spend import Spends
from orchestration.clv.subscriptions import Losses
from orchestration.clv.tables import (
    BACKTEST,
    LOSSES,
    REPEATS,
    SPENDS,
    DatedFit,
    Subject,
    columns_of,
    read_fits,
    subjects,
    write_fits,
)
from orchestration.warehouse import Warehouse

# by the counts that it is fitted to, each model and how
MODELS: dict[str, dict[str, Callable[[list[np.ndarray]], Fit]]] = {
    REPEATS: {
        "bg_nbd": lambda columns: fit_buying(BG_NBD, Histories(*columns)),
        "mbg_nbd": lambda columns: fit_buying(MBG_NBD, Histories(*columns)),
    },
    SPENDS: {"gamma_gamma": lambda columns: fit_spend(Spends(*columns))},
    LOSSES: {"sbg": lambda columns: fit_subscriptions(Losses(*columns))},
}


class StaleCounts(ValueError):
    """The counts are of another day than the run."""


def refit(warehouse: Warehouse, as_of: date, anew: bool = False) -> tuple[list[DatedFit], list[DatedFit]]:
    """Fits what has no fit yet, or everything `anew`; returns the fits in use after that, and those just made.

    A back-test is also fitted again when its cut-off has moved: fitted to other days, it would test another past. Raises StaleCounts when
    dbt has counted as of another day.
    """
    kept = read_fits(warehouse)
    made: list[DatedFit] = []
    wanted: list[Subject] = []
    for counts, models in MODELS.items():
        subjects_here = subjects(warehouse, counts, models, as_of)
        _check_day(subjects_here, as_of)
        wanted += subjects_here
        due = [subject for subject in subjects_here if anew or not _in_use(kept, subject)]
        if due:
            rows = warehouse.arrow(counts)
            for subject in due:
                made.append(DatedFit(subject, as_of, models[subject.model](columns_of(rows, subject))))
    if made:
        replaced = {dated.fit_id for dated in made}
        kept = [dated for dated in kept if dated.fit_id not in replaced] + made
        write_fits(warehouse, kept)
    return [dated for subject in wanted if (dated := _in_use(kept, subject))], made


def _in_use(fits: list[DatedFit], subject: Subject) -> DatedFit | None:
    """The newest fit of a subject that has seen no later day than the subject itself; of a back-test, exactly its days."""

    def serves(dated: DatedFit) -> bool:
        had = dated.subject
        same = (had.purpose, had.model, had.scope) == (subject.purpose, subject.model, subject.scope)
        days = (
            had.cut_off == subject.cut_off if subject.purpose == BACKTEST else had.cut_off <= subject.cut_off
        )
        return same and days

    return max(filter(serves, fits), key=lambda dated: dated.fitted_on, default=None)


def _check_day(found: list[Subject], as_of: date) -> None:
    days = {subject.cut_off for subject in found if subject.purpose != BACKTEST} - {as_of}
    if days:
        raise StaleCounts(
            f"the orders are counted as of {', '.join(map(str, sorted(days)))}, and this run is as of {as_of}: "
            "run the daily job for that day first"
        )
