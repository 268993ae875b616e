"""The fit between two steps of dbt: counts before it, predictions after it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import dagster as dg
from pydantic import Field

from orchestration.clv.buying import BG_NBD, MBG_NBD
from orchestration.clv.plots import Models, repeat_counts, tracking
from orchestration.clv.refit import StaleCounts, refit
from orchestration.clv.tables import BACKTEST, EVERYBODY, PREDICTION, DatedFit
from orchestration.dbt import MANIFEST, FoldersAsGroups
from orchestration.resources import Asked, DataFolder
from orchestration.warehouse import Warehouse, open_warehouse

_DBT = FoldersAsGroups()
_COUNTS = ("repeat_counts", "spend_per_repeater", "subscriptions_lost", "occasions", "repeat_histories")
_READ = [_DBT.get_asset_key(MANIFEST["nodes"][f"model.customer_360.int_value__{name}"]) for name in _COUNTS]
FITS, PARAMETERS = (
    _DBT.get_asset_key(MANIFEST["sources"][f"source.customer_360.value.{table}"])
    for table in ("clv_fits", "clv_parameters")
)


class Refit(dg.Config):
    """What may be asked of the fit."""

    anew: bool = Field(
        default=False, description="Fit every model again, even where there is a fit. The job `refit` does."
    )


@dg.multi_asset(
    name="clv_fits",
    specs=[
        dg.AssetSpec(
            FITS,
            deps=_READ,
            group_name="value",
            kinds={"python", "scipy"},
            description="Models of how often customers come back, what they spend and how long subscribers stay: what each fit has seen, "
            "and whether it may be used. Fitted once, and again by the weekly job `refit`.",
        ),
        dg.AssetSpec(
            PARAMETERS,
            deps=_READ,
            group_name="value",
            kinds={"python", "scipy"},
            description="The parameters of each usable fit, with their standard errors.",
        ),
    ],
)
def clv_fits(config: Refit, folder: DataFolder, asked: Asked) -> Iterator[dg.MaterializeResult]:
    """Fits what is due; says which fits are in use, how old they are, and shows how well they fit."""
    with open_warehouse(folder.paths) as warehouse:
        try:
            in_use, made = refit(warehouse, asked.day, config.anew)
        except StaleCounts as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        pictures = _pictures(warehouse, in_use, asked.day)
    usable = [dated for dated in in_use if dated.fit.is_usable]
    ages = [(asked.day - dated.fitted_on).days for dated in in_use if dated.subject.purpose == PREDICTION]
    counts = {
        "fitted_now": len(made),
        "fits_in_use": len(usable),
        "fits_not_usable": len(in_use) - len(usable),
        "oldest_fit_days": max(ages, default=0),
    }
    yield dg.MaterializeResult(
        FITS, metadata={**counts, **pictures, "fits": _table_of_fits(in_use, asked.day)}
    )
    yield dg.MaterializeResult(PARAMETERS, metadata={"parameters": _table_of_parameters(usable)})


def _pictures(warehouse: Warehouse, in_use: list[DatedFit], as_of: date) -> dict[str, Any]:
    """None of a model that cannot be used."""
    drawn: dict[str, Any] = {}
    if models := _of_everybody(in_use, PREDICTION):
        drawn["repeat orders"] = dg.MetadataValue.md(repeat_counts(warehouse, models))
    if models := _of_everybody(in_use, BACKTEST):
        (cut_off,) = {dated.subject.cut_off for dated in in_use if dated.subject.purpose == BACKTEST}
        drawn["back-test"] = dg.MetadataValue.md(tracking(warehouse, models, cut_off, as_of))
    return drawn


def _of_everybody(in_use: list[DatedFit], purpose: str) -> Models:
    usable = {
        dated.subject.model: dated.fit.parameters
        for dated in in_use
        if (dated.subject.purpose, dated.subject.scope) == (purpose, EVERYBODY) and dated.fit.is_usable
    }
    return {model: usable[model.name] for model in (BG_NBD, MBG_NBD) if model.name in usable}


def _table_of_fits(in_use: list[DatedFit], as_of: date) -> dg.TableMetadataValue:
    return dg.MetadataValue.table(
        [
            dg.TableRecord(
                {
                    "purpose": dated.subject.purpose,
                    "model": dated.subject.model,
                    "scope": dated.subject.scope,
                    "cut_off": dated.subject.cut_off.isoformat(),
                    "fitted_on": dated.fitted_on.isoformat(),
                    "age_days": (as_of - dated.fitted_on).days,
                    "customers": dated.fit.customers,
                    "observations": dated.fit.observations,
                    "log_likelihood": dated.fit.log_likelihood,
                    "verdict": dated.fit.reason or "usable",
                }
            )
            for dated in in_use
        ],
        schema=dg.TableSchema(
            [
                *(dg.TableColumn(name) for name in ("purpose", "model", "scope", "cut_off", "fitted_on")),
                *(dg.TableColumn(name, "int") for name in ("age_days", "customers", "observations")),
                dg.TableColumn("log_likelihood", "float"),
                dg.TableColumn("verdict"),
            ]
        ),
    )


def _table_of_parameters(usable: list[DatedFit]) -> dg.TableMetadataValue:
    return dg.MetadataValue.table(
        [
            dg.TableRecord(
                {
                    "fit": dated.fit_id,
                    "parameter": name,
                    "estimate": estimate,
                    "standard_error": dated.fit.standard_errors[name],
                }
            )
            for dated in usable
            for name, estimate in dated.fit.parameters.items()
        ],
        schema=dg.TableSchema(
            [
                dg.TableColumn("fit"),
                dg.TableColumn("parameter"),
                dg.TableColumn("estimate", "float"),
                dg.TableColumn("standard_error", "float"),
            ]
        ),
    )
