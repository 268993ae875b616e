"""The models of customer value give the published figures, find what was simulated, and say when they are not to be believed."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.differentiate import hessian
from scipy.integrate import quad
from scipy.optimize import approx_fprime
from scipy.stats import beta

from orchestration.cdnow import fetch
from orchestration.clv import buying, spend, subscriptions
from orchestration.clv.buying import (
    BG_NBD,
    MBG_NBD,
    Histories,
    chance_alive,
    expected_purchases,
    repeat_count_chances,
)
from orchestration.clv.estimate import maximise
from orchestration.clv.fit import Fit, fit_buying, fit_spend, fit_subscriptions
from orchestration.clv.simulate import by_day, simulate
from orchestration.clv.spend import Spends, expected_spend
from orchestration.clv.subscriptions import Losses, share_left

BUYING = [BG_NBD, MBG_NBD]
TRUE = {"r": 0.6, "alpha": 40.0, "a": 0.9, "b": 2.5}
SEEN_AS_PRINTED = {"abs": 5e-6}  # where five digits after the point are printed


@pytest.fixture(scope="module")
def data_sets(tmp_path_factory) -> Path:
    return fetch(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def cdnow(data_sets) -> Histories:
    """2,357 customers over 39 weeks, in weeks."""
    rows = np.genfromtxt(data_sets / "cdnow_customers_summary.csv", delimiter=",", skip_header=1)
    return Histories(rows[:, 1], rows[:, 2], rows[:, 3], np.ones(len(rows)))


@pytest.fixture(scope="module")
def cdnow_means(data_sets) -> np.ndarray:
    """Repeats and mean spend of each, in dollars."""
    file = data_sets / "cdnow_customers_summary_with_transactions.csv"
    return np.genfromtxt(file, delimiter=",", skip_header=1)[:, [1, 4]]


@pytest.fixture(scope="module")
def cdnow_spends(cdnow_means) -> Spends:
    repeaters = cdnow_means[cdnow_means[:, 0] > 0]
    return Spends(repeaters[:, 0], repeaters[:, 1], np.ones(len(repeaters)))


@pytest.fixture(scope="module")
def high_end() -> Losses:
    """1,000 subscribers of whom so many were lost in each of seven years."""
    lost = np.array([131, 126, 90, 60, 42, 34, 26])
    return Losses(np.arange(1, 8), 1000 - np.append(0, lost.cumsum()[:-1]), lost)


@pytest.fixture(scope="module")
def simulated() -> Histories:
    rng = np.random.default_rng(360)
    return by_day(simulate(BG_NBD, TRUE, rng.integers(1, 729, 20_000), rng))


class TestPublished:
    def test_bg_nbd(self, cdnow):
        fit = fit_buying(BG_NBD, cdnow)
        assert fit.is_usable and (fit.customers, fit.observations) == (2357, 2457)
        assert list(fit.parameters.values()) == pytest.approx(
            [0.24259, 4.41353, 0.79289, 2.42575], **SEEN_AS_PRINTED
        )
        assert fit.log_likelihood == pytest.approx(-9582.4256, abs=5e-5)

    def test_orders_of_a_new_customer(self, cdnow):
        parameters = fit_buying(BG_NBD, cdnow).parameters
        weeks = np.array([0.1429, 1, 3, 31.8571, 32])
        expected = expected_purchases(BG_NBD, parameters, weeks)
        assert expected == pytest.approx([0.0078, 0.0532, 0.1506, 1.0405, 1.0437], abs=5e-5)

    def test_the_printed_1_8576_is_a_series_that_was_cut_short(self, cdnow):
        """In week 78 it converges slowly; to the end summed, and integrated, it is 1.8580."""
        parameters = fit_buying(BG_NBD, cdnow).parameters
        r, alpha, a, b = parameters.values()
        steps = np.arange(149)
        z = 78 / (alpha + 78)
        terms = np.cumprod(np.append(1, (r + steps) * (b + steps) / (a + b - 1 + steps) / (1 + steps) * z))
        cut_short = (a + b - 1) / (a - 1) * (1 - (1 - z) ** r * terms.sum())
        assert cut_short == pytest.approx(1.8576, abs=5e-5)
        whole, _ = quad(lambda p: beta.pdf(p, a, b) * (1 - (1 + p * 78 / alpha) ** -r) / p, 0, 1, limit=200)
        assert expected_purchases(BG_NBD, parameters, np.array(78.0)) == pytest.approx(whole, rel=1e-8)

    def test_orders_of_a_known_customer(self, cdnow):
        parameters = fit_buying(BG_NBD, cdnow).parameters
        assert expected_purchases(BG_NBD, parameters, 39, 2, 30.43, 38.86) == pytest.approx(1.226, abs=5e-4)

    def test_mbg_nbd(self, cdnow):
        fit = fit_buying(MBG_NBD, cdnow)
        assert list(fit.parameters.values()) == pytest.approx([0.525, 6.183, 0.891, 1.614], abs=5e-4)
        assert fit.log_likelihood == pytest.approx(-9582.13, abs=5e-3)

    def test_gamma_gamma(self, cdnow_spends, cdnow_means):
        fit = fit_spend(cdnow_spends)
        assert fit.customers == 946
        assert list(fit.parameters.values()) == pytest.approx([6.2488, 3.7446, 15.4477], abs=1e-4)
        assert fit.log_likelihood == pytest.approx(-4055.923, abs=5e-4)
        first_ten = expected_spend(fit.parameters, *cdnow_means[:10].T)
        printed = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
        assert np.floor(100 * first_ten) / 100 == pytest.approx(printed)  # cut off, not rounded

    def test_sbg(self, high_end):
        fit = fit_subscriptions(high_end)
        assert fit.customers == 1000
        assert list(fit.parameters.values()) == pytest.approx([0.668, 3.806], abs=5e-4)
        assert fit.log_likelihood == pytest.approx(-1611.2, abs=5e-2)


class TestRecovery:
    """What data were simulated with lies within four standard errors of what is found in them."""

    @staticmethod
    def is_found(fit: Fit, true: dict[str, float]) -> bool:
        assert fit.is_usable and fit.parameters.keys() == true.keys()
        return all(abs(fit.parameters[name] - true[name]) < 4 * fit.standard_errors[name] for name in true)

    @pytest.mark.parametrize("model", BUYING, ids=lambda model: model.name)
    def test_buying(self, model):
        rng = np.random.default_rng(1)
        fit = fit_buying(model, simulate(model, TRUE, rng.uniform(1, 729, 50_000), rng))
        assert self.is_found(fit, TRUE)
        assert all(fit.standard_errors[name] < 0.1 * TRUE[name] for name in TRUE)

    def test_the_other_model_is_not_found(self):
        rng = np.random.default_rng(1)
        assert not self.is_found(
            fit_buying(BG_NBD, simulate(MBG_NBD, TRUE, rng.uniform(1, 729, 50_000), rng)), TRUE
        )

    def test_spend(self):
        true = {"p": 4.0, "q": 3.0, "gamma": 20.0}
        assert self.is_found(fit_spend(spends_of(true, 50_000)), true)

    def test_subscriptions_that_began_at_different_times(self):
        true = {"alpha": 0.8, "beta": 6.0}
        rng = np.random.default_rng(3)
        lives = rng.geometric(rng.beta(0.8, 6.0, 50_000))
        observed = rng.integers(1, 25, 50_000)  # periods that are over
        period = np.arange(1, 25)
        at_risk = np.array([((lives >= t) & (observed >= t)).sum() for t in period])
        lost = np.array([((lives == t) & (observed >= t)).sum() for t in period])
        assert self.is_found(fit_subscriptions(Losses(period, at_risk, lost)), true)


def spends_of(parameters: dict[str, float], customers: int) -> Spends:
    rng = np.random.default_rng(2)
    repeats = rng.geometric(0.3, customers)
    scale = rng.gamma(parameters["q"], 1 / parameters["gamma"], customers)
    total = rng.gamma(parameters["p"] * repeats, 1 / scale)
    return Spends(repeats, np.maximum(total / repeats, 1e-6), np.ones(customers))


class TestUnits:
    @pytest.mark.parametrize("model", BUYING, ids=lambda model: model.name)
    def test_days_or_weeks(self, model, cdnow):
        weeks = fit_buying(model, cdnow)
        in_days = replace(cdnow, last_repeat_age=7 * cdnow.last_repeat_age, age=7 * cdnow.age)
        days = fit_buying(model, in_days)
        for name, factor in {"r": 1, "alpha": 7, "a": 1, "b": 1}.items():
            assert days.parameters[name] == pytest.approx(factor * weeks.parameters[name], rel=1e-5)
            assert days.standard_errors[name] == pytest.approx(factor * weeks.standard_errors[name], rel=1e-4)
        # a density per day is a seventh of that per week, once for each repeat
        assert days.log_likelihood == pytest.approx(weeks.log_likelihood - 2457 * np.log(7), abs=1e-6)

    def test_cents_or_dollars(self, cdnow_spends):
        dollars = fit_spend(cdnow_spends)
        cents = fit_spend(replace(cdnow_spends, mean_spend=100 * cdnow_spends.mean_spend))
        for name, factor in {"p": 1, "q": 1, "gamma": 100}.items():
            assert cents.parameters[name] == pytest.approx(factor * dollars.parameters[name], rel=1e-5)
        assert cents.log_likelihood == pytest.approx(dollars.log_likelihood - 946 * np.log(100), abs=1e-6)

    def test_equal_customers_may_be_one_row(self, simulated):
        each = [np.repeat(column, simulated.customers) for column in vars(simulated).values()]
        shuffled = np.random.default_rng(0).permutation(len(each[0]))
        apart = Histories(*(column[shuffled] for column in each[:3]), np.ones(len(shuffled)))
        together = fit_buying(BG_NBD, simulated)
        assert len(simulated.age) < len(apart.age)
        assert fit_buying(BG_NBD, apart).parameters == pytest.approx(together.parameters, rel=1e-6)
        assert together.customers == 20_000


@pytest.fixture(params=["bg_nbd", "mbg_nbd", "gamma_gamma", "sbg"])
def fitted(request, simulated, cdnow_spends, high_end):
    """Each model's likelihood, and what was fitted by it."""
    if request.param == "gamma_gamma":
        return spend.likelihood(cdnow_spends), fit_spend(cdnow_spends)
    if request.param == "sbg":
        return subscriptions.likelihood(high_end), fit_subscriptions(high_end)
    model = {model.name: model for model in BUYING}[request.param]
    return buying.likelihood(model, simulated), fit_buying(model, simulated)


def test_the_gradient_is_that_of_the_likelihood(fitted):
    likelihood, fit = fitted
    rng = np.random.default_rng(4)
    for _ in range(5):
        at = np.array(list(fit.parameters.values())) * rng.uniform(0.3, 3, len(fit.parameters))
        numeric = approx_fprime(at, lambda parameters: likelihood(parameters)[0], 1e-7 * at)
        assert likelihood(at)[1] == pytest.approx(numeric, rel=1e-4, abs=1e-3 * np.abs(numeric).max())


def test_standard_errors_are_those_of_the_curvature(fitted):
    """As another library differentiates the likelihood itself, twice, in the parameters' own units."""
    likelihood, fit = fitted
    at = np.array(list(fit.parameters.values()))

    def of_many(points: np.ndarray) -> np.ndarray:
        return np.apply_along_axis(lambda share: likelihood(share * at)[0], 0, points)

    curvature = hessian(of_many, np.ones(len(at)), initial_step=0.05, order=6).ddf
    errors = at * np.sqrt(np.diag(np.linalg.inv(-curvature)))
    assert list(fit.standard_errors.values()) == pytest.approx(errors, rel=1e-3)


class TestClosedForms:
    @pytest.mark.parametrize("model", BUYING, ids=lambda model: model.name)
    @pytest.mark.parametrize(("x", "t_x", "age"), [(0, 0, 0), (0, 0, 300), (1, 20, 30), (7, 90, 400)])
    def test_expected_orders_are_the_integral_over_all_customers(self, model, x, t_x, age):
        """Who is alive has a rate and a chance of leaving that his history has made likely."""
        r, alpha, a, b = TRUE.values()
        leaves = beta(a, b + x + model.first_chance)
        if_alive, _ = quad(
            lambda p: leaves.pdf(p) * (1 - (1 + p * 365 / (alpha + age)) ** -(r + x)) / p, 0, 1, limit=200
        )
        expected = expected_purchases(model, TRUE, 365, x, t_x, age)
        assert expected == pytest.approx(if_alive * chance_alive(model, TRUE, x, t_x, age), rel=1e-6)

    def test_bg_nbd_believes_in_everybody_who_bought_once(self):
        assert chance_alive(BG_NBD, TRUE, 0, 0, 3000) == 1
        assert chance_alive(MBG_NBD, TRUE, 0, 0, 3000) < 0.2

    @pytest.mark.parametrize("model", BUYING, ids=lambda model: model.name)
    def test_silence_lowers_the_chance_and_no_chance_is_beyond_its_bounds(self, model):
        silence = np.arange(0, 5000, 50)
        chance = chance_alive(model, TRUE, 40, 100, 100 + silence)
        assert (np.diff(chance) <= 0).all() and 0 <= chance[-1] < 1e-9 and chance[0] < 1

    @pytest.mark.parametrize("model", BUYING, ids=lambda model: model.name)
    def test_repeat_counts_are_those_of_simulated_customers(self, model):
        rng = np.random.default_rng(5)
        ages = rng.integers(1, 729, 100_000)
        seen = np.bincount(np.minimum(simulate(model, TRUE, ages, rng).repeats, 7), minlength=8)
        expected = repeat_count_chances(model, TRUE, ages, 7).sum(axis=0)
        assert (np.abs(seen - expected) < 4 * np.sqrt(expected)).all()

    def test_subscribers_left(self, high_end):
        shares = share_left(fit_subscriptions(high_end).parameters, np.array([0, 1, 7]))
        assert shares[0] == 1
        assert shares[1:] == pytest.approx([0.869, 0.491], abs=0.02)


def some(rows: Histories, number: int) -> Histories:
    return Histories(*(column[:number] for column in vars(rows).values()))


class TestNotToBeBelieved:
    """A reason, and no parameters that anybody could use."""

    @staticmethod
    def reason(fit: Fit) -> str:
        assert not fit.is_usable and not fit.parameters and not fit.standard_errors
        return fit.reason

    def test_few_customers(self):
        rng = np.random.default_rng(6)
        few = simulate(BG_NBD, TRUE, rng.uniform(200, 729, 99), rng)
        assert self.reason(fit_buying(BG_NBD, few)) == "99 customers are fewer than 100"

    def test_few_came_back(self, simulated):
        came_back = simulated.repeats > 0
        customers = np.where(came_back, np.cumsum(came_back) <= 29, 1)
        kept = customers > 0
        rows = Histories(*(column[kept] for column in list(vars(simulated).values())[:3]), customers[kept])
        assert "29 customers who came back" in self.reason(fit_buying(MBG_NBD, rows))
        spends = Spends(np.ones(29), np.linspace(5, 90, 29), np.ones(29))
        assert "29 customers who came back" in self.reason(fit_spend(spends))

    def test_a_mean_spend_that_is_infinite(self):
        fit = fit_spend(spends_of({"p": 4.0, "q": 0.7, "gamma": 20.0}, 5_000))
        assert self.reason(fit).startswith("q is 0.69")
        assert fit.log_likelihood is not None

    @pytest.mark.parametrize("model", BUYING, ids=lambda model: model.name)
    def test_nobody_ever_leaves(self, model):
        rng = np.random.default_rng(7)
        repeats, age = 1 + rng.negative_binomial(2, 0.2, 3_000), rng.integers(200, 729, 3_000)
        faithful = Histories(repeats, age, age, np.ones(3_000))  # who all bought today
        assert "at no finite value" in self.reason(fit_buying(model, faithful))

    def test_few_subscriptions(self):
        assert "49 subscriptions" in self.reason(
            fit_subscriptions(Losses(np.arange(1, 4), np.array([49, 30, 20]), np.array([19, 10, 5])))
        )

    def test_few_lost(self):
        assert "19 lost" in self.reason(
            fit_subscriptions(Losses(np.arange(1, 4), np.array([90, 80, 74]), np.array([10, 6, 3])))
        )

    def test_few_periods(self):
        assert "2 periods" in self.reason(
            fit_subscriptions(Losses(np.arange(1, 4), np.array([90, 70, 55]), np.array([20, 15, 0])))
        )

    def test_more_faithful_than_any_beta_can_be(self):
        """The longer the more are lost: no mixture of constant chances does that."""
        losses = Losses(np.arange(1, 5), np.array([1000, 990, 950, 800]), np.array([10, 40, 150, 400]))
        assert self.reason(fit_subscriptions(losses))

    def test_a_parameter_that_the_data_say_nothing_about(self):
        def flat(parameters):
            return -100 - (parameters[0] - 2) ** 2, np.array([-2 * (parameters[0] - 2), 0.0])

        assert maximise(flat, ("known", "unknown"), [(1, 1)], (1, 1)).problem == (
            "the data do not tell the parameters apart"
        )

    def test_a_search_that_does_not_end(self, simulated, monkeypatch):
        monkeypatch.setattr("orchestration.clv.estimate.REMAINING", -np.inf)
        assert self.reason(fit_buying(BG_NBD, simulated)) == "the search did not converge"

    def test_a_likelihood_that_is_not_finite(self):
        def broken(parameters):
            return -100 - (parameters[0] - 2) ** 2, np.array([np.nan])

        assert maximise(broken, ("a",), [(2.0,)], (1,)).problem == "the likelihood is not finite"

    def test_a_bad_start_is_followed_by_another(self):
        def two_hills(parameters):
            """One without a top beyond 10, and one at 2."""
            (x,) = parameters
            return (-100 - (x - 2) ** 2, np.array([-2 * (x - 2)])) if x < 10 else (x - 1e6, np.array([1.0]))

        estimate = maximise(two_hills, ("x",), [(1_000.0,), (1.0,)], (1,))
        assert estimate.problem is None and estimate.parameters["x"] == pytest.approx(2)


GOOD = {
    "repeats": [0, 2],
    "last_repeat_age": [0, 10],
    "age": [30, 30],
    "customers": [5, 1],
}
IMPOSSIBLE_HISTORIES = {
    "last after the end": {"last_repeat_age": [0, 31]},
    "repeats below zero": {"repeats": [-1, 2]},
    "half a repeat": {"repeats": [0, 1.5]},
    "a repeat on the first day": {"last_repeat_age": [0, 0]},
    "a last repeat without one": {"last_repeat_age": [3, 10]},
    "nobody": {"customers": [0, 1]},
    "no number": {"age": [np.nan, 30]},
    "a column too short": {"age": [30]},
}


@pytest.mark.parametrize("claim", IMPOSSIBLE_HISTORIES)
def test_histories_that_cannot_be(claim):
    Histories(*map(np.array, GOOD.values()))
    with pytest.raises(ValueError, match="histories"):
        Histories(*map(np.array, (GOOD | IMPOSSIBLE_HISTORIES[claim]).values()))


@pytest.mark.parametrize(
    "spends",
    [([0], [9.5], [1]), ([1], [0.0], [1]), ([1], [np.inf], [1]), ([1], [9.5], [0]), ([1, 2], [9.5], [1])],
)
def test_spends_that_cannot_be(spends):
    with pytest.raises(ValueError, match="spends"):
        Spends(*map(np.array, spends))


@pytest.mark.parametrize(
    "losses",
    [([1, 1], [9, 8], [1, 1]), ([0], [9], [1]), ([1], [9], [10]), ([1], [9], [-1]), ([1], [9, 8], [1])],
)
def test_losses_that_cannot_be(losses):
    with pytest.raises(ValueError, match=r"lost|period|losses"):
        Losses(*map(np.array, losses))
