"""Customers who do exactly what the models of buying say: what a fit must find again, and what its speed is measured on."""

from __future__ import annotations

import numpy as np

from orchestration.clv.buying import PARAMETERS, BuyingModel, Histories


def simulate(
    model: BuyingModel, parameters: dict[str, float], ages: np.ndarray, rng: np.random.Generator
) -> Histories:
    """One history per age (time from the first purchase to the end), all customers of weight 1. Times are continuous."""
    r, alpha, a, b = (parameters[name] for name in PARAMETERS)
    size = len(ages)
    rate, leaves = rng.gamma(r, 1 / alpha, size), rng.beta(a, b, size)
    repeats, last, now = np.zeros(size, np.int64), np.zeros(size), np.zeros(size)
    # who may still buy: in each round everybody's next purchase
    active = np.arange(size)
    if model.first_chance:
        active = active[rng.random(size) >= leaves]
    while active.size:
        now[active] += rng.exponential(1 / np.maximum(rate[active], np.finfo(float).tiny))
        active = active[now[active] <= ages[active]]
        repeats[active] += 1
        last[active] = now[active]
        active = active[rng.random(active.size) >= leaves[active]]
    return Histories(repeats, last, np.asarray(ages, float), np.ones(size))


def by_day(histories: Histories) -> Histories:
    """As a warehouse would have it: whole days, and equal customers in one row."""
    rows = np.column_stack(
        [
            histories.repeats,
            np.ceil(histories.last_repeat_age).astype(np.int64),
            np.ceil(histories.age).astype(np.int64),
        ]
    )
    # one number per row sorts several times faster than three
    places = rows.max(axis=0).astype(np.int64) + 1
    code = (rows[:, 0] * places[1] + rows[:, 1]) * places[2] + rows[:, 2]
    _, first, customers = np.unique(code, return_index=True, return_counts=True)
    return Histories(rows[first, 0], rows[first, 1], rows[first, 2], customers)
