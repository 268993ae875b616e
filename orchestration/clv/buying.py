"""How often customers come back, and whether they still will: BG/NBD (Fader, Hardie and Lee 2005) and MBG/NBD (Batislam, Denizel and
Filiztekin 2007).

A customer buys at a rate of his own (gamma: shape r, rate alpha) and may leave for good after a purchase, with a chance of his own (beta:
a, b). The two differ in one thing: in MBG/NBD he may leave after the very first purchase, in BG/NBD not before the second, so that
there nobody who bought once has ever left. Time is in days, or in any other unit: alpha is in the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, expit, gammaln, hyp2f1, psi
from scipy.stats import nbinom

from orchestration.clv.estimate import Likelihood

PARAMETERS = ("r", "alpha", "a", "b")


@dataclass(frozen=True)
class BuyingModel:
    """A name, and whether the first purchase may be the last by choice."""

    name: str
    first_chance: int  # 1 when a customer may leave after the first purchase, else 0


BG_NBD = BuyingModel("bg_nbd", 0)
MBG_NBD = BuyingModel("mbg_nbd", 1)


@dataclass(frozen=True)
class Histories:
    """What is known of customers who began before today: equal ones are one row. Raises ValueError for what cannot be."""

    repeats: np.ndarray  # x: occasions after the first
    last_repeat_age: np.ndarray  # t_x: days from the first to the last; 0 without a repeat
    age: np.ndarray  # T: days from the first to the end of observation
    customers: np.ndarray  # how many are like this

    def __post_init__(self) -> None:
        x, t_x, age = self.repeats, self.last_repeat_age, self.age
        rows = (x, t_x, age, self.customers)
        if len({column.shape for column in rows}) > 1 or x.ndim != 1:
            raise ValueError("the columns of histories differ in length")
        impossible = {
            "a value that is no finite number": ~np.isfinite(rows).all(axis=0),
            "less than one customer": self.customers < 1,
            "a broken or negative number of repeats": (x < 0) | (x % 1 != 0),
            "a last repeat before the first purchase or after the end": (t_x < 0) | (t_x > age),
            "repeats at no time, or a time without repeats": (x > 0) != (t_x > 0),
        }
        for what, found in impossible.items():
            if found.any():
                raise ValueError(f"{found.sum()} histories have {what}")


def likelihood(model: BuyingModel, histories: Histories) -> Likelihood:
    """Of (r, alpha, a, b). Logarithms and gamma functions are taken once per distinct x, t_x and T; a row costs one exponential."""
    weight = histories.customers.astype(float)
    xs, of_x = np.unique(histories.repeats.astype(float), return_inverse=True)
    ages, of_age = np.unique(histories.age.astype(float), return_inverse=True)
    chances = xs + model.first_chance  # of leaving, so far
    all_of_x = np.bincount(of_x, weight)
    all_of_age = np.bincount(of_age, weight)
    repeats_of_age = np.bincount(of_age, weight * histories.repeats)

    # those who had no chance to leave yet are there for certain
    may_be_gone = histories.repeats + model.first_chance > 0
    gone_weight, gone_x, gone_age = weight[may_be_gone], of_x[may_be_gone], of_age[may_be_gone]
    gone_repeats = xs[gone_x]
    lasts, gone_last = np.unique(histories.last_repeat_age[may_be_gone].astype(float), return_inverse=True)

    def value_and_gradient(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        r, alpha, a, b = parameters
        log_age, log_last = np.log(alpha + ages), np.log(alpha + lasts)

        # as if all were still there
        value = (
            all_of_x @ (gammaln(r + xs) - gammaln(r) + betaln(a, b + chances) - betaln(a, b))
            + r * np.log(alpha) * weight.sum()
            - (r * all_of_age + repeats_of_age) @ log_age
        )
        of_both = psi(a + b) - psi(a + b + chances)
        by_r = all_of_x @ (psi(r + xs) - psi(r)) + np.log(alpha) * weight.sum() - all_of_age @ log_age
        by_alpha = r / alpha * weight.sum() - (r * all_of_age + repeats_of_age) @ (1 / (alpha + ages))
        by_a = all_of_x @ of_both
        by_b = all_of_x @ (psi(b + chances) - psi(b) + of_both)

        # and what it adds that they may have left: the logarithm of 1 + the odds of that
        left = np.maximum(b + chances - 1, np.finfo(float).tiny)  # a level without chances is in no row here
        silence = log_age[gone_age] - log_last[gone_last]
        exponent = r + gone_repeats
        log_odds = (np.log(a) - np.log(left))[gone_x] + exponent * silence
        shrunk = np.exp(-np.abs(log_odds))  # serves both the logarithm and the share, and never overflows
        value += (gone_weight * (np.maximum(log_odds, 0) + np.log1p(shrunk))).sum()
        gone = gone_weight * np.where(log_odds > 0, 1, shrunk) / (1 + shrunk)
        of_time = gone * exponent
        by_r += (gone * silence).sum()
        by_alpha += np.bincount(gone_age, of_time, len(ages)) @ (1 / (alpha + ages))
        by_alpha -= np.bincount(gone_last, of_time, len(lasts)) @ (1 / (alpha + lasts))
        by_a += gone.sum() / a
        by_b -= np.bincount(gone_x, gone, len(xs)) @ (1 / left)
        return value, np.array([by_r, by_alpha, by_a, by_b])

    return value_and_gradient


def chance_alive(
    model: BuyingModel,
    parameters: dict[str, float],
    repeats: np.ndarray | int,
    last_repeat_age: np.ndarray | float,
    age: np.ndarray | float,
) -> np.ndarray:
    """The probability that a customer with this history has not left."""
    r, alpha, a, b = (parameters[name] for name in PARAMETERS)
    chances = np.asarray(repeats) + model.first_chance
    with np.errstate(divide="ignore", invalid="ignore"):  # where there was no chance to leave
        log_odds = (
            np.log(a)
            - np.log(b + chances - 1)
            + (r + repeats) * (np.log(alpha + age) - np.log(alpha + last_repeat_age))
        )
    return np.where(chances > 0, expit(-log_odds), 1.0)


def expected_purchases(
    model: BuyingModel,
    parameters: dict[str, float],
    days: np.ndarray | float,
    repeats: np.ndarray | int = 0,
    last_repeat_age: np.ndarray | float = 0,
    age: np.ndarray | float = 0,
) -> np.ndarray:
    """Occasions in the next so many days after this history; without one, after the first purchase.

    The closed form, by Gauss's hypergeometric function. It has no value at a = 1 exactly, and SciPy none for some extreme parameters: nan
    or infinity then.
    """
    r, alpha, a, b = (parameters[name] for name in PARAMETERS)
    chances = np.asarray(repeats) + model.first_chance
    z = days / (alpha + age + days)
    series = hyp2f1(a + b - 1 + model.first_chance - r, a - 1, a + b + chances - 1, z)
    if_alive = (a + b + chances - 1) / (a - 1) * (1 - (1 - z) ** (a - 1) * series)
    return if_alive * chance_alive(model, parameters, repeats, last_repeat_age, age)


def repeat_count_chances(
    model: BuyingModel, parameters: dict[str, float], age: np.ndarray, most: int
) -> np.ndarray:
    """The probability of 0, 1, ... `most` or more repeats (columns) at each age (rows) since the first purchase."""
    r, alpha, a, b = (parameters[name] for name in PARAMETERS)
    counts = np.arange(most)
    chances = counts + model.first_chance
    bought = nbinom(r, (alpha / (alpha + np.asarray(age, float)))[:, None])  # by somebody who never leaves
    stayed = np.exp(betaln(a, b + chances) - betaln(a, b))
    left = np.zeros(most)
    left[chances > 0] = np.exp(betaln(a + 1, (b + chances - 1)[chances > 0]) - betaln(a, b))
    chance = stayed * bought.pmf(counts) + left * bought.sf(counts - 1)
    return np.column_stack([chance, 1 - chance.sum(axis=1)])
