"""Who the customers are: names, addresses, and everything they can be known by, written without error."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo import names
from orchestration.demo.calendar import START
from orchestration.demo.columns import join, number, pick, where
from orchestration.demo.effects import Effects
from orchestration.demo.identifiers import (
    cards_of,
    draw_emails,
    phones_of,
    scattered,
    share_in_families,
)
from orchestration.demo.markets import MARKETS, of_markets
from orchestration.demo.streams import stream

WEB, TILL, BOTH = 0, 1, 2
HABITS = ("web", "till", "both")


@dataclass
class People:
    """One block of people; their e-mails, phones and cards lie slot after slot (slot * people + person)."""

    numbers: np.ndarray
    market: np.ndarray
    habit: np.ndarray
    first: pa.Array
    last: pa.Array
    birth_day: np.ndarray  # days since 1970
    city: np.ndarray  # index within the market's cities
    street: pa.Array
    emails: pa.Array
    email_slots: np.ndarray  # how many e-mails the person has, 1 to 3
    phones: pa.Array  # ten digits without country code or trunk zero
    phone_slots: np.ndarray
    cards: pa.Array
    card_slots: np.ndarray
    member: np.ndarray
    loyalty_numbers: pa.Array  # null for those who are not members
    has_account: np.ndarray
    shares_with: np.ndarray  # row of the person whose e-mail, phone or card this one uses too, else -1

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def in_family(self) -> np.ndarray:
        """Whether the person shares an identifier with another one."""
        shares = self.shares_with >= 0
        shares[self.shares_with[shares]] = True
        return shares

    @property
    def ids(self) -> pa.Array:
        """The true person ids, P0000042."""
        return join("P", number(self.numbers, 7))

    def email(self, person: np.ndarray, slot: np.ndarray | int = 0) -> pa.Array:
        """The e-mail in a slot, well written."""
        return self.emails.take(pa.array(slot * len(self) + person))

    def phone(self, person: np.ndarray, slot: np.ndarray | int = 0) -> pa.Array:
        """The ten digits of the phone in a slot."""
        return self.phones.take(pa.array(slot * len(self) + person))

    def card(self, person: np.ndarray, slot: np.ndarray | int = 0) -> pa.Array:
        """The token of the payment card in a slot."""
        return self.cards.take(pa.array(slot * len(self) + person))


def draw_people(seed: int, block: int, first: int, count: int, effects: Effects) -> People:
    """Draw `count` people numbered from `first`; the numbers make e-mails, phones and cards unique."""
    rng = stream(seed, "people", block)
    numbers = np.arange(first, first + count)
    market = rng.choice(len(MARKETS), count, p=of_markets("share"))
    both = 1 - effects.web_share - effects.till_share
    habit = rng.choice(3, count, p=[effects.web_share, effects.till_share, both])
    first_at = rng.integers(0, [len(n.split()) for n in names.FIRST], (count, 3))[np.arange(count), market]
    last_at = rng.integers(0, [len(n.split()) for n in names.LAST], (count, 3))[np.arange(count), market]
    first_name, first_ascii = _names(names.FIRST, market, first_at)
    last_name, last_ascii = _names(names.LAST, market, last_at)

    known = scattered(numbers, seed)
    emails = draw_emails(rng, market, first_ascii, last_ascii, number(known))
    phones = pa.concat_arrays([phones_of(market, known, slot) for slot in (0, 1)])
    cards = pa.concat_arrays([cards_of(seed, numbers, slot) for slot in (0, 1)])
    chance = rng.random(count)
    email_slots = 1 + (chance < effects.second_email_share) + (chance < effects.third_email_share)
    member_share = np.array([effects.member_share_web, effects.member_share_till, effects.member_share_both])
    member = rng.random(count) < member_share[habit]
    shares_with, (emails, phones, cards) = share_in_families(rng, effects, market, emails, phones, cards)

    return People(
        numbers=numbers,
        market=market,
        habit=habit,
        first=first_name,
        last=last_name,
        birth_day=START.astype(int) - (rng.triangular(18, 34, 85, count) * 365.25).astype(int),
        city=rng.integers(0, len(MARKETS[0].cities), count),
        street=_streets(rng, market),
        emails=emails,
        email_slots=email_slots,
        phones=phones,
        phone_slots=1 + (rng.random(count) < effects.second_phone_share),
        cards=cards,
        card_slots=1 + (rng.random(count) < effects.second_card_share),
        member=member,
        loyalty_numbers=where(member, join("HM", number(known, 8)), None),
        has_account=(habit != TILL) & (rng.random(count) < effects.account_share),
        shares_with=shares_with,
    )


def _names(lists: tuple[str, ...], market: np.ndarray, at: np.ndarray) -> tuple[pa.Array, pa.Array]:
    """Names as spoken and as written in an e-mail address."""
    words = [name for text in lists for name in text.split()]
    starts = np.cumsum([0] + [len(text.split()) for text in lists[:-1]])
    return pick(words, starts[market] + at), pick([names.in_ascii(w) for w in words], starts[market] + at)


def _streets(rng: np.random.Generator, market: np.ndarray) -> pa.Array:
    streets = [street for m in MARKETS for street in m.streets]
    street = pick(streets, market * len(MARKETS[0].streets) + rng.integers(0, 6, len(market)))
    house = number(rng.integers(1, 200, len(market)))
    german = market == 1
    return where(german, join(street, " ", house), join(house, " ", street))
