"""What happens during visits: the rows of every event table, still as numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from orchestration.demo.calendar import END
from orchestration.demo.catalogue import Catalogue
from orchestration.demo.effects import Effects
from orchestration.demo.experiments import EXPERIMENTS, Exposures
from orchestration.demo.segment.pushes import IN_APP_CAMPAIGNS, Pushes
from orchestration.demo.segment.site import BASKET, CHECKOUT, HOME, SEARCH, THANKS, Site
from orchestration.demo.segment.visits import ROBOT_PAGES, Visits
from orchestration.demo.shop.orders import Orders

NO_PAGE = -1
QUERIES = 60


@dataclass
class Events:
    """The events of one table: behind which visit (row of a Presence), when, on which page of the site."""

    visit: np.ndarray
    at: np.ndarray
    page: np.ndarray
    facts: dict[str, np.ndarray] = field(default_factory=dict)  # what the table's own columns are made of

    def __len__(self) -> int:
        return len(self.visit)

    def where(self, chosen: np.ndarray | slice) -> "Events":
        """The events that a mask, row numbers or a slice choose."""
        facts = {name: values[chosen] for name, values in self.facts.items()}
        return Events(self.visit[chosen], self.at[chosen], self.page[chosen], facts)

    def in_order(self) -> "Events":
        """The events of the history, in order of time."""
        kept = self.where(self.at < END)
        return kept.where(np.argsort(kept.at, kind="stable"))


def _together(*parts: Events) -> Events:
    visit, at, page = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("visit", "at", "page")
    )
    facts = {name: np.concatenate([part.facts[name] for part in parts]) for name in parts[0].facts}
    return Events(visit, at, page, facts)


class Behaviour:
    """Draws the events of one block's visits."""

    def __init__(
        self,
        rng: np.random.Generator,
        visits: Visits,
        orders: Orders,
        catalogue: Catalogue,
        site: Site,
        effects: Effects,
    ) -> None:
        self.rng, self.visits, self.orders, self.effects = rng, visits, orders, effects
        self.catalogue, self.site = catalogue, site
        self.every = np.arange(len(visits))

    def draw(self, exposures: Exposures) -> Iterator[tuple[str, Events]]:
        """Draw table after table."""
        visits = self.visits
        searched = self._searched()
        viewed, added = self._products()
        yield "products_searched", searched
        yield "product_viewed", viewed
        yield "product_added", added
        yield "product_removed", self._removed(added)
        yield "product_shared", self._shared(viewed)
        opened = self._opened(searched, viewed)
        yield "pages", _together(opened.where(~visits.in_app[opened.visit]), self._crawled())
        yield "screens", opened.where(visits.in_app[opened.visit])
        yield "checkout_started", self._checkouts(added)
        yield "identifies", self._identifies()
        yield "order_completed", self._completed()
        yield "experiment_viewed", self._exposed(exposures)
        yield from self._messages()

    def _searched(self) -> Events:
        visit = np.repeat(self.every, self.visits.searches)
        rows = len(visit)
        return Events(
            visit,
            self.visits.at(visit, 0.04 + 0.05 * self.rng.random(rows)),
            np.full(rows, SEARCH),
            {"query": (QUERIES * self.rng.random(rows) ** 2).astype(np.int64)},
        )

    def _products(self) -> tuple[Events, Events]:
        """What is looked at, and what of it goes into the basket: all that is bought, and some that is not."""
        visits, lines, rng = self.visits, self.orders.lines, self.rng
        casual = np.repeat(self.every, visits.views)
        nth = np.arange(len(casual)) - np.repeat(np.cumsum(visits.views) - visits.views, visits.views)
        sku = rng.choice(len(self.catalogue), len(casual), p=self.catalogue.popularity)
        at = visits.at(casual, 0.1 + 0.6 * (nth + 1) / (visits.views[casual] + 1))

        visit_of = np.full(len(self.orders), -1)
        placed = np.flatnonzero(visits.order >= 0)
        visit_of[visits.order[placed]] = placed
        bought = np.flatnonzero(visit_of[lines.basket] >= 0)
        buying = visit_of[lines.basket[bought]]
        bought_at = visits.at(buying, 0.3 + 0.4 * lines.line_no[bought] / 12)

        wanted = np.flatnonzero(visits.adds[casual] & (nth == 0))
        viewed = self._of_skus(
            np.concatenate([casual, buying]),
            np.concatenate([at, bought_at - 15]),
            np.concatenate([sku, lines.sku[bought]]),
        )
        added = self._of_skus(
            np.concatenate([casual[wanted], buying]),
            np.concatenate([at[wanted] + 12, bought_at]),
            np.concatenate([sku[wanted], lines.sku[bought]]),
            np.concatenate([np.ones(len(wanted), np.int64), lines.quantity[bought]]),
        )
        return viewed, added

    def _of_skus(
        self, visit: np.ndarray, at: np.ndarray, sku: np.ndarray, quantity: np.ndarray | None = None
    ) -> Events:
        quantity = np.ones(len(sku), np.int64) if quantity is None else quantity
        page = self.site.of_product(self.catalogue.product[sku])
        return Events(visit, at, page, {"sku": sku, "quantity": quantity})

    def _removed(self, added: Events) -> Events:
        undone = ~self.visits.reaches_checkout[added.visit] & (self.rng.random(len(added)) < 0.3)
        removed = added.where(undone)
        removed.at += self.rng.integers(20, 200, len(removed))
        removed.page[:] = BASKET
        return removed

    def _shared(self, viewed: Events) -> Events:
        shared = viewed.where(self.rng.random(len(viewed)) < self.effects.product_shared_share)
        shared.at += self.rng.integers(3, 20, len(shared))
        return shared

    def _opened(self, searched: Events, viewed: Events) -> Events:
        """Pages or screens: where the visit begins, what is searched and looked at, basket and checkout."""
        visits, every = self.visits, self.every[~self.visits.is_robot]
        checkout = np.flatnonzero(visits.reaches_checkout)
        basket = np.flatnonzero(visits.adds | (visits.order >= 0))
        placed = np.flatnonzero(visits.order >= 0)
        parts = [
            (every, visits.start[every], visits.landing[every]),
            (searched.visit, searched.at, searched.page),
            (viewed.visit, viewed.at, viewed.page),
            (basket, visits.at(basket, 0.76), np.full(len(basket), BASKET)),
            (checkout, visits.at(checkout, 0.82), np.full(len(checkout), CHECKOUT)),
            (placed, visits.end[placed] + 9, np.full(len(placed), THANKS)),
        ]
        visit, at, page = (np.concatenate(column) for column in zip(*parts, strict=True))
        is_landing = np.arange(len(visit)) < len(every)
        return Events(visit, at, page, {"is_landing": is_landing})

    def _crawled(self) -> Events:
        """A robot reads the whole shop, a page every other second."""
        visit = np.repeat(np.flatnonzero(self.visits.is_robot), ROBOT_PAGES)
        nth = np.arange(len(visit)) % ROBOT_PAGES
        page = self.site.of_product(nth % len(self.catalogue.titles))
        return Events(visit, self.visits.start[visit] + 2 * nth, page, {"is_landing": nth == 0})

    def _checkouts(self, added: Events) -> Events:
        """Checkouts begun, with the value of the basket in cents."""
        visits = self.visits
        price = self.catalogue.prices[visits.devices.market[visits.device[added.visit]], added.facts["sku"]]
        basket = np.bincount(added.visit, weights=price, minlength=len(visits)).astype(np.int64)
        visit = np.flatnonzero(visits.reaches_checkout)
        placed = visits.order[visit] >= 0
        worth = self.orders.subtotal[visits.order[visit[placed]]]
        value = basket[visit]
        value[placed] = worth
        return Events(visit, visits.at(visit, 0.83), np.full(len(visit), CHECKOUT), {"value": value})

    def _identifies(self) -> Events:
        visit = np.flatnonzero(self.visits.identifies)
        return Events(visit, self.visits.identified_at[visit], np.full(len(visit), CHECKOUT))

    def _completed(self) -> Events:
        visit = np.flatnonzero(self.visits.order >= 0)
        at = self.visits.end[visit] + self.rng.integers(1, 9, len(visit))
        return Events(visit, at, np.full(len(visit), THANKS))

    def _exposed(self, exposures: Exposures) -> Events:
        page = np.array([CHECKOUT if test.at_checkout else HOME for test in EXPERIMENTS])
        facts = {"experiment": exposures.experiment, "is_b": exposures.is_b}
        return Events(exposures.visit, exposures.at, page[exposures.experiment], facts)

    def _messages(self) -> Iterator[tuple[str, Events]]:
        visit = np.flatnonzero(self.visits.in_app)
        visit = visit[self.rng.random(len(visit)) < self.effects.in_app_message_share]
        campaign = self.rng.choice(IN_APP_CAMPAIGNS, len(visit))
        viewed = Events(visit, self.visits.at(visit, 0.03), np.full(len(visit), HOME), {"campaign": campaign})
        clicked = viewed.where(self.rng.random(len(visit)) < self.effects.in_app_clicked_share)
        clicked.at += self.rng.integers(2, 15, len(clicked))
        yield "in_app_message_viewed", viewed
        yield "in_app_message_clicked", clicked


def push_events(pushes: Pushes) -> Iterator[tuple[str, Events]]:
    """Notifications that reached a phone and those tapped, by person instead of visit."""
    tapped = np.flatnonzero(pushes.tapped_at < END)
    for name, rows, at in (
        ("push_notification_received", slice(None), pushes.at),
        ("push_notification_tapped", tapped, pushes.tapped_at),
    ):
        person = pushes.person[rows]
        facts = {"campaign": pushes.campaign[rows]}
        yield name, Events(person, at[rows], np.full(len(person), NO_PAGE), facts)
