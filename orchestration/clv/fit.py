"""A model fitted to counts, or the reason why it is not to be used: bad luck is an answer, only what cannot be raises ValueError."""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestration.clv import buying, spend, subscriptions
from orchestration.clv.buying import BuyingModel, Histories
from orchestration.clv.estimate import Estimate, maximise
from orchestration.clv.spend import Spends
from orchestration.clv.subscriptions import Losses

# from 100 simulated customers the orders of a year are foretold to 15% (standard deviation), from 1,000 to 4%
LEAST_CUSTOMERS = 100
LEAST_REPEATERS = 30  # who came back: all that is known of rates, of leaving and of spend comes from them
LEAST_SUBSCRIPTIONS = 50
LEAST_LOST = 20  # subscriptions, as above
LEAST_PERIODS = 3  # two parameters and one period to disagree with them


@dataclass(frozen=True)
class Fit:
    """A fitted model; without parameters when it is not to be used, and then with the reason."""

    model: str
    customers: int  # or subscriptions
    observations: int  # repeat occasions; for subscriptions, periods in which one could be lost
    log_likelihood: float | None = None  # None: nothing was fitted
    parameters: dict[str, float] = field(default_factory=dict)  # times in days
    standard_errors: dict[str, float] = field(default_factory=dict)
    reason: str | None = None

    @property
    def is_usable(self) -> bool:
        """Whether predictions may be made of it."""
        return self.reason is None


def fit_buying(model: BuyingModel, histories: Histories) -> Fit:
    """BG/NBD or MBG/NBD. Parameters r, alpha (days), a, b."""
    x, customers = histories.repeats, histories.customers
    size = (model.name, int(customers.sum()), int(customers @ x))
    if reason := _too_few(size[1], int(customers[x > 0].sum())):
        return Fit(*size, reason=reason)
    mean_age = float(customers @ histories.age) / size[1]
    repeats_per_day = size[2] / float(customers @ histories.age)
    starts = [(r, r / repeats_per_day, a, b) for r, a, b in ((0.5, 1, 3), (1, 0.3, 1), (3, 2, 10))]
    units = (1, mean_age, 1, 1)
    return _fit(*size, maximise(buying.likelihood(model, histories), buying.PARAMETERS, starts, units))


def fit_spend(spends: Spends) -> Fit:
    """Gamma-Gamma. Parameters p, q and gamma (money)."""
    customers = spends.customers
    size = ("gamma_gamma", int(customers.sum()), int(customers @ spends.repeats))
    if reason := _too_few_repeaters(size[1]):
        return Fit(*size, reason=reason)
    mean = float(customers @ spends.mean_spend) / size[1]
    starts = [(p, q, mean * (q - 1) / p) for p, q in ((5, 4), (1, 2), (20, 10))]
    estimate = maximise(spend.likelihood(spends), spend.PARAMETERS, starts, (1, 1, mean))
    q = estimate.parameters["q"]
    infinite = f"q is {q:.3g}: at 1 and below the mean spend of all would be infinite" if q <= 1 else None
    return _fit(*size, estimate, infinite)


def fit_subscriptions(losses: Losses) -> Fit:
    """sBG. Parameters alpha and beta."""
    started = int(losses.at_risk[losses.period == 1].sum())
    lost, periods = int(losses.lost.sum()), int((losses.lost > 0).sum())
    size = ("sbg", started, int(losses.at_risk.sum()))
    if started < LEAST_SUBSCRIPTIONS:
        return Fit(*size, reason=f"{started:,} subscriptions are fewer than {LEAST_SUBSCRIPTIONS}")
    if lost < LEAST_LOST:
        return Fit(*size, reason=f"{lost:,} lost subscriptions are fewer than {LEAST_LOST}")
    if periods < LEAST_PERIODS:
        return Fit(*size, reason=f"{periods} periods with a loss are fewer than {LEAST_PERIODS}")
    likelihood = subscriptions.likelihood(losses)
    return _fit(*size, maximise(likelihood, subscriptions.PARAMETERS, [(1, 5), (0.3, 1)], (1, 1)))


def _too_few(customers: int, repeaters: int) -> str | None:
    if customers < LEAST_CUSTOMERS:
        return f"{customers:,} customers are fewer than {LEAST_CUSTOMERS}"
    return _too_few_repeaters(repeaters)


def _too_few_repeaters(repeaters: int) -> str | None:
    return (
        f"{repeaters:,} customers who came back are fewer than {LEAST_REPEATERS}"
        if repeaters < LEAST_REPEATERS
        else None
    )


def _fit(model: str, customers: int, observations: int, estimate: Estimate, reason: str | None = None) -> Fit:
    """No parameters where there is a reason against them: nobody can use them by mistake."""
    if reason := estimate.problem or reason:
        return Fit(model, customers, observations, estimate.log_likelihood, reason=reason)
    return Fit(
        model,
        customers,
        observations,
        estimate.log_likelihood,
        estimate.parameters,
        estimate.standard_errors,
    )
