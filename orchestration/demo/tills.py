"""The stores' tills: receipts, their lines, and what the cashier learned about the customer."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.baskets import Lines, Returned, Wishes, draw_discounts, draw_lines, draw_returned
from orchestration.demo.calendar import DAY, END, OPENS_AT, utc_of, wall_of
from orchestration.demo.catalogue import Catalogue
from orchestration.demo.columns import join, number, pick, where
from orchestration.demo.effects import Effects
from orchestration.demo.keys import keys
from orchestration.demo.markets import MARKETS
from orchestration.demo.people import People
from orchestration.demo.purchases import Purchases
from orchestration.demo.spelling import (
    NOREPLY,
    PLACEHOLDER_PHONES,
    SHARED_PHONE,
    typed_email,
    typed_loyalty,
    typed_phone,
)
from orchestration.demo.stock import no_stock_outs

STORES_PER_MARKET = 4


@dataclass
class Identification:
    """What each receipt says about its customer; nulls where the till learned nothing."""

    email: pa.Array
    phone: pa.Array
    loyalty_number: pa.Array
    card_token: pa.Array
    known: np.ndarray  # whether anything but a placeholder was noted


@dataclass
class Receipts:
    """Sales of one block in order of time, then the returns; amounts in cents, negative on returns."""

    ids: pa.Array
    person: np.ndarray
    market: np.ndarray
    store: np.ndarray  # 0 to 11, four to a market
    at: np.ndarray
    is_return: np.ndarray
    original: np.ndarray  # row of the sale a return belongs to, -1 for a sale or where nobody asked
    lines: Lines  # of sales, then of returns; value, discount and tax negative on returns
    identification: Identification

    def __len__(self) -> int:
        return len(self.person)


def draw_receipts(
    rng: np.random.Generator,
    block: int,
    people: People,
    purchases: Purchases,
    first_product: np.ndarray,
    catalogue: Catalogue,
    effects: Effects,
) -> Receipts:
    """Ring up the till purchases, take some of them back, and note who it was.

    `first_product` is the product that each purchase begins with, -1 for any.
    """
    sales = len(purchases)
    market = people.market[purchases.person]
    discounts = draw_discounts(rng, sales, share=0.15)
    any_variant, no_gift_card = np.full(sales, -1), np.zeros(sales, np.int64)
    wishes = Wishes(first_product, any_variant, no_gift_card)
    included = np.ones(sales, bool)
    lines = draw_lines(
        rng, catalogue, market, purchases.at, discounts, included, wishes, no_stock_outs(catalogue)
    )

    # at the same time of a later day, or after the doors open where that was in a long night
    wall = wall_of(market, purchases.at) + rng.integers(1, 28, sales) * DAY
    back_at = utc_of(market, np.where(wall % DAY < OPENS_AT, wall + OPENS_AT, wall))
    returned = draw_returned(rng, lines, (back_at < END) & (rng.random(sales) < effects.till_return_share))
    sale, basket = np.unique(lines.basket[returned.line], return_inverse=True)
    origin = np.concatenate([np.arange(sales), sale])
    person = purchases.person[origin]
    at = np.concatenate([purchases.at, back_at[sale]])
    is_return = np.arange(len(origin)) >= sales
    blind = rng.random(len(origin)) < effects.blind_return_share
    home = (people.numbers[person] * 31 + 7) % STORES_PER_MARKET  # most people go to the nearest store
    elsewhere = np.where(
        rng.random(len(origin)) < 0.15, rng.integers(0, STORES_PER_MARKET, len(origin)), home
    )
    return Receipts(
        ids=join("R", number(keys("pos.receipt", block, len(origin)))),
        person=person,
        market=people.market[person],
        store=people.market[person] * STORES_PER_MARKET + elsewhere,
        at=at,
        is_return=is_return,
        original=np.where(is_return & ~blind, origin, -1),
        lines=_with_returns(lines, returned, basket + sales),
        identification=_identify(rng, people, person, at, effects),
    )


def _with_returns(sold: Lines, returned: Returned, basket: np.ndarray) -> Lines:
    """Append the returned lines, negative and numbered from 1 within their receipts."""
    starts = np.flatnonzero(np.diff(basket, prepend=-1))
    line_no = np.arange(len(basket)) - np.repeat(starts, np.diff(starts, append=len(basket))) + 1
    back = {
        "basket": basket,
        "line_no": line_no,
        "sku": sold.sku[returned.line],
        "quantity": -returned.quantity,
        "price": sold.price[returned.line],
        "value": -returned.value,
        "discount": -returned.discount,
        "tax": -returned.tax,
        "gift_card": sold.gift_card[returned.line],
    }
    return Lines(**{name: np.concatenate([getattr(sold, name), values]) for name, values in back.items()})


def _identify(
    rng: np.random.Generator, people: People, person: np.ndarray, at: np.ndarray, effects: Effects
) -> Identification:
    """Draw what each receipt knows; nearly every card is noted beside something else at least once.

    Of those whom stores and web shop know apart, stores see the loyalty card and learn no e-mail or phone.
    """
    rows = len(person)
    apart = people.apart[person]
    loyalty = apart | (people.member[person] & (rng.random(rows) < effects.shows_loyalty_card))
    card = rng.random(rows) < effects.card_token_seen
    card_slot = np.where(rng.random(rows) < 0.2, people.card_slots[person] - 1, 0)
    email = rng.random(rows) < effects.email_for_receipt
    phone = rng.random(rows) < effects.phone_given
    email |= _first_of_unlinked(person * 2 + card_slot, card, loyalty | email | phone) & (
        rng.random(rows) < 0.97
    )

    slot = np.where(rng.random(rows) < 0.05, people.email_slots[person] - 1, 0)
    phone |= (slot > 0) & email & ~loyalty  # a second address alone would name a stranger
    email |= phone & ~loyalty & ~card & (rng.random(rows) < 0.85)
    email, phone = email & ~apart, phone & ~apart
    typo_share = np.where(
        loyalty | card | phone, 0.015, 0.002
    )  # mostly where something else still tells who it was
    written_email = typed_email(rng, people.email(person, at, slot), typo_share)
    written_phone = typed_phone(rng, people.market[person], people.phone(person, at))
    known = loyalty | card | email | phone

    hurried = rng.random(rows) < effects.shared_phone_share
    idle = known & ~phone & (rng.random(rows) < 0.03)
    noreply = known & ~email & (rng.random(rows) < effects.noreply_share / 0.65)
    emails = where(email, written_email, where(noreply, NOREPLY, None))
    placeholders = pick(PLACEHOLDER_PHONES, rng.integers(0, len(PLACEHOLDER_PHONES), rows))
    phones = where(phone, written_phone, where(idle, placeholders, None))
    return Identification(
        email=emails,
        phone=where(hurried, SHARED_PHONE, phones),
        loyalty_number=where(
            loyalty, typed_loyalty(rng, people.loyalty_numbers.take(pa.array(person))), None
        ),
        card_token=where(card, people.card(person, card_slot), None),
        known=known | hurried,
    )


def _first_of_unlinked(card: np.ndarray, seen: np.ndarray, linked: np.ndarray) -> np.ndarray:
    """Mark the first receipt of each card whose token was noted but never beside anything else."""
    size = card.max(initial=0) + 1
    is_linked = np.zeros(size, bool)
    is_linked[card[seen & linked]] = True
    rows = np.flatnonzero(seen & ~is_linked[card])
    first = np.zeros(len(card), bool)
    first[rows[np.unique(card[rows], return_index=True)[1]]] = True
    return first


def store_names() -> list[tuple[str, str, str, str, str]]:
    """Store id, city, region, country code and time zone of every store, in the order of `Receipts.store`."""
    return [
        (f"S{1 + m * STORES_PER_MARKET + s:03}", city, region, market.code, market.timezone)
        for m, market in enumerate(MARKETS)
        for s, (city, region, _) in enumerate(market.cities[:STORES_PER_MARKET])
    ]
