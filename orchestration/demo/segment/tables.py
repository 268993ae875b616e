"""The columns that each event table has of its own."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.campaigns import APP_CAMPAIGNS
from orchestration.demo.catalogue import Catalogue
from orchestration.demo.columns import coded, decimals, hexadecimal, join, nothing, number, where
from orchestration.demo.experiments import EXPERIMENTS
from orchestration.demo.markets import of_markets
from orchestration.demo.people import People
from orchestration.demo.segment.events import QUERIES, Events
from orchestration.demo.segment.occasions import STRANGER
from orchestration.demo.segment.site import Site
from orchestration.demo.segment.visits import Visits
from orchestration.demo.shop.accounts import Accounts
from orchestration.demo.shop.orders import Orders
from orchestration.demo.shop.products import PRODUCT_KEY

Columns = dict[str, pa.Array]

_CURRENCIES = pa.array(of_markets("currency"))
_WAYS = pa.array(["whatsapp", "copy_link", "email", "instagram"])
_MESSAGES = pa.array([None, None, "Look at this", "What do you think?"])
_COUPONS = pa.array(["WELCOME", "HOME5"])
_SCROLLED = np.append(np.arange(5, 101) / 100, np.nan)


class OwnColumns:
    """Builds the own columns of one block's events, table by table."""

    def __init__(
        self,
        rng: np.random.Generator,
        block: int,
        people: People,
        accounts: Accounts,
        orders: Orders,
        catalogue: Catalogue,
        site: Site,
        visits: Visits,
    ) -> None:
        self.rng, self.block, self.site, self.visits = rng, block, site, visits
        self.people, self.accounts, self.orders, self.catalogue = people, accounts, orders, catalogue
        self.product_ids = number(PRODUCT_KEY + np.arange(len(catalogue.titles)))
        self.types = pc.unique(catalogue.types)
        self.type_of = pc.index_in(catalogue.types, self.types).to_numpy()
        self.queries = pc.utf8_lower(catalogue.titles.slice(0, QUERIES))
        self._builders: dict[str, Callable[[Events, Columns], Columns]] = {
            "pages": self._page,
            "screens": self._screen,
            "identifies": self._identify,
            "products_searched": self._search,
            "product_viewed": self._product,
            "product_added": self._product,
            "product_removed": self._product,
            "product_shared": self._share,
            "checkout_started": self._checkout,
            "order_completed": self._order,
            "experiment_viewed": _exposure,
            "push_notification_received": _message,
            "push_notification_tapped": _message,
            "in_app_message_viewed": _message,
            "in_app_message_clicked": _message,
        }

    def of(self, table: str, events: Events, common: Columns) -> Columns:
        """The own columns of a table's events, whose shared ones are `common`."""
        return self._builders[table](events, common)

    def _page(self, events: Events, common: Columns) -> Columns:
        depth = self.rng.integers(0, len(_SCROLLED), len(events))
        url = common["context_page_url"]
        return {
            "name": coded(self.site.names, events.page),
            "path": common["context_page_path"],
            "referrer": common["context_page_referrer"],
            "search": _queries(url, events.facts["is_landing"]),
            "title": common["context_page_title"],
            "url": url,
            "scroll_depth": pa.array(_SCROLLED[depth], from_pandas=True),
        }

    def _screen(self, events: Events, common: Columns) -> Columns:
        return {"name": coded(self.site.names, events.page)}

    def _identify(self, events: Events, common: Columns) -> Columns:
        """Account holders send what the account knows, others the address they typed."""
        visits, people = self.visits, self.people
        order, account = visits.order[events.visit], visits.account[events.visit]
        person = visits.person[events.visit]
        guest = account < 0
        first = ~guest & (self.accounts.first_row[person] == account)
        slot = np.where(first | guest, 0, np.minimum(1, people.email_slots[person] - 1))
        usual = people.email(person, events.at, slot)
        typed = where(order >= 0, self.orders.email.take(pa.array(order, mask=order < 0)), usual)
        named = ~guest & (self.rng.random(len(events)) < 0.7)
        row = pa.array(person)
        return {
            "email": where(guest, typed, usual),
            "phone": nothing(len(events)),
            "first_name": where(named, people.first.take(row), None),
            "last_name": where(named, people.last(person, events.at), None),
        }

    def _search(self, events: Events, common: Columns) -> Columns:
        return {"query": coded(self.queries, events.facts["query"])}

    def _product(self, events: Events, common: Columns) -> Columns:
        sku, market = events.facts["sku"], self._market(events)
        product = self.catalogue.product[sku]
        return {
            "product_id": coded(self.product_ids, product),
            "sku": coded(self.catalogue.skus, sku),
            "category": coded(self.types, self.type_of[product]),
            "name": coded(self.catalogue.titles, product),
            "price": decimals(self.catalogue.prices[market, sku]),
            "quantity": pa.array(events.facts["quantity"]),
            "cart_id": self._visit_key("b", events),
            "currency": coded(_CURRENCIES, market),
        }

    def _share(self, events: Events, common: Columns) -> Columns:
        rows = len(events)
        return {
            "share_via": coded(_WAYS, self.rng.integers(0, len(_WAYS), rows)),
            "product_id": coded(self.product_ids, self.catalogue.product[events.facts["sku"]]),
            "share_message": coded(_MESSAGES, self.rng.integers(0, len(_MESSAGES), rows)),
        }

    def _checkout(self, events: Events, common: Columns) -> Columns:
        return {
            "checkout_id": self._visit_key("c", events),
            "cart_id": self._visit_key("b", events),
            "value": decimals(events.facts["value"]),
            "currency": coded(_CURRENCIES, self._market(events)),
        }

    def _order(self, events: Events, common: Columns) -> Columns:
        orders, row = self.orders, self.visits.order[events.visit]
        return {
            "order_id": number(orders.ids[row]),
            "checkout_id": self._visit_key("c", events),
            "total": decimals(orders.total[row]),
            "revenue": decimals(orders.subtotal[row]),
            "discount": decimals(orders.discount[row]),
            "coupon": coded(_COUPONS, orders.fixed_discount[row].astype(int), mask=orders.discount[row] == 0),
            "currency": coded(_CURRENCIES, orders.market[row]),
        }

    def _market(self, events: Events) -> np.ndarray:
        """People see their own country's prices, also on somebody else's tablet."""
        visits = self.visits
        person, device = visits.person[events.visit], visits.device[events.visit]
        return np.where(person == STRANGER, visits.devices.market[device], self.people.market[person])

    def _visit_key(self, letter: str, events: Events) -> pa.Array:
        """A basket or a checkout lasts for one visit."""
        return join(letter, hexadecimal((self.block << 24) + events.visit, 11))


def _exposure(events: Events, common: Columns) -> Columns:
    test, variation = events.facts["experiment"], events.facts["experiment"] * 2 + events.facts["is_b"]
    variations = [variation for experiment in EXPERIMENTS for variation in experiment.variations]
    return {
        "experiment_id": coded(pa.array([experiment.key for experiment in EXPERIMENTS]), test),
        "experiment_name": coded(pa.array([experiment.name for experiment in EXPERIMENTS]), test),
        "variation_id": coded(pa.array([key for key, _ in variations]), variation),
        "variation_name": coded(pa.array([name for _, name in variations]), variation),
    }


def _message(events: Events, common: Columns) -> Columns:
    campaign = events.facts["campaign"]
    return {
        "campaign_id": coded(pa.array([app.key for app in APP_CAMPAIGNS]), campaign),
        "campaign_name": coded(pa.array([app.name for app in APP_CAMPAIGNS]), campaign),
    }


def _queries(url: pa.Array, is_landing: np.ndarray) -> pa.Array:
    """What follows the question mark of a visit's first address."""
    landed = url.filter(pa.array(is_landing))
    parts = pc.replace_substring_regex(landed, "^[^?]*", "")
    told = pc.if_else(pc.equal(parts, ""), pa.scalar(None, pa.string()), parts)
    return pc.replace_with_mask(nothing(len(url)), pa.array(is_landing), told)
