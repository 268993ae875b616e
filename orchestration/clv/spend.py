"""What an occasion is worth: Gamma-Gamma (Fader and Hardie 2013). The spend of a customer's occasions is gamma (shape p) around a mean of
his own, which is again spread by a gamma (q, gamma); how much somebody spends says nothing of how often he buys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, psi

from orchestration.clv.estimate import Likelihood

PARAMETERS = ("p", "q", "gamma")


@dataclass(frozen=True)
class Spends:
    """Mean spend of customers with at least one repeat: equal ones are one row. Raises ValueError for what cannot be."""

    repeats: np.ndarray  # x: occasions in the mean
    mean_spend: np.ndarray  # per occasion, in money
    customers: np.ndarray  # how many are like this

    def __post_init__(self) -> None:
        rows = (self.repeats, self.mean_spend, self.customers)
        if len({column.shape for column in rows}) > 1 or self.repeats.ndim != 1:
            raise ValueError("the columns of spends differ in length")
        impossible = {
            "a value that is no finite number": ~np.isfinite(rows).all(axis=0),
            "less than one customer": self.customers < 1,
            "a broken number of repeats, or none": (self.repeats < 1) | (self.repeats % 1 != 0),
            "a mean spend of nothing or less": self.mean_spend <= 0,
        }
        for what, found in impossible.items():
            if found.any():
                raise ValueError(f"{found.sum()} spends have {what}")


def likelihood(spends: Spends) -> Likelihood:
    """Of (p, q, gamma). Gamma functions are taken once per distinct x; a row costs one logarithm."""
    weight, x = spends.customers.astype(float), spends.repeats.astype(float)
    xs, of_x = np.unique(x, return_inverse=True)
    total = x * spends.mean_spend  # of a customer's occasions
    all_of_x = np.bincount(of_x, weight)
    log_total_of_x = np.bincount(of_x, weight * np.log(total))
    log_mean = weight @ np.log(spends.mean_spend)

    def value_and_gradient(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        p, q, gamma = parameters
        log_sum = np.bincount(of_x, weight * np.log(gamma + total))
        inverse = np.bincount(of_x, weight / (gamma + total))
        of_both = psi(p * xs + q)
        value = (
            all_of_x @ (gammaln(p * xs + q) - gammaln(p * xs) - gammaln(q) + q * np.log(gamma))
            + p * xs @ log_total_of_x
            - log_mean
            - (p * xs + q) @ log_sum
        )
        by_p = xs @ (all_of_x * (of_both - psi(p * xs)) + log_total_of_x - log_sum)
        by_q = all_of_x @ (of_both - psi(q) + np.log(gamma)) - log_sum.sum()
        by_gamma = q / gamma * weight.sum() - (p * xs + q) @ inverse
        return value, np.array([by_p, by_q, by_gamma])

    return value_and_gradient


def expected_spend(parameters: dict[str, float], repeats: np.ndarray, mean_spend: np.ndarray) -> np.ndarray:
    """Of an occasion to come, for a customer who spent so much on average in so many repeats: drawn to the mean of all by their lack."""
    p, q, gamma = (parameters[name] for name in PARAMETERS)
    return p * (gamma + repeats * mean_spend) / (p * repeats + q - 1)
