"""Visits: what leads to each web order, and the many that end in nothing."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo.calendar import END, START, second_of
from orchestration.demo.effects import Effects
from orchestration.demo.lives import Lives
from orchestration.demo.people import People
from orchestration.demo.purchases import Purchases
from orchestration.demo.segment.devices import APP_SLOT, SLOTS, draw_devices
from orchestration.demo.segment.occasions import STRANGER, Occasions, draw_occasions
from orchestration.demo.segment.presence import Presence
from orchestration.demo.segment.pushes import Pushes
from orchestration.demo.segment.site import Site
from orchestration.demo.segment.traffic import Traffic
from orchestration.demo.shop.accounts import Accounts
from orchestration.demo.shop.orders import FROM_WEB, Orders

ROBOT_PAGES = 3000


@dataclass(kw_only=True)
class Visits(Presence):
    """One block's visits in order of time; a visit is one sitting at one device."""

    person: np.ndarray  # row of the person, STRANGER for somebody who stays unknown
    start: np.ndarray
    end: np.ndarray
    landing: np.ndarray  # page of the site
    order: np.ndarray  # row of the order placed, -1 for none
    leaves_basket: np.ndarray  # whether the shop knows of the checkout that was left
    identifies: np.ndarray  # whether an identify event is sent, at `identified_at`
    identified_at: np.ndarray
    views: np.ndarray  # products looked at without an order behind it
    searches: np.ndarray
    adds: np.ndarray  # whether something of what was looked at goes into the basket
    reaches_checkout: np.ndarray
    is_robot: np.ndarray

    def __len__(self) -> int:
        return len(self.person)

    def at(self, visit: np.ndarray, fraction: np.ndarray | float) -> np.ndarray:
        """The moment at a fraction of a visit."""
        start = self.start[visit]
        return start + ((self.end[visit] - start) * fraction).astype(np.int64)


def draw_visits(
    rng: np.random.Generator,
    block: int,
    people: People,
    lives: Lives,
    accounts: Accounts,
    orders: Orders,
    abandoned: Purchases,
    pushes: Pushes,
    site: Site,
    traffic: Traffic,
    effects: Effects,
) -> Visits:
    """Draw all visits of one block of people, and of strangers."""
    strangers, robots = int(len(people) * effects.strangers_per_person), int(block == 0)
    devices = draw_devices(rng, lives, people.market, strangers, effects)
    why = draw_occasions(rng, people, lives, orders, abandoned, pushes, strangers, robots, effects)
    is_robot = why.unknown == strangers
    views, searches = _interest(rng, why, is_robot, effects)
    length = 20 + 40 * views + 25 * searches + rng.lognormal(3.5, 0.8, len(why)).astype(np.int64)
    has_end = (why.order >= 0) | why.leaves_basket
    length = np.where(is_robot, 2 * ROBOT_PAGES, length + 150 * has_end)
    start = np.where(has_end, np.maximum(why.at - length, second_of(START)), why.at)

    by_time = np.argsort(start, kind="stable")
    why, start, length, has_end = why.where(by_time), start[by_time], length[by_time], has_end[by_time]
    is_robot, views, searches = is_robot[by_time], views[by_time], searches[by_time]
    is_first = np.zeros(len(why), bool)
    is_first[np.unique(why.person, return_index=True)[1]] = True
    is_first &= why.person != STRANGER

    in_app = _in_app(rng, why, is_first, lives, orders, effects)
    another = (rng.random(len(why)) * lives.devices[why.person]).astype(np.int64)
    slot = np.where(is_first | (rng.random(len(why)) < 0.7), 0, another)
    slot = np.where(in_app, APP_SLOT, slot)
    own_device = devices.of(np.maximum(why.person, 0), slot)
    device = np.where(why.person == STRANGER, len(people) * SLOTS + why.unknown, own_device)
    numbers, visitor = np.unique(devices.visitor_number(block, device, start), return_inverse=True)

    every = np.arange(len(why))
    adds = (why.order < 0) & (views > 0) & (rng.random(len(why)) < effects.basket_share)
    adds |= why.leaves_basket
    reaches_checkout = (why.order >= 0) | why.leaves_basket
    visits = Visits(
        devices=devices,
        device=device,
        visitor=visitor,
        visitor_numbers=numbers,
        in_app=in_app,
        account=np.full(len(why), -1),
        signed_in_at=np.full(len(why), END),
        source=_sources(rng, why, start, is_first, lives, traffic),
        person=why.person,
        start=start,
        end=np.where(has_end, why.at, start + length),
        landing=site.draw_landings(rng, len(why)),
        order=why.order,
        leaves_basket=why.leaves_basket,
        identifies=np.zeros(len(why), bool),
        identified_at=np.full(len(why), END),
        views=views,
        searches=searches,
        adds=adds,
        reaches_checkout=reaches_checkout | (adds & (rng.random(len(why)) < effects.checkout_share)),
        is_robot=is_robot,
    )
    visits.identified_at = visits.at(every, np.where(has_end, 0.82, 0.08))
    _sign_in(rng, visits, accounts, orders, effects)
    return visits


def _interest(
    rng: np.random.Generator, why: Occasions, is_robot: np.ndarray, effects: Effects
) -> tuple[np.ndarray, np.ndarray]:
    """Products looked at and searches made; nobody looks at anything who leaves at once, nor does a robot."""
    stays = (why.order >= 0) | why.leaves_basket | why.taps
    stays |= rng.random(len(why)) >= effects.bounce_share
    stays &= ~is_robot
    views = rng.poisson(effects.views_per_visit - 1, len(why)) + (why.order < 0)
    return np.where(stays, views, 0), np.where(stays, rng.poisson(effects.searches_per_visit, len(why)), 0)


def _in_app(
    rng: np.random.Generator,
    why: Occasions,
    is_first: np.ndarray,
    lives: Lives,
    orders: Orders,
    effects: Effects,
) -> np.ndarray:
    """Orders say where they were made; a tap opens the app; else those who have it often use it."""
    uses = (why.person != STRANGER) & lives.uses_app[why.person] & ~is_first
    in_app = why.taps | (uses & (rng.random(len(why)) < effects.app_visit_share))
    placed = np.flatnonzero(why.order >= 0)
    in_app[placed] = orders.source[why.order[placed]] != FROM_WEB
    return in_app


def _sources(
    rng: np.random.Generator,
    why: Occasions,
    start: np.ndarray,
    is_first: np.ndarray,
    lives: Lives,
    traffic: Traffic,
) -> np.ndarray:
    """What brought each visit: at first what won the person, later one thing or another."""
    granted, withdrawn = lives.granted("email_marketing"), lives.withdrawn("email_marketing")
    mailed = (granted[why.person] < start) & (start < withdrawn[why.person]) & (why.person != STRANGER)
    source = traffic.draw_return(rng, mailed, start)
    first = np.flatnonzero(is_first)
    source[first] = traffic.draw_first(rng, lives, why.person[first], start[first])
    return source


def _sign_in(
    rng: np.random.Generator, visits: Visits, accounts: Accounts, orders: Orders, effects: Effects
) -> None:
    """Settle who signs in during a visit, who still is from an earlier one, and who only leaves an address."""
    rows, placed = len(visits), np.flatnonzero(visits.order >= 0)
    account = np.where(visits.person == STRANGER, -1, accounts.first_row[visits.person])
    account[placed] = orders.account[visits.order[placed]]
    exists = account >= 0
    exists[exists] = accounts.created[account[exists]] <= visits.identified_at[exists]
    willing = rng.random(rows) < np.where(visits.in_app, 3, 1) * effects.sign_in_share
    signs_in = exists & (willing | visits.leaves_basket | (visits.order >= 0))

    # Whoever signed in on a device stays so for a while, unless two people use it.
    first = np.full(len(visits.visitor_numbers), END)
    np.minimum.at(first, visits.visitor[signs_in], visits.identified_at[signs_in])
    remembered = exists & ~visits.devices.is_shared[visits.device] & (first[visits.visitor] < visits.start)
    remembered &= rng.random(rows) < effects.stays_signed_in_share
    visits.account = np.where(signs_in | remembered, account, -1)
    visits.signed_in_at = np.where(remembered, visits.start, np.where(signs_in, visits.identified_at, END))
    as_guest = np.zeros(rows, bool)
    wrote = orders.guest & orders.email.is_valid().to_numpy(zero_copy_only=False)
    as_guest[placed] = wrote[visits.order[placed]]
    as_guest &= rng.random(rows) < effects.guest_identified_share
    visits.identifies = (signs_in & ~remembered) | as_guest | (visits.leaves_basket & ~exists)
