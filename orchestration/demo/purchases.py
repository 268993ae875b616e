"""When people buy: everyone at their own pace, until they stop."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo import calendar
from orchestration.demo.effects import Effects
from orchestration.demo.lives import Lives
from orchestration.demo.people import BOTH, TILL, People


@dataclass
class Purchases:
    """Purchases of one channel in order of time: who (row in the block), when (seconds since 1970, UTC)."""

    person: np.ndarray
    at: np.ndarray

    def __len__(self) -> int:
        return len(self.person)


def draw_purchases(
    rng: np.random.Generator, people: People, lives: Lives, effects: Effects
) -> tuple[Purchases, Purchases]:
    """Draw web and till purchases: Pareto/NBD in shopping time, which runs faster before Christmas."""
    count = len(people)
    rate = rng.gamma(effects.rate_shape, effects.rate_mean / effects.rate_shape, count)
    rate *= rate_factor(lives.ltv_factor, effects)
    # One family of heavy buyers would by itself decide the precision of exact linking in a small retailer.
    rate = np.where(people.in_family, np.minimum(rate, effects.rate_mean / 2), rate)
    life = effects.life_scale * rng.exponential(1.0, count) / rng.gamma(effects.life_shape, 1.0, count)
    entered = lives.entered
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
        _rung_up(people.market[person[at_till]], calendar.moments(days[at_till], calendar.TILL_HOURS)),
    )


def rate_factor(ltv_factor: np.ndarray, effects: Effects) -> np.ndarray:
    """What the rate of repeat purchases must be multiplied by to multiply all orders of a lifetime.

    The first order is made anyway, so the repeats carry the whole difference.
    """
    repeats = _expected_repeats(effects)
    return np.maximum((ltv_factor * (1 + repeats) - 1) / repeats, 0.0)


def _expected_repeats(effects: Effects) -> float:
    """Repeat purchases of an ordinary customer within the history, over all days of entry."""
    shape, scale = effects.life_shape, effects.life_scale

    def mean_life(horizon: np.ndarray) -> float:
        # The life is Pareto distributed (Lomax); this is its mean when cut off at each horizon.
        return float(np.mean(scale / (shape - 1) * (1 - (1 + horizon / scale) ** (1 - shape))))

    entered = (np.arange(1000) + 0.5) / 1000
    early, late = (mean_life(calendar.YEARS - entered * span) for span in (0.4, calendar.YEARS))
    return effects.rate_mean * (effects.early_share * early + (1 - effects.early_share) * late)


def first_of_all(people: People, *channels: Purchases) -> list[np.ndarray]:
    """Mark, in each channel's purchases, the one that is its person's first over all channels."""
    first = np.full(len(people), calendar.END)
    for purchases in channels:
        np.minimum.at(first, purchases.person, purchases.at)
    return [purchases.at == first[purchases.person] for purchases in channels]


def _rung_up(market: np.ndarray, wall: np.ndarray) -> np.ndarray:
    """UTC of purchases at store time; whoever would come after the history's last second comes before it."""
    utc = calendar.utc_of(market, calendar.with_long_nights(wall))
    return np.where(utc < calendar.END, utc, utc - 6 * 3600)


def _in_order(person: np.ndarray, at: np.ndarray) -> Purchases:
    order = np.argsort(at, kind="stable")
    return Purchases(person[order], at[order])
