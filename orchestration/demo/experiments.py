"""A/B tests in the shop: who saw which variation, drawn so that the test finds what effects.toml says."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from orchestration.demo.calendar import second_of
from orchestration.demo.effects import Effects

SHARE_OF_B = 0.5


@dataclass(frozen=True)
class Experiment:
    """One test; `lift` names the effect by which variation B changes who orders until the end of the test."""

    key: str
    name: str
    variations: tuple[tuple[str, str], tuple[str, str]]  # id and name of A and B
    starts: np.datetime64
    ends: np.datetime64
    at_checkout: bool  # shown to whoever has something in the basket, else to everybody
    lift: str


EXPERIMENTS = (
    Experiment(
        "EXP-7",
        "Checkout button",
        (("EXP-7-A", "Grey button"), ("EXP-7-B", "Green button")),
        np.datetime64("2025-09-15"),
        np.datetime64("2026-01-15"),
        True,
        "checkout_button_lift",
    ),
    Experiment(
        "EXP-9",
        "Free shipping banner",
        (("EXP-9-A", "No banner"), ("EXP-9-B", "Banner")),
        np.datetime64("2026-02-01"),
        np.datetime64("2026-05-01"),
        False,
        "free_shipping_banner_lift",
    ),
)


@dataclass
class Exposures:
    """One row per visit in which somebody saw a variation."""

    visit: np.ndarray
    at: np.ndarray
    experiment: np.ndarray  # row in EXPERIMENTS
    is_b: np.ndarray


def draw_exposures(
    rng: np.random.Generator,
    unit: np.ndarray,
    shown_at: Sequence[np.ndarray],
    may_see: Sequence[np.ndarray],
    buyer: np.ndarray,
    ordered_at: np.ndarray,
    effects: Effects,
) -> Exposures:
    """Show the tests in visits of `unit` (a number per visit, the same for all visits of one person).

    `shown_at` and `may_see` have an array per experiment, a row per visit; `buyer` and `ordered_at` are the units
    and moments of the orders.
    """
    parts = []
    for number, test in enumerate(EXPERIMENTS):
        starts, ends = second_of(test.starts), second_of(test.ends)
        at = shown_at[number]
        visit = np.flatnonzero(may_see[number] & (at >= starts) & (at < ends))
        units, of_visit = np.unique(unit[visit], return_inverse=True)
        first = np.full(len(units), ends)
        np.minimum.at(first, of_visit, at[visit])

        row = np.searchsorted(units, buyer)
        within = (row < len(units)) & (ordered_at < ends)
        within[within] = units[row[within]] == buyer[within]
        last = np.full(len(units), starts)
        np.maximum.at(last, row[within], ordered_at[within])
        is_b = rng.random(len(units)) < _chance_of_b(last >= first, getattr(effects, test.lift))
        parts.append((visit, at[visit], np.full(len(visit), number), is_b[of_visit]))
    return Exposures(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _chance_of_b(ordered: np.ndarray, lift: float) -> np.ndarray:
    """The chance that somebody was shown B, given whether they ordered.

    With Bayes the joint law is that of a fair test in which B converts 1 + lift times as many as A does.
    """
    if not len(ordered):
        return np.zeros(0)
    converted_by_a = ordered.mean() / (1 - SHARE_OF_B + SHARE_OF_B * (1 + lift))
    converted_by_b = min((1 + lift) * converted_by_a, 1.0)
    among_buyers = SHARE_OF_B * (1 + lift) / (1 - SHARE_OF_B + SHARE_OF_B * (1 + lift))
    among_others = SHARE_OF_B * (1 - converted_by_b) / max(1 - ordered.mean(), 1e-9)
    return np.where(ordered, among_buyers, min(among_others, 1.0))
