"""The fits against the Python package `lifetimes`: parameters, standard errors, and what is predicted from them."""

import numpy as np
import pandas as pd
import pytest
from lifetimes import BetaGeoFitter, GammaGammaFitter, ModifiedBetaGeoFitter

from orchestration.clv.buying import chance_alive, expected_purchases
from orchestration.clv.fit import fit_buying, fit_spend
from orchestration.clv.spend import expected_spend

FITTERS = {"bg_nbd": BetaGeoFitter, "mbg_nbd": ModifiedBetaGeoFitter}


@pytest.fixture
def theirs(model, histories):
    fitter = FITTERS[model.name]()
    columns = (pd.Series(column) for column in (histories.repeats, histories.last_repeat_age, histories.age))
    return fitter.fit(*columns)


def test_parameters_and_standard_errors(model, histories, theirs):
    ours = fit_buying(model, histories)
    for name, estimate in ours.parameters.items():
        assert estimate == pytest.approx(theirs.params_[name], rel=2e-4)
        assert ours.standard_errors[name] == pytest.approx(theirs.standard_errors_[name], rel=1e-2)


def test_orders_to_come_and_who_is_alive(model, histories, theirs):
    parameters = dict(theirs.params_)
    x, t_x, age = histories.repeats, histories.last_repeat_age, histories.age
    assert expected_purchases(model, parameters, 30.0, x, t_x, age) == pytest.approx(
        np.asarray(theirs.conditional_expected_number_of_purchases_up_to_time(30.0, x, t_x, age)), rel=1e-6
    )
    assert chance_alive(model, parameters, x, t_x, age) == pytest.approx(
        np.asarray(theirs.conditional_probability_alive(x, t_x, age)), rel=1e-6
    )


def test_gamma_gamma(spends):
    theirs = GammaGammaFitter().fit(pd.Series(spends.repeats), pd.Series(spends.mean_spend))
    ours = fit_spend(spends)
    for name, theirs_name in {"p": "p", "q": "q", "gamma": "v"}.items():
        assert ours.parameters[name] == pytest.approx(theirs.params_[theirs_name], rel=2e-4)
        assert ours.standard_errors[name] == pytest.approx(theirs.standard_errors_[theirs_name], rel=1e-2)
    parameters = {"p": theirs.params_["p"], "q": theirs.params_["q"], "gamma": theirs.params_["v"]}
    assert expected_spend(parameters, spends.repeats, spends.mean_spend) == pytest.approx(
        np.asarray(
            theirs.conditional_expected_average_profit(
                pd.Series(spends.repeats), pd.Series(spends.mean_spend)
            )
        ),
        rel=1e-9,
    )
