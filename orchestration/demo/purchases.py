"""When people buy: everyone at their own pace, until they stop."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo import calendar
from orchestration.demo.effects import Effects
from orchestration.demo.markets import of_markets
from orchestration.demo.people import BOTH, TILL, People


@dataclass
class Purchases:
    """Purchases of one channel in order of time: who (row in the block), when (seconds since 1970, UTC)."""

    person: np.ndarray
    at: np.ndarray

    def __len__(self) -> int:
        return len(self.person)


def draw_purchases(rng: np.random.Generator, people: People, effects: Effects) -> tuple[Purchases, Purchases]:
    """Draw web and till purchases: Pareto/NBD in shopping time, which runs faster before Christmas."""
    count = len(people)
    rate = rng.gamma(effects.rate_shape, effects.rate_mean / effects.rate_shape, count)
    # One family of heavy buyers would by itself decide the precision of exact linking in a small retailer.
    rate = np.where(people.in_family, np.minimum(rate, effects.rate_mean / 2), rate)
    life = effects.life_scale * rng.exponential(1.0, count) / rng.gamma(effects.life_shape, 1.0, count)
    early = rng.random(count) < effects.early_share
    entered = rng.random(count) * np.where(early, 0.4, calendar.YEARS)
    alive = np.minimum(calendar.YEARS - entered, life)
    buys = rng.random(count) >= effects.never_buys_share
    times = np.where(buys, 1 + rng.poisson(rate * alive), 0)

    person = np.repeat(np.arange(count), times)
    is_first = np.diff(person, prepend=-1) != 0
    when = entered[person] + np.where(is_first, 0.0, rng.random(len(person)) * alive[person])
    habit = people.habit[person]
    at_till = (habit == TILL) | ((habit == BOTH) & (rng.random(len(person)) >= effects.web_share_of_both))
    days = calendar.days_at(when)
    return _in_order(person[~at_till], calendar.moments(days[~at_till], calendar.WEB_HOURS)), _in_order(
        person[at_till],
        _local_to_utc(people.market[person[at_till]], calendar.moments(days[at_till], calendar.TILL_HOURS)),
    )


def _local_to_utc(market: np.ndarray, seconds: np.ndarray) -> np.ndarray:
    """Stores keep local opening hours; summer time is left out."""
    return np.minimum(seconds + of_markets("hours_behind_utc")[market] * 3600, calendar.END - 1800)


def _in_order(person: np.ndarray, at: np.ndarray) -> Purchases:
    order = np.argsort(at, kind="stable")
    return Purchases(person[order], at[order])
