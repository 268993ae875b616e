"""The fits against the Python package `pymc-marketing`, whose posterior mode under flat priors is the maximum of the likelihood."""

import numpy as np
import pandas as pd
import pytest
from pymc_extras.prior import Prior
from pymc_marketing.clv import (
    BetaGeoModel,
    GammaGammaModel,
    ModifiedBetaGeoModel,
    ShiftedBetaGeoModel,
)

from orchestration.clv.buying import chance_alive, expected_purchases
from orchestration.clv.fit import fit_buying, fit_spend, fit_subscriptions
from orchestration.clv.subscriptions import Losses

MODELS = {"bg_nbd": BetaGeoModel, "mbg_nbd": ModifiedBetaGeoModel}


def flat(*names: str) -> dict[str, Prior]:
    return {name: Prior("HalfFlat") for name in names}


def mode(model) -> dict[str, float]:
    """The posterior mode, by name."""
    model.fit(method="map", progressbar=False)
    return {name: float(values.squeeze()) for name, values in model.fit_result.items() if values.size == 1}


def test_orders(model, histories):
    data = pd.DataFrame(
        {
            "customer_id": np.arange(len(histories.age)),
            "frequency": histories.repeats,
            "recency": histories.last_repeat_age,
            "T": histories.age,
        }
    )
    names = ("r", "alpha", "a", "b")
    oracle = MODELS[model.name](data, model_config=flat(*names))
    theirs = mode(oracle)
    ours = fit_buying(model, histories).parameters
    assert ours == pytest.approx({name: theirs[name] for name in names}, rel=5e-4)

    parameters = {name: theirs[name] for name in names}
    history = (histories.repeats, histories.last_repeat_age, histories.age)
    assert expected_purchases(model, parameters, 30.0, *history) == pytest.approx(
        oracle.expected_purchases(data, future_t=30.0).to_numpy().squeeze(), rel=1e-5
    )
    assert chance_alive(model, parameters, *history) == pytest.approx(
        oracle.expected_probability_alive(data).to_numpy().squeeze(), rel=1e-5
    )


def test_spend(spends):
    data = pd.DataFrame(
        {
            "customer_id": np.arange(len(spends.repeats)),
            "frequency": spends.repeats,
            "monetary_value": spends.mean_spend,
        }
    )
    theirs = mode(GammaGammaModel(data, model_config=flat("p", "q", "v")))
    ours = fit_spend(spends).parameters
    assert ours == pytest.approx({"p": theirs["p"], "q": theirs["q"], "gamma": theirs["v"]}, rel=5e-4)


def test_subscriptions():
    """1,000 of whom so many were lost in each of seven years."""
    lost = np.array([131, 126, 90, 60, 42, 34, 26])
    periods = np.arange(1, 8)
    # a subscriber whose last period is the last one seen counts as not lost: an eighth period tells them from those lost in the seventh
    last = np.append(np.repeat(periods, lost), np.full(1000 - lost.sum(), 8))
    data = pd.DataFrame({"customer_id": np.arange(1000), "recency": last, "T": 8, "cohort": "high end"})
    priors = {name: Prior("HalfFlat", dims="cohort") for name in ("alpha", "beta")}
    theirs = mode(ShiftedBetaGeoModel(data, model_config=priors))
    at_risk = 1000 - np.append(0, lost.cumsum()[:-1])
    ours = fit_subscriptions(Losses(periods, at_risk, lost)).parameters
    assert ours == pytest.approx({name: theirs[name] for name in ours}, rel=5e-4)
