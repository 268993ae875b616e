"""What a subscription and its charges can be, and the tables that hold them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np

from orchestration.demo.calendar import DAY

PLANS = (("month", 1), ("month", 2), ("week", 6))  # unit and frequency of the charges
SUCCESS, ERROR, QUEUED = 0, 1, 2
CHARGED, PAUSED, RESUMED, CANCELLED = 0, 1, 2, 3
NEVER = -1

MOST_ATTEMPTS = 4
RETRY_AFTER = 2 * DAY
PAYMENT_FAILED = 0
REASONS = (
    "max number of charge attempts reached",
    "too expensive",
    "I have more than I need",
    "delivery takes too long",
)


@dataclass
class Charges:
    """One row per charge in no particular order; times in seconds since 1970."""

    subscription: np.ndarray
    scheduled_at: np.ndarray
    at: np.ndarray  # when it was processed or last tried
    attempts: np.ndarray
    state: np.ndarray  # SUCCESS, ERROR, or QUEUED for one that lies ahead
    withdrawn: np.ndarray  # queued, and deleted when its subscription was cancelled


@dataclass
class Changes:
    """Every state a subscription has been in, in the order of subscriptions and time; never two at a time."""

    subscription: np.ndarray
    at: np.ndarray
    kind: np.ndarray  # CHARGED, PAUSED, RESUMED or CANCELLED; the first of a subscription is a charge
    next_at: np.ndarray  # of the next charge, NEVER where none is planned
    reason: np.ndarray  # row of REASONS for a cancellation, else -1

    @property
    def newest(self) -> np.ndarray:
        """Rows of the newest state of each subscription."""
        return np.flatnonzero(np.diff(self.subscription, append=-1))


@dataclass
class Subscriptions:
    """One row per subscription; `person` also has those who gave their details but never subscribed, at the end."""

    person: np.ndarray  # of every subscriber, as many as there are Recharge customers
    plan: np.ndarray
    variant: np.ndarray
    started_at: np.ndarray
    charges: Charges
    changes: Changes

    def __len__(self) -> int:
        return len(self.plan)

    @property
    def renewals(self) -> np.ndarray:
        """Rows of the charges that became orders."""
        return np.flatnonzero(self.charges.state == SUCCESS)


Table = TypeVar("Table", Charges, Changes)


def rows_of(table: Table, rows: np.ndarray) -> Table:
    """The chosen rows of a table."""
    return type(table)(*(getattr(table, field.name)[rows] for field in fields(table)))


def stacked(parts: Sequence[Table]) -> Table:
    """The rows of all parts, one part after the other."""
    names = [field.name for field in fields(parts[0])]
    return type(parts[0])(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
