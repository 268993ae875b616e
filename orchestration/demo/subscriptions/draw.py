"""When people subscribe, pause, stop and come back, and when they are charged.

A subscription lasts for one stint, or for two where its owner reactivates it. Within a stint charges follow
each other at the interval of the plan; a pause skips some. Whatever would happen after the last day of the
history has not happened yet.
"""

import numpy as np

from orchestration.demo.calendar import DAY, END
from orchestration.demo.catalogue import Catalogue
from orchestration.demo.effects import Effects
from orchestration.demo.people import People
from orchestration.demo.purchases import Purchases
from orchestration.demo.shop.accounts import Accounts
from orchestration.demo.subscriptions.states import (
    CANCELLED,
    CHARGED,
    NEVER,
    PAUSED,
    PLANS,
    QUEUED,
    RESUMED,
    SUCCESS,
    Changes,
    Charges,
    Subscriptions,
    rows_of,
    stacked,
)
from orchestration.demo.subscriptions.stints import (
    Stints,
    Tries,
    draw_stints,
    draw_tries,
    ends_of,
    later,
    with_a_day_in_every_month,
)

_PLAN_SHARES = (0.7, 0.2, 0.1)


def draw_subscriptions(
    rng: np.random.Generator,
    people: People,
    subscriber: np.ndarray,
    purchases: Purchases,
    accounts: Accounts,
    catalogue: Catalogue,
    effects: Effects,
) -> Subscriptions:
    """Draw one subscription for every `subscriber` who has an account and has bought on the web before."""
    first_order = np.full(len(people), END)
    np.minimum.at(first_order, purchases.person, purchases.at)
    person = np.flatnonzero(subscriber & (accounts.first_row >= 0) & (first_order < END))
    waited = 7 * DAY + (rng.exponential(80.0, len(person)) * DAY).astype(np.int64)
    since = with_a_day_in_every_month(first_order[person] + waited)
    started = since < END - DAY
    person, since = np.concatenate([person[started], person[~started]]), since[started]
    count = len(since)
    plan = rng.choice(len(PLANS), count, p=_PLAN_SHARES)

    first = draw_stints(rng, np.arange(count), since, plan, effects, may_pause=True)
    left, reason = ends_of(rng, first)
    back = left + rng.integers(20 * DAY, 150 * DAY, count)
    again = np.flatnonzero((rng.random(count) < effects.reactivated_share) & (back < END - DAY))
    second = draw_stints(
        rng, again, with_a_day_in_every_month(back[again]), plan[again], effects, may_pause=False
    )
    parts = [(first, left, reason), (second, *ends_of(rng, second))]
    tries = [draw_tries(rng, stints, effects) for stints, _, _ in parts]
    changes = _together([_changes(rng, *part, charges) for part, charges in zip(parts, tries, strict=True)])
    return Subscriptions(
        person=person,
        plan=plan,
        variant=rng.choice(catalogue.subscribed, count),
        started_at=since,
        charges=_all_charges(rng, tries, changes, plan),
        changes=changes,
    )


def _changes(
    rng: np.random.Generator, stints: Stints, left: np.ndarray, reason: np.ndarray, tries: Tries
) -> Changes:
    """The states that one kind of stint goes through; those after the last day are left out."""
    paid = np.flatnonzero(tries.charges.state == SUCCESS)
    stint, number = tries.stint[paid], tries.number[paid]
    charged_at = tries.charges.at[paid]
    pause = np.flatnonzero(stints.pause_after)
    last_before = stints.pause_after[pause] - 1
    paused_at = stints.due(pause, last_before) + rng.integers(8 * DAY, 20 * DAY, len(pause))
    resumed_for = stints.due(pause, stints.pause_after[pause])
    # before a pause the next charge is planned as if there were none
    planned = later(stints.since[stint], stints.plan[stint], number + 1)
    after_pause = (stints.pause_after[stint] > 0) & (number >= stints.pause_after[stint])
    next_at = np.where(after_pause, stints.due(stint, number + 1), planned)

    everyone = np.arange(len(left))
    at_stint = np.concatenate([stint, pause, pause, everyone])
    never, no_reason = np.full(len(pause), NEVER), np.full(len(stint) + 2 * len(pause), -1)
    changes = Changes(
        subscription=stints.subscription[at_stint],
        at=np.concatenate([charged_at, paused_at, resumed_for - 5 * DAY, left]),
        kind=np.repeat(
            [CHARGED, PAUSED, RESUMED, CANCELLED], [len(stint), len(pause), len(pause), len(left)]
        ),
        next_at=np.concatenate([next_at, never, resumed_for, np.full(len(left), NEVER)]),
        reason=np.concatenate([no_reason, reason]),
    )
    return rows_of(changes, np.flatnonzero(changes.at < END))


def _together(parts: list[Changes]) -> Changes:
    changes = stacked(parts)
    return rows_of(changes, np.lexsort((changes.at, changes.subscription)))


def _all_charges(rng: np.random.Generator, tries: list[Tries], changes: Changes, plan: np.ndarray) -> Charges:
    """Charges of both kinds of stint, and the next one of each subscription: queued, or deleted by its end."""
    end = changes.newest
    awaits = end[changes.next_at[end] >= END]
    stopped = end[(changes.kind[end] == CANCELLED) & (rng.random(len(end)) < 0.5)]
    state = np.concatenate([awaits, stopped])
    once = np.ones(len(stopped), np.int64)
    ahead = later(with_a_day_in_every_month(changes.at[stopped]), plan[changes.subscription[stopped]], once)
    queued = Charges(
        subscription=changes.subscription[state],
        scheduled_at=np.concatenate([changes.next_at[awaits], ahead]),
        at=changes.at[state],
        attempts=np.zeros(len(state), np.int64),
        state=np.full(len(state), QUEUED),
        withdrawn=np.arange(len(state)) >= len(awaits),
    )
    return stacked([*(part.charges for part in tries), queued])
