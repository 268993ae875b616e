"""What changes in people's lives: they move, take another surname, give up a phone number that a stranger gets."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo.calendar import DAY, END, START, second_of
from orchestration.demo.effects import Effects
from orchestration.demo.households import Households

_UNUSED = 380 * DAY  # how long a number lies idle, at least, before somebody else gets it


@dataclass
class Changes:
    """One row per person of the block; moments in seconds since 1970, END for never."""

    moved_at: np.ndarray
    renamed_at: np.ndarray
    number_lost_at: np.ndarray
    number_got_at: np.ndarray
    number_from: np.ndarray  # row of the stranger who had the number before, -1 for nobody


def draw_changes(
    rng: np.random.Generator, market: np.ndarray, households: Households, effects: Effects
) -> Changes:
    """Draw the changes. A household moves as one; only people who live alone change surname or number."""
    count, alone = len(market), households.alone
    moved = _some_day(rng, count, effects.moved_share)[households.head]
    renamed = np.where(alone, _some_day(rng, count, effects.renamed_share), END)
    lost, got, number_from = np.full(count, END), np.full(count, END), np.full(count, -1)

    free = rng.permutation(np.flatnonzero(alone & (renamed == END)))
    free = free[np.argsort(market[free], kind="stable")]
    free = free[: len(free) // 2 * 2].reshape(-1, 2)
    pairs = rng.permutation(free[market[free[:, 0]] == market[free[:, 1]]])
    giver, taker = pairs[: int(count * effects.recycled_phone_share)].T
    lost[giver] = second_of(START) + rng.integers(200 * DAY, 450 * DAY, len(giver))
    got[taker] = lost[giver] + _UNUSED + rng.integers(0, 100 * DAY, len(giver))
    number_from[taker] = giver
    return Changes(moved, renamed, lost, got, number_from)


def _some_day(rng: np.random.Generator, count: int, share: float) -> np.ndarray:
    """A moment within the history for a share of people, END for the others."""
    when = rng.integers(second_of(START), END, count)
    return np.where(rng.random(count) < share, when, END)
