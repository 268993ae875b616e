"""Who the customers are: names, addresses, and everything they can be known by, written without error."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo import names
from orchestration.demo.addresses import Home, Homes, draw_homes
from orchestration.demo.calendar import END, START
from orchestration.demo.changes import Changes, draw_changes
from orchestration.demo.columns import join, number, pick, where
from orchestration.demo.effects import Effects
from orchestration.demo.households import Households, draw_households
from orchestration.demo.identifiers import (
    cards_of,
    draw_emails,
    landlines_of,
    phones_of,
    scattered,
    share_in_families,
)
from orchestration.demo.markets import MARKETS, of_markets
from orchestration.demo.streams import stream

WEB, TILL, BOTH = 0, 1, 2
HABITS = ("web", "till", "both")
_RENAMED_SLOT = 3  # the e-mail that takes the place of the first one with a new surname


@dataclass
class People:
    """One block of people; what they have several of lies slot after slot (slot * people + person)."""

    numbers: np.ndarray
    market: np.ndarray
    habit: np.ndarray
    first: pa.Array
    lasts: pa.Array  # the surname before and after a change
    birth_day: np.ndarray  # days since 1970
    homes: Homes  # before and after a move
    emails: pa.Array
    email_slots: np.ndarray  # how many e-mails the person has at a time, 1 to 3
    phones: pa.Array  # ten digits without country code or trunk zero
    phone_slots: np.ndarray
    landlines: pa.Array  # likewise; null without
    cards: pa.Array
    card_slots: np.ndarray
    member: np.ndarray
    loyalty_numbers: pa.Array  # null for those who are not members
    has_account: np.ndarray
    shares_with: np.ndarray  # row of the person whose e-mail, phone or card this one uses too, else -1
    households: Households
    changes: Changes
    apart: np.ndarray  # members whose account has no identifier in common with what the stores know

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def in_family(self) -> np.ndarray:
        """Whether the person shares an identifier with another one, be it one after the other."""
        shares = self.households.landline >= 0
        for other in (self.shares_with, self.changes.number_from):
            shares[other >= 0] = True
            shares[other[other >= 0]] = True
        return shares

    @property
    def ids(self) -> pa.Array:
        """The true person ids, P0000042."""
        return join("P", number(self.numbers, 7))

    def last(self, person: np.ndarray, at: np.ndarray) -> pa.Array:
        """The surname at a moment."""
        return self.lasts.take(pa.array((at >= self.changes.renamed_at[person]) * len(self) + person))

    def home(self, person: np.ndarray, at: np.ndarray) -> Home:
        """The address at a moment."""
        return self.homes.at((at >= self.changes.moved_at[person]) * len(self) + person)

    def email(self, person: np.ndarray, at: np.ndarray, slot: np.ndarray | int = 0) -> pa.Array:
        """The e-mail in a slot at a moment, well written."""
        renamed = (slot == 0) & (at >= self.changes.renamed_at[person])
        return self.emails.take(pa.array(np.where(renamed, _RENAMED_SLOT, slot) * len(self) + person))

    def phone(
        self, person: np.ndarray, at: np.ndarray, slot: np.ndarray | int = 0, until: np.ndarray | None = None
    ) -> pa.Array:
        """The ten digits of the phone in a slot, at a moment or all the time until another.

        Who lost a number uses the second one in its place; who got one had another before.
        """
        until = at if until is None else until
        first = np.broadcast_to(slot == 0, person.shape)
        lost = first & (until >= self.changes.number_lost_at[person])
        got = first & (at >= self.changes.number_got_at[person])
        owner = np.where(got, self.changes.number_from[person], person)
        return self.phones.take(pa.array(np.where(lost, 1, slot) * len(self) + owner))

    def card(self, person: np.ndarray, slot: np.ndarray | int = 0) -> pa.Array:
        """The token of the payment card in a slot."""
        return self.cards.take(pa.array(slot * len(self) + person))


def draw_people(seed: int, block: int, first: int, count: int, effects: Effects) -> People:
    """Draw `count` people numbered from `first`; the numbers make e-mails, phones and cards unique."""
    rng = stream(seed, "people", block)
    numbers = np.arange(first, first + count)
    market = rng.choice(len(MARKETS), count, p=of_markets("share"))
    households = draw_households(stream(seed, "households", block), market, effects)
    changes = draw_changes(stream(seed, "changes", block), market, households, effects)
    both = 1 - effects.web_share - effects.till_share
    habit = rng.choice(3, count, p=[effects.web_share, effects.till_share, both])
    first_at = rng.integers(0, _sizes(names.FIRST), (count, 3))[np.arange(count), market]
    last_at = rng.integers(0, _sizes(names.LAST), (count, 3))[np.arange(count), market]
    # in a family all have one surname, and no two one first name
    first_at = (first_at[households.head] + households.position * 11) % _sizes(names.FIRST)[market]
    last_at = last_at[households.head]
    new_last_at = (last_at + 1 + numbers % 7) % _sizes(names.LAST)[market]
    first_name, first_ascii = _names(names.FIRST, market, first_at)
    last_name, last_ascii = _names(names.LAST, market, last_at)
    new_last_name, new_last_ascii = _names(names.LAST, market, new_last_at)

    known = scattered(numbers, seed)
    emails = draw_emails(rng, market, first_ascii, last_ascii, new_last_ascii, number(known))
    phones = pa.concat_arrays([phones_of(market, known, slot) for slot in (0, 1)])
    cards = pa.concat_arrays([cards_of(seed, numbers, slot) for slot in (0, 1)])
    chance = rng.random(count)
    email_slots = 1 + (chance < effects.second_email_share) + (chance < effects.third_email_share)
    member_share = np.array([effects.member_share_web, effects.member_share_till, effects.member_share_both])
    member = rng.random(count) < member_share[habit]
    shares_with, (emails, phones, cards) = share_in_families(rng, effects, households, emails, phones, cards)

    birth_day = START.astype(int) - (rng.triangular(18, 34, 85, count) * 365.25).astype(int)
    homes = _homes(rng, stream(seed, "homes", block), market, households)
    phone_slots = 1 + (rng.random(count) < effects.second_phone_share)
    card_slots = 1 + (rng.random(count) < effects.second_card_share)
    has_account = (habit != TILL) & (rng.random(count) < effects.account_share)
    apart = stream(seed, "apart", block).random(count) < effects.apart_share
    apart &= member & has_account & (shares_with < 0)
    apart &= (changes.number_lost_at == END) & (changes.number_got_at == END)
    return People(
        numbers=numbers,
        market=market,
        habit=habit,
        first=first_name,
        lasts=pa.concat_arrays([last_name, new_last_name]),
        birth_day=np.where(households.twin >= 0, birth_day[households.twin], birth_day),
        homes=homes,
        emails=emails,
        email_slots=email_slots,
        phones=phones,
        phone_slots=phone_slots,
        landlines=landlines_of(market, known, households.landline),
        cards=cards,
        card_slots=card_slots,
        member=member,
        loyalty_numbers=where(member, join("HM", number(known, 8)), None),
        has_account=has_account,
        shares_with=shares_with,
        households=households,
        changes=changes,
        apart=apart,
    )


def _sizes(lists: tuple[str, ...]) -> np.ndarray:
    return np.array([len(text.split()) for text in lists])


def _names(lists: tuple[str, ...], market: np.ndarray, at: np.ndarray) -> tuple[pa.Array, pa.Array]:
    """Names as spoken and as written in an e-mail address."""
    words = [name for text in lists for name in text.split()]
    starts = np.cumsum([0] + [len(text.split()) for text in lists[:-1]])
    return pick(words, starts[market] + at), pick([names.in_ascii(w) for w in words], starts[market] + at)


def _homes(
    rng: np.random.Generator, streets: np.random.Generator, market: np.ndarray, households: Households
) -> Homes:
    """The first and the next home of everybody; a household has one address."""
    count = len(market)
    parts = [(rng.integers(0, 6, count), rng.integers(0, 6, count), rng.integers(1, 200, count))]
    parts.append(
        (streets.integers(0, 6, count), streets.integers(0, 6, count), streets.integers(1, 200, count))
    )
    city, kind, house = (np.concatenate(values) for values in zip(*parts, strict=True))
    homes = draw_homes(streets, np.tile(market, 2), city, kind, house)
    shared = np.concatenate([households.head, households.head + count])
    return Homes(homes.street.take(pa.array(shared)), homes.district[shared])
