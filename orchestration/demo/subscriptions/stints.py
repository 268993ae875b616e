"""Stints: how long people stay subscribed at a stretch, when charges fall due, and how often a payment is tried."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo.calendar import DAY, END
from orchestration.demo.effects import Effects
from orchestration.demo.subscriptions.states import (
    ERROR,
    MOST_ATTEMPTS,
    PAYMENT_FAILED,
    PLANS,
    RETRY_AFTER,
    SUCCESS,
    Charges,
    rows_of,
)

_MOST_CHARGES = 40


@dataclass
class Stints:
    """Uninterrupted times of being subscribed; `paid` charges, the first at `since`."""

    subscription: np.ndarray
    since: np.ndarray
    plan: np.ndarray
    paid: np.ndarray
    fails: np.ndarray  # whether a payment that fails for good ends it
    pause_after: np.ndarray  # charges before a pause, 0 for none
    skips: np.ndarray  # charges that the pause leaves out

    def due(self, stint: np.ndarray, charge: np.ndarray) -> np.ndarray:
        """When the charge of that number, from 0, falls due."""
        paused = (self.pause_after[stint] > 0) & (charge >= self.pause_after[stint])
        return later(self.since[stint], self.plan[stint], charge + paused * self.skips[stint])


def later(at: np.ndarray, plan: np.ndarray, times: np.ndarray) -> np.ndarray:
    """The moment `times` intervals of the plan later; `at` lies on a day that every month has."""
    weekly = np.array([unit == "week" for unit, _ in PLANS])[plan]
    frequency = np.array([frequency for _, frequency in PLANS])[plan]
    month = at.astype("datetime64[s]").astype("datetime64[M]")
    within = at - month.astype("datetime64[s]").astype(np.int64)
    by_month = (month + times * frequency).astype("datetime64[s]").astype(np.int64) + within
    return np.where(weekly, at + times * frequency * 7 * DAY, by_month)


def with_a_day_in_every_month(at: np.ndarray) -> np.ndarray:
    """Move the 29th, 30th and 31st to the 28th, so that a month later is always the same day."""
    days = at.astype("datetime64[s]").astype("datetime64[D]")
    day = (days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(int)
    return at - np.maximum(day - 27, 0) * DAY


def draw_stints(
    rng: np.random.Generator,
    subscription: np.ndarray,
    since: np.ndarray,
    plan: np.ndarray,
    effects: Effects,
    *,
    may_pause: bool,
) -> Stints:
    # where nobody ever stops the draws are huge, and cut to more charges than three years can hold
    stops = max(effects.cancelled_per_charge + effects.failed_per_charge, 1e-9)
    rows = len(subscription)
    paid = np.minimum(rng.geometric(stops, rows), _MOST_CHARGES)
    pauses = may_pause & (rng.random(rows) < effects.paused_share) & (paid > 1)
    return Stints(
        subscription=subscription,
        since=since,
        plan=plan,
        paid=paid,
        fails=rng.random(rows) < effects.failed_per_charge / stops,
        pause_after=np.where(pauses, rng.integers(1, np.maximum(paid, 2)), 0),
        skips=rng.integers(1, 4, rows),
    )


def ends_of(rng: np.random.Generator, stints: Stints) -> tuple[np.ndarray, np.ndarray]:
    """When each stint ends, and why: with the last attempt at a payment, or some days after one went well."""
    stint = np.arange(len(stints.paid))
    given_up = stints.due(stint, stints.paid) + (MOST_ATTEMPTS - 1) * RETRY_AFTER + 3600
    decided = stints.due(stint, stints.paid - 1) + rng.integers(8 * DAY, 20 * DAY, len(stint))
    reason = rng.choice([1, 2, 3], len(stint), p=[0.5, 0.3, 0.2])
    return np.where(stints.fails, given_up, decided), np.where(stints.fails, PAYMENT_FAILED, reason)


@dataclass
class Tries:
    """The charges of some stints in their order, those that failed for good among them."""

    stint: np.ndarray
    number: np.ndarray  # 0, 1, ... within the stint
    charges: Charges


def draw_tries(rng: np.random.Generator, stints: Stints, effects: Effects) -> Tries:
    tries = stints.paid + stints.fails
    stint = np.repeat(np.arange(len(tries)), tries)
    charge = np.arange(len(stint)) - np.repeat(np.cumsum(tries) - tries, tries)
    due = stints.due(stint, charge)
    failed = charge == stints.paid[stint]
    hard = (rng.random(len(stint)) < effects.retried_charge_share) & (charge > 0)
    attempts = np.where(failed, MOST_ATTEMPTS, np.where(hard, rng.integers(2, MOST_ATTEMPTS, len(stint)), 1))
    # of a payment that is still being tried on the last day, only the attempts so far are known
    known = np.minimum(attempts, 1 + (END - 1 - due) // RETRY_AFTER)
    pending = known < attempts
    keep = np.flatnonzero(due < END)
    charges = Charges(
        subscription=stints.subscription[stint],
        scheduled_at=due,
        at=due + (known - 1) * RETRY_AFTER,
        attempts=known,
        state=np.where(failed | pending, ERROR, SUCCESS),
        withdrawn=np.zeros(len(stint), bool),
    )
    return Tries(stint[keep], charge[keep], rows_of(charges, keep))
