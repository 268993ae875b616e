"""Orders of the web shop: who signed in, what was bought, what it came to, in integer cents."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.baskets import (
    NO_GIFT_CARD,
    ONLY_GIFT_CARD,
    WITH_GIFT_CARD,
    Discounts,
    Lines,
    Wishes,
    draw_discounts,
    draw_lines,
)
from orchestration.demo.calendar import DAY, END
from orchestration.demo.catalogue import Catalogue
from orchestration.demo.columns import join, number, where
from orchestration.demo.effects import Effects
from orchestration.demo.keys import keys
from orchestration.demo.lives import Lives
from orchestration.demo.markets import of_markets
from orchestration.demo.people import People
from orchestration.demo.purchases import Purchases
from orchestration.demo.shop.accounts import Accounts
from orchestration.demo.spelling import typed_email, typed_phone
from orchestration.demo.stock import StockOuts
from orchestration.demo.subscriptions.states import Subscriptions

SOURCES = ("web", "ios", "android", "subscription_contract")
FROM_WEB, FROM_SUBSCRIPTION = SOURCES.index("web"), SOURCES.index("subscription_contract")


@dataclass
class Orders:
    """Web orders of one block, one row each in order of time, and their lines."""

    ids: np.ndarray
    person: np.ndarray
    market: np.ndarray
    at: np.ndarray
    source: np.ndarray  # index into SOURCES; nobody visits the shop for a subscription's charge
    charge: np.ndarray  # row in the subscriptions' charges, -1 for what was bought in the shop
    account: np.ndarray  # row in the accounts, -1 for a guest
    email: pa.Array
    phone: pa.Array
    cancelled: np.ndarray
    test: np.ndarray
    lines: Lines
    line_ids: np.ndarray
    tax_included: np.ndarray
    value: np.ndarray  # of the goods, at list price
    gift_cards: np.ndarray  # value of the gift cards bought
    discount: np.ndarray
    fixed_discount: np.ndarray  # whether the discount was an amount, not a percentage
    tax: np.ndarray
    shipping: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def guest(self) -> np.ndarray:
        """Whether the buyer did not sign in."""
        return self.account < 0

    @property
    def counts(self) -> np.ndarray:
        """Whether the order is real: neither cancelled nor a test."""
        return ~self.cancelled & ~self.test

    @property
    def shipped(self) -> np.ndarray:
        """Whether the parcel has left: two days after an order of goods that counts."""
        return self.counts & (self.value > 0) & (self.at + 2 * DAY < END)

    @property
    def goods(self) -> np.ndarray:
        """Value of the goods less discount."""
        return self.value - self.discount

    @property
    def subtotal(self) -> np.ndarray:
        """Goods and gift cards less discount."""
        return self.goods + self.gift_cards

    @property
    def total(self) -> np.ndarray:
        """What the buyer pays."""
        return self.subtotal + self.shipping + np.where(self.tax_included, 0, self.tax)


def order_names(ids: np.ndarray) -> pa.Array:
    """The names that people see, #200000042."""
    return join("#", number(ids % 10**9))


def draw_orders(
    rng: np.random.Generator,
    block: int,
    people: People,
    lives: Lives,
    purchases: Purchases,
    first_product: np.ndarray,
    subscriptions: Subscriptions,
    accounts: Accounts,
    catalogue: Catalogue,
    stock_outs: StockOuts,
    effects: Effects,
) -> Orders:
    """Turn web purchases and subscriptions' charges into orders with lines, prices and identifiers.

    `first_product` is the product that each purchase begins with, -1 for any.
    """
    person, at, charge = _with_charges(purchases, subscriptions)
    rows = len(person)
    market = people.market[person]
    renewal = charge[charge >= 0]
    renews = charge >= 0
    guest = ~renews & (~people.has_account[person] | (rng.random(rows) < effects.guest_order_share))
    account = np.where(renews, accounts.first_row[person], accounts.used_by(rng, person))
    account[guest] = -1
    email, phone = _typed_at_checkout(rng, people, person, at, guest, effects)
    in_app = ~renews & lives.uses_app[person] & (rng.random(rows) < effects.app_order_share)

    tax_included = of_markets("web_tax_included")[market]
    discounts = draw_discounts(rng, rows, share=0.25)
    discounts = Discounts(np.where(renews, 0, discounts.percent), np.where(renews, 0, discounts.fixed))
    wishes = _draw_wishes(rng, renews, effects)
    wishes.first_product[~renews] = first_product
    wishes.only_variant[renews] = subscriptions.variant[subscriptions.charges.subscription[renewal]]
    wishes.gift_card[wishes.first_product >= 0] = NO_GIFT_CARD
    lines = draw_lines(rng, catalogue, market, at, discounts, tax_included, wishes, stock_outs)
    value = lines.sums(lines.value * ~lines.gift_card, rows)
    discount = lines.sums(lines.discount, rows)
    free = renews | (value == 0) | (value - discount >= of_markets("free_shipping_from")[market])
    cancelled = ~renews & (rng.random(rows) < effects.cancelled_share)
    return Orders(
        ids=keys("shopify.order", block, rows),
        person=person,
        market=market,
        at=at,
        source=np.where(renews, FROM_SUBSCRIPTION, np.where(in_app, 1 + lives.os[person], FROM_WEB)),
        charge=charge,
        account=account,
        email=email,
        phone=phone,
        cancelled=cancelled,
        test=~renews & ~guest & ~cancelled & (rng.random(rows) < effects.test_share),
        lines=lines,
        line_ids=keys("shopify.order_line", block, len(lines.basket)),
        tax_included=tax_included,
        value=value,
        gift_cards=lines.sums(lines.value * lines.gift_card, rows),
        discount=discount,
        fixed_discount=discounts.fixed > 0,
        tax=lines.sums(lines.tax, rows),
        shipping=np.where(free, 0, of_markets("shipping")[market]),
    )


def _with_charges(
    purchases: Purchases, subscriptions: Subscriptions
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Who, when, and the charge behind it (-1 for a purchase), in order of time."""
    paid, charges = subscriptions.renewals, subscriptions.charges
    person = np.concatenate([purchases.person, subscriptions.person[charges.subscription[paid]]])
    at = np.concatenate([purchases.at, charges.at[paid]])
    charge = np.concatenate([np.full(len(purchases), -1), paid])
    order = np.argsort(at, kind="stable")
    return person[order], at[order], charge[order]


def _draw_wishes(rng: np.random.Generator, renews: np.ndarray, effects: Effects) -> Wishes:
    """Nothing is settled yet but who buys a gift card."""
    rows = len(renews)
    buys = ~renews & (rng.random(rows) < effects.gift_card_share)
    alone = rng.random(rows) < effects.only_gift_card_share
    kind = np.where(buys, np.where(alone, ONLY_GIFT_CARD, WITH_GIFT_CARD), NO_GIFT_CARD)
    return Wishes(np.full(rows, -1), np.full(rows, -1), kind)


def _typed_at_checkout(
    rng: np.random.Generator,
    people: People,
    person: np.ndarray,
    at: np.ndarray,
    guest: np.ndarray,
    effects: Effects,
) -> tuple[pa.Array, pa.Array]:
    """E-mail and phone of each order. A guest leaves at least one, and mostly both when it is not the usual one."""
    chance = rng.random(len(person))
    slots = people.email_slots[person]
    slot = np.where(chance < 0.1, rng.integers(0, slots), 0)
    phone_slot = np.where(rng.random(len(person)) < 0.07, people.phone_slots[person] - 1, 0)
    no_email = guest & (phone_slot == 0) & (chance > 0.94)
    lone = guest & (slot > 0) & (chance < 0.1 * effects.lone_guest_share)
    no_phone = ~no_email & (slot == 0) & (rng.random(len(person)) < np.where(guest, 0.12, 0.4))
    no_phone |= lone & ~no_email
    email = people.email(person, at, slot)
    typo_share = np.where(
        no_phone, effects.email_typo_share, 0.02
    )  # mostly where a phone still tells who it was
    email = where(guest, typed_email(rng, email, typo_share), email)
    phone = typed_phone(rng, people.market[person], people.phone(person, at, phone_slot))
    return where(no_email, None, email), where(no_phone, None, phone)
