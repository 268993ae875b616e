"""Orders of the web shop: who signed in, what was bought, what it came to, in integer cents."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.baskets import Lines, draw_discounts, draw_lines
from orchestration.demo.calendar import DAY, END
from orchestration.demo.catalogue import Catalogue
from orchestration.demo.columns import where
from orchestration.demo.effects import Effects
from orchestration.demo.keys import keys
from orchestration.demo.markets import of_markets
from orchestration.demo.people import People
from orchestration.demo.purchases import Purchases
from orchestration.demo.shop.accounts import Accounts
from orchestration.demo.spelling import typed_email, typed_phone


@dataclass
class Orders:
    """Web orders of one block, one row each in order of time, and their lines."""

    ids: np.ndarray
    person: np.ndarray
    market: np.ndarray
    at: np.ndarray
    account: np.ndarray  # row in the accounts, -1 for a guest
    email: pa.Array
    phone: pa.Array
    cancelled: np.ndarray
    test: np.ndarray
    lines: Lines
    line_ids: np.ndarray
    tax_included: np.ndarray
    value: np.ndarray  # at list price
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
        """Whether the parcel has left: two days after an order that counts."""
        return self.counts & (self.at + 2 * DAY < END)

    @property
    def subtotal(self) -> np.ndarray:
        """Value less discount."""
        return self.value - self.discount

    @property
    def total(self) -> np.ndarray:
        """What the buyer pays."""
        return self.subtotal + self.shipping + np.where(self.tax_included, 0, self.tax)


def draw_orders(
    rng: np.random.Generator,
    block: int,
    people: People,
    purchases: Purchases,
    accounts: Accounts,
    catalogue: Catalogue,
    effects: Effects,
) -> Orders:
    """Turn web purchases into orders with lines, prices and the identifiers typed at checkout."""
    rows = len(purchases)
    person, at = purchases.person, purchases.at
    market = people.market[person]
    guest = ~people.has_account[person] | (rng.random(rows) < effects.guest_order_share)
    account = np.where(guest, -1, accounts.used_by(rng, person))
    email, phone = _typed_at_checkout(rng, people, person, guest)

    tax_included = of_markets("web_tax_included")[market]
    discounts = draw_discounts(rng, rows, share=0.25)
    lines = draw_lines(rng, catalogue, market, discounts, tax_included)
    value, discount = lines.sums(lines.value, rows), lines.sums(lines.discount, rows)
    free = value - discount >= of_markets("free_shipping_from")[market]
    cancelled = rng.random(rows) < effects.cancelled_share
    return Orders(
        ids=keys("shopify.order", block, rows),
        person=person,
        market=market,
        at=at,
        account=account,
        email=email,
        phone=phone,
        cancelled=cancelled,
        test=~guest & ~cancelled & (rng.random(rows) < effects.test_share),
        lines=lines,
        line_ids=keys("shopify.order_line", block, len(lines.basket)),
        tax_included=tax_included,
        value=value,
        discount=discount,
        fixed_discount=discounts.fixed > 0,
        tax=lines.sums(lines.tax, rows),
        shipping=np.where(free, 0, of_markets("shipping")[market]),
    )


def _typed_at_checkout(
    rng: np.random.Generator, people: People, person: np.ndarray, guest: np.ndarray
) -> tuple[pa.Array, pa.Array]:
    """E-mail and phone of each order. A guest leaves at least one, and both when it is not the usual one."""
    chance = rng.random(len(person))
    slots = people.email_slots[person]
    slot = np.where(chance < 0.1, rng.integers(0, slots), 0)
    phone_slot = np.where(rng.random(len(person)) < 0.07, people.phone_slots[person] - 1, 0)
    no_email = guest & (phone_slot == 0) & (chance > 0.94)
    no_phone = ~no_email & (slot == 0) & (rng.random(len(person)) < np.where(guest, 0.12, 0.4))
    email = people.email(person, slot)
    typo_share = np.where(no_phone, 0.002, 0.02)  # mostly where a phone still tells who it was
    email = where(guest, typed_email(rng, email, typo_share), email)
    phone = typed_phone(rng, people.market[person], people.phone(person, phone_slot))
    return where(no_email, None, email), where(no_phone, None, phone)
