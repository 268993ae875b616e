"""Why and when people come to the shop."""

from dataclasses import dataclass, fields

import numpy as np

from orchestration.demo.calendar import DAY, END, START, WEB_HOURS, days_at, moments, second_of
from orchestration.demo.effects import Effects
from orchestration.demo.lives import STORE, Lives
from orchestration.demo.people import TILL, People
from orchestration.demo.purchases import Purchases
from orchestration.demo.segment.pushes import YEAR, Pushes
from orchestration.demo.shop.orders import FROM_SUBSCRIPTION, FROM_WEB, Orders

STRANGER = -1
_AT_ONCE = 0.3  # of those whose first purchase is on the web: buy at their first visit
_LEADS = (0.40, 0.32, 0.18, 0.10)  # visits before the one that ends in an order: 0 to 3
_ROBOT_AT = second_of(np.datetime64("2026-03-04")) + 3 * 3600


@dataclass
class Occasions:
    """One row per visit to come, in no order."""

    person: np.ndarray  # row, STRANGER for somebody who stays unknown
    unknown: np.ndarray  # number of the stranger, -1 for people; the last one of the first block is a robot
    at: np.ndarray  # of the order or the abandoned checkout if there is one, else of the first page
    order: np.ndarray  # row of the order that the visit ends in, -1 for none
    leaves_basket: np.ndarray  # whether the shop knows of the checkout that was left
    taps: np.ndarray  # whether a notification was tapped

    def __len__(self) -> int:
        return len(self.person)

    def where(self, rows: np.ndarray) -> "Occasions":
        """The same in another order."""
        return Occasions(*(getattr(self, column.name)[rows] for column in fields(self)))


def draw_occasions(
    rng: np.random.Generator,
    people: People,
    lives: Lives,
    orders: Orders,
    abandoned: Purchases,
    pushes: Pushes,
    strangers: int,
    robots: int,
    effects: Effects,
) -> Occasions:
    """Collect the occasions of one block of people and its strangers."""
    tracked = (orders.source != FROM_SUBSCRIPTION) & ~orders.test
    tracked &= rng.random(len(orders)) >= effects.untracked_order_share
    bought = np.flatnonzero(tracked)
    touched, looks = _first_contact(rng, lives, orders, bought)

    lead = np.repeat(bought, rng.choice(len(_LEADS), len(bought), p=_LEADS))
    lead_at = orders.at[lead] - rng.integers(3600, 14 * DAY, len(lead))
    fits = lead_at > touched[orders.person[lead]]
    left = np.flatnonzero(abandoned.at > second_of(START) + DAY)
    tapped = np.flatnonzero(pushes.tapped_at < END)
    idle, idle_at = _idle(rng, people, touched, effects)
    stranger = np.repeat(np.arange(strangers), 1 + rng.poisson(0.3, strangers))
    parts = [
        _people(np.flatnonzero(looks), touched[looks]),
        _people(orders.person[bought], orders.at[bought], order=bought),
        _people(orders.person[lead[fits]], lead_at[fits]),
        _people(abandoned.person[left], abandoned.at[left], leaves_basket=True),
        _people(pushes.person[tapped], pushes.tapped_at[tapped], taps=True),
        _people(idle, idle_at),
        _nobody(stranger, moments(days_at(rng.random(len(stranger)) * 3), WEB_HOURS)),
        _nobody(np.full(robots, strangers), np.full(robots, _ROBOT_AT)),
    ]
    return Occasions(
        *(np.concatenate([getattr(part, column.name) for part in parts]) for column in fields(Occasions))
    )


def _first_contact(
    rng: np.random.Generator, lives: Lives, orders: Orders, bought: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """From when on each person may come, and who comes then to look around before they first buy."""
    count, opening = len(lives.entered_at), second_of(START)
    first_order = np.full(count, END)
    np.minimum.at(first_order, orders.person[bought], orders.at[bought])
    first_in_app = np.zeros(count, bool)
    is_first = orders.at[bought] == first_order[orders.person[bought]]
    first_in_app[orders.person[bought[is_first & (orders.source[bought] != FROM_WEB)]]] = True

    buys_first = (first_order <= lives.entered_at + DAY) & ~first_in_app
    looks = (lives.acquisition != STORE) & ~(buys_first & (rng.random(count) < _AT_ONCE))
    earlier, room = rng.integers(900, 12 * DAY, count), lives.entered_at - opening
    before = lives.entered_at - np.where(earlier < room, earlier, room * rng.random(count)).astype(np.int64)
    return np.where(looks, before, np.minimum(lives.entered_at, first_order)), looks


def _idle(
    rng: np.random.Generator, people: People, touched: np.ndarray, effects: Effects
) -> tuple[np.ndarray, np.ndarray]:
    """Visits for no reason, at the hours when people are on the web: (person, moment)."""
    count = len(people)
    a_year = np.where(people.habit == TILL, effects.till_visits_a_year, effects.idle_visits_a_year)
    rate = rng.gamma(0.7, 1 / 0.7, count) * a_year
    person = np.repeat(np.arange(count), rng.poisson(rate * (END - touched) / YEAR))
    day = (touched[person] + (END - touched[person]) * rng.random(len(person)) ** 1.3) // DAY
    at = (day * DAY + np.interp(rng.random(len(person)), *WEB_HOURS) * 3600).astype(np.int64)
    possible = (at > touched[person]) & (at < END - 3600)
    return person[possible], at[possible]


def _people(
    person: np.ndarray,
    at: np.ndarray,
    order: np.ndarray | None = None,
    leaves_basket: bool = False,
    taps: bool = False,
) -> Occasions:
    none = np.full(len(person), -1)
    return Occasions(
        person,
        none,
        at,
        none if order is None else order,
        np.full(len(person), leaves_basket),
        np.full(len(person), taps),
    )


def _nobody(number: np.ndarray, at: np.ndarray) -> Occasions:
    occasions = _people(np.full(len(number), STRANGER), at)
    occasions.unknown = number
    return occasions
