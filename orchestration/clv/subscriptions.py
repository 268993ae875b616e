"""How long subscribers stay: shifted beta-geometric (Fader and Hardie 2007). Each leaves at every renewal with a chance of his own (beta:
alpha, beta), so those who are left are ever more faithful."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln

from orchestration.clv.estimate import Likelihood

PARAMETERS = ("alpha", "beta")


@dataclass(frozen=True)
class Losses:
    """Subscriptions by period since their start. Who is still there counts only in the periods that are over: that is how later starters
    may be together with earlier ones. Raises ValueError for what cannot be."""

    period: np.ndarray  # 1, 2, ...
    at_risk: np.ndarray  # subscriptions that could be lost in it
    lost: np.ndarray  # and were

    def __post_init__(self) -> None:
        rows = (self.period, self.at_risk, self.lost)
        if len({column.shape for column in rows}) > 1 or self.period.ndim != 1:
            raise ValueError("the columns of losses differ in length")
        if len(np.unique(self.period)) < len(self.period) or (self.period < 1).any():
            raise ValueError("a period comes twice, or before the first")
        if (self.lost < 0).any() or (self.lost > self.at_risk).any():
            raise ValueError("more subscriptions are lost than there were, or less than none")


def likelihood(losses: Losses) -> Likelihood:
    """Of (alpha, beta): in period t a subscription is lost with the chance alpha / (alpha + beta + t - 1)."""
    lost = losses.lost.astype(float)
    kept = losses.at_risk - lost
    renewals = losses.period.astype(float) - 1

    def value_and_gradient(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        alpha, beta = parameters
        inverse = (lost + kept) / (alpha + beta + renewals)
        value = (
            lost.sum() * np.log(alpha)
            + kept @ np.log(beta + renewals)
            - (lost + kept) @ np.log(alpha + beta + renewals)
        )
        by_alpha = lost.sum() / alpha - inverse.sum()
        by_beta = (kept / (beta + renewals)).sum() - inverse.sum()
        return value, np.array([by_alpha, by_beta])

    return value_and_gradient


def share_left(parameters: dict[str, float], periods: np.ndarray) -> np.ndarray:
    """The share of subscriptions that are still there after so many periods."""
    alpha, beta = (parameters[name] for name in PARAMETERS)
    return np.exp(betaln(alpha, beta + periods) - betaln(alpha, beta))
