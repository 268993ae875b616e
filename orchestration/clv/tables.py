"""What the fits read from the warehouse and what they write to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.clv.fit import Fit
from orchestration.warehouse import Warehouse

FITS = "value.clv_fits"
PARAMETERS = "value.clv_parameters"
PREDICTION, BACKTEST = "prediction", "backtest"
EVERYBODY = "all"
# the counts that models are fitted to: sorted, so that the same counts are added up in the same order and give the same estimates
REPEATS = """
    select purpose, scope, cut_off, repeats, last_repeat_age_days, age_days, customers
    from intermediate.int_value__repeat_counts
    order by purpose, scope, repeats, last_repeat_age_days, age_days
"""
SPENDS = """
    select purpose, scope, cut_off, repeats, cast(mean_spend as double) as mean_spend, customers
    from intermediate.int_value__spend_per_repeater
    order by purpose, scope, repeats, mean_spend
"""
LOSSES = """
    select 'prediction' as purpose, scope, cast(null as date) as cut_off, period, at_risk, lost
    from intermediate.int_value__subscriptions_lost
    order by scope, period
"""
_FITS_COLUMNS = pa.schema(
    {
        "fit_id": pa.string(),
        "purpose": pa.string(),
        "model": pa.string(),
        "scope": pa.string(),
        "cut_off": pa.date32(),
        "fitted_on": pa.date32(),
        "customers": pa.int64(),
        "observations": pa.int64(),
        "log_likelihood": pa.float64(),
        "is_usable": pa.bool_(),
        "reason": pa.string(),
    }
)
_PARAMETERS_COLUMNS = pa.schema(
    {
        "fit_id": pa.string(),
        "parameter": pa.string(),
        "estimate": pa.float64(),
        "standard_error": pa.float64(),
    }
)


@dataclass(frozen=True)
class Subject:
    """What a fit is of: a model, the customers it is fitted to, what for, and the last day whose orders it sees."""

    purpose: str
    model: str
    scope: str
    cut_off: date


@dataclass(frozen=True)
class DatedFit:
    """A fit with its subject and the as-of day of the run that made it."""

    subject: Subject
    fitted_on: date
    fit: Fit

    @property
    def fit_id(self) -> str:
        """The same for a fit that is made again on its day, which so takes the place of the first."""
        subject = self.subject
        return f"{subject.purpose}/{subject.model}/{subject.scope}/{self.fitted_on}"


def subjects(warehouse: Warehouse, counts: str, models: Iterable[str], as_of: date) -> list[Subject]:
    """Every model for every purpose and scope of these counts; counts without a cut-off are as of the day."""
    groups = warehouse.query(f"select distinct purpose, scope, cut_off from ({counts}) as counts")
    return sorted(
        (
            Subject(purpose, model, scope, cut_off or as_of)
            for purpose, scope, cut_off in groups
            for model in models
        ),
        key=lambda subject: (subject.purpose, subject.scope, subject.model),
    )


def columns_of(counts: pa.Table, subject: Subject) -> list[np.ndarray]:
    """The counts of one subject, without the columns that name it."""
    is_of_it = pc.and_(pc.equal(counts["purpose"], subject.purpose), pc.equal(counts["scope"], subject.scope))
    named = counts.filter(is_of_it).drop_columns(["purpose", "scope", "cut_off"])
    return [column.to_numpy() for column in named.columns]


def read_fits(warehouse: Warehouse) -> list[DatedFit]:
    """Every fit that was ever made, without those whose parameters a killed run on Spark has lost."""
    if not all(warehouse.kind(relation) for relation in (FITS, PARAMETERS)):
        return []
    estimates: dict[str, dict[str, tuple[float, float]]] = {}
    for fit_id, parameter, estimate, error in warehouse.query(
        f"select fit_id, parameter, estimate, standard_error from {PARAMETERS} order by fit_id, parameter"
    ):
        estimates.setdefault(fit_id, {})[parameter] = (estimate, error)
    fits = []
    for (
        fit_id,
        purpose,
        model,
        scope,
        cut_off,
        fitted_on,
        customers,
        seen,
        likelihood,
        is_usable,
        reason,
    ) in warehouse.query(f"select {', '.join(_FITS_COLUMNS.names)} from {FITS} order by fitted_on, fit_id"):
        if is_usable and fit_id not in estimates:
            continue
        found = estimates.get(fit_id, {})
        parameters = {name: estimate for name, (estimate, _) in found.items()}
        errors = {name: error for name, (_, error) in found.items()}
        fit = Fit(model, customers, seen, likelihood, parameters, errors, reason)
        fits.append(DatedFit(Subject(purpose, model, scope, cut_off), fitted_on, fit))
    return fits


def write_fits(warehouse: Warehouse, fits: list[DatedFit]) -> None:
    """Keep exactly these: the parameters first, so that no fit is ever there without them."""
    parameters = [
        (dated.fit_id, name, estimate, dated.fit.standard_errors[name])
        for dated in fits
        for name, estimate in dated.fit.parameters.items()
    ]
    rows = [
        (
            *(dated.fit_id, dated.subject.purpose, dated.subject.model, dated.subject.scope),
            *(dated.subject.cut_off, dated.fitted_on, dated.fit.customers, dated.fit.observations),
            *(dated.fit.log_likelihood, dated.fit.is_usable, dated.fit.reason),
        )
        for dated in fits
    ]
    warehouse.replace(
        {PARAMETERS: _table(parameters, _PARAMETERS_COLUMNS), FITS: _table(rows, _FITS_COLUMNS)}
    )


def _table(rows: list[tuple], columns: pa.Schema) -> pa.Table:
    values = zip(*rows, strict=True) if rows else ([] for _ in columns)
    return pa.table([list(column) for column in values], schema=columns)
