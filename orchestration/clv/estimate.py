"""Maximum likelihood for models whose parameters are all positive: the search, how sure it is, and when not to believe it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

# of parameters (natural scale) to the log-likelihood and its gradient
Likelihood = Callable[[np.ndarray], tuple[float, np.ndarray]]

LEAST, MOST = 1e-4, 1e4  # between these multiples of its unit a parameter is looked for
REMAINING = 1e-10  # log-likelihood that may still be to gain where the search ends; to be off by a standard error costs 0.5
FAR = 1e-4  # where more than so much was to gain, the curvature is looked at again after the step
FLATTEST = 1e-9  # a curvature below this share of the steepest cannot be told from none
_STEP = 1e-4  # of the differences that make the curvature, in logarithms
_NEWTON_STEPS = 8


@dataclass(frozen=True)
class Estimate:
    """Parameters by name with their standard errors, both on the natural scale, and the log-likelihood there."""

    parameters: dict[str, float]
    standard_errors: dict[str, float]
    log_likelihood: float
    problem: str | None  # why it is not to be believed


def maximise(
    likelihood: Likelihood, names: Sequence[str], starts: Sequence[Sequence[float]], units: Sequence[float]
) -> Estimate:
    """The estimate from the first start that leads to one without a problem, else the likeliest found.

    `units` are the size that each parameter would have if nothing were known, such as 1, or the mean age for a time: they make the
    search the same in days and in weeks.
    """
    estimates = []
    for start in starts:
        estimates.append(_search(likelihood, names, np.array(start, float), np.array(units, float)))
        if estimates[-1].problem is None:
            return estimates[-1]
    return max(estimates, key=lambda estimate: estimate.log_likelihood)


def _search(likelihood: Likelihood, names: Sequence[str], start: np.ndarray, units: np.ndarray) -> Estimate:
    """Quasi-Newton steps to the neighbourhood, then Newton's, whose matrix tells the standard errors too."""
    scale = abs(
        likelihood(start)[0]
    )  # so that the search's own tolerances do not depend on the number of customers

    def loss(position: np.ndarray) -> tuple[float, np.ndarray]:
        parameters = np.exp(position)
        value, gradient = likelihood(parameters)
        return -value / scale, -gradient * parameters / scale

    bounds = np.log(np.outer(units, [LEAST, MOST]))
    options = {"maxiter": 500, "ftol": 1e-10, "gtol": 1e-7}
    found = minimize(loss, np.log(start), jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    position, problem = found.x, _edge(found.x, names, bounds)
    curvature = _curvature(loss, position)
    for _ in range(_NEWTON_STEPS):
        if problem or (problem := _flatness(curvature)):
            break
        gradient = loss(position)[1]
        step = np.linalg.solve(curvature, gradient)
        to_gain = gradient @ step / 2 * scale
        if to_gain < REMAINING:
            break
        position = np.clip(position - step, *bounds.T)
        problem = _edge(position, names, bounds)
        if to_gain > FAR:
            curvature = _curvature(loss, position)
    else:
        problem = "the search did not converge"
    parameters = np.exp(position)
    errors = np.full(len(names), np.nan)
    if problem is None:
        # the variance of a logarithm is that of the share by which the parameter itself may be off
        errors = parameters * np.sqrt(np.diag(np.linalg.inv(curvature)) / scale)
    return Estimate(
        dict(zip(names, parameters.tolist(), strict=True)),
        dict(zip(names, errors.tolist(), strict=True)),
        float(-loss(position)[0] * scale),
        problem,
    )


def _edge(position: np.ndarray, names: Sequence[str], bounds: np.ndarray) -> str | None:
    """The parameters that ran as far as they could, in a sentence."""
    at_edge = np.min(np.abs(position[:, None] - bounds), axis=1) < 1e-3
    if not at_edge.any():
        return None
    ran = ", ".join(
        f"{name} to {np.exp(where):.2g}"
        for name, where, is_out in zip(names, position, at_edge, strict=True)
        if is_out
    )
    return f"the likelihood has its maximum at no finite value ({ran})"


def _flatness(curvature: np.ndarray) -> str | None:
    if not np.isfinite(curvature).all():
        return "the likelihood is not finite"
    curved = np.linalg.eigvalsh(curvature)  # from the flattest direction to the steepest
    return None if curved[0] > FLATTEST * abs(curved[-1]) else "the data do not tell the parameters apart"


def _curvature(loss: Likelihood, position: np.ndarray) -> np.ndarray:
    """Second derivatives, by central differences of the gradient, which is exact."""
    columns = [
        (loss(position + shift)[1] - loss(position - shift)[1]) / (2 * _STEP)
        for shift in _STEP * np.eye(len(position))
    ]
    matrix = np.array(columns)
    return (matrix + matrix.T) / 2
