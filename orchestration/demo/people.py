"""Who the customers are: names, addresses, and everything they can be known by, as they would write it on a good day."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo import names
from orchestration.demo.calendar import START
from orchestration.demo.columns import hexadecimal, join, number, pick, where
from orchestration.demo.effects import Effects
from orchestration.demo.markets import MARKETS, of_markets
from orchestration.demo.streams import stream

WEB, TILL, BOTH = 0, 1, 2
HABITS = ("web", "till", "both")
MOST_PEOPLE = 10**7  # the room in phone numbers

_US_EXCHANGES = np.array([n for n in range(200, 1000) if n % 100 != 11])


@dataclass
class People:
    """One block of people, one row each; e-mails, phones and cards lie slot after slot (slot * people + person)."""

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

    def __len__(self) -> int:
        return len(self.numbers)

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
    """Draw the people numbered from `first`; numbers make their e-mails, phones and cards unique over all blocks."""
    rng = stream(seed, "people", block)
    numbers = np.arange(first, first + count)
    market = rng.choice(len(MARKETS), count, p=of_markets("share"))
    both = 1 - effects.web_share - effects.till_share
    habit = rng.choice(3, count, p=[effects.web_share, effects.till_share, both])
    first_at = rng.integers(0, [len(n.split()) for n in names.FIRST], (count, 3))[np.arange(count), market]
    last_at = rng.integers(0, [len(n.split()) for n in names.LAST], (count, 3))[np.arange(count), market]
    first_name, first_ascii = _names(names.FIRST, market, first_at)
    last_name, last_ascii = _names(names.LAST, market, last_at)

    known = _scattered(numbers, seed)
    emails = _emails(rng, market, first_ascii, last_ascii, number(known))
    phones = pa.concat_arrays([_phones(market, known, slot) for slot in (0, 1)])
    cards = pa.concat_arrays([_cards(seed, numbers, slot) for slot in (0, 1)])
    chance = rng.random(count)
    email_slots = 1 + (chance < effects.second_email_share) + (chance < effects.third_email_share)
    member_share = np.array([effects.member_share_web, effects.member_share_till, effects.member_share_both])
    member = rng.random(count) < member_share[habit]
    everyone = np.arange(count)
    emails, phones, cards = _families(rng, effects, market, everyone, emails, phones, cards)

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
    )


def _scattered(numbers: np.ndarray, seed: int) -> np.ndarray:
    """Spread person numbers over 0..10^7 without collisions, so that neighbours do not look alike."""
    return (numbers * 7_654_321 + stream(seed, "scatter").integers(MOST_PEOPLE)) % MOST_PEOPLE


def _names(lists: tuple[str, ...], market: np.ndarray, at: np.ndarray) -> tuple[pa.Array, pa.Array]:
    """Names as spoken and as written in an e-mail address."""
    words = [name for text in lists for name in text.split()]
    starts = np.cumsum([0] + [len(text.split()) for text in lists[:-1]])
    return pick(words, starts[market] + at), pick([names.in_ascii(w) for w in words], starts[market] + at)


def _emails(rng, market: np.ndarray, first: pa.Array, last: pa.Array, known: pa.Array) -> pa.Array:
    """Three addresses each: a private one, another private one, one at work. The number makes them unique."""
    hosts = [host for m in MARKETS for host in m.mail_hosts]
    per_market = len(MARKETS[0].mail_hosts)
    share = [0.4, 0.2, 0.15, 0.1, 0.1, 0.05]
    host = [pick(hosts, market * per_market + rng.choice(per_market, len(market), p=share)) for _ in (0, 1)]
    work = pick(
        ["atelier", "nordwerk", "brightside", "council", "clinic", "school"], rng.integers(0, 6, len(market))
    )
    return pa.concat_arrays([
        join(first, ".", last, known, "@", host[0]),
        join(last, known, first, "@", host[1]),
        join(first, known, "@", work, ".example"),
    ])  # fmt: skip


def _phones(market: np.ndarray, known: np.ndarray, slot: int) -> pa.Array:
    """Ten digits: a prefix and seven digits nobody else has; in the US the exchange must be a valid one."""
    prefixes = [p for m in MARKETS for p in m.mobile_prefixes[slot]]
    starts = np.cumsum([0] + [len(m.mobile_prefixes[slot]) for m in MARKETS[:-1]])
    sizes = np.array([len(m.mobile_prefixes[slot]) for m in MARKETS])
    american = market == 2
    room = len(_US_EXCHANGES) * 10_000
    overflow = known // room  # numbers beyond the exchanges of one area go to another area
    rest = known % room
    local = np.where(american, _US_EXCHANGES[rest // 10_000] * 10_000 + rest % 10_000, known)
    prefix = np.where(american, overflow + 2 * (known % 2), known % sizes[market])
    return join(pick(prefixes, starts[market] + prefix), number(local, 7))


def _cards(seed: int, numbers: np.ndarray, slot: int) -> pa.Array:
    """Tokens: a bijective mix of the card's number, as unlike each other as a payment provider's."""
    x = (numbers * 2 + slot).astype(np.uint64) + np.uint64(stream(seed, "cards").integers(2**62))
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return join("tok_", hexadecimal(x ^ (x >> np.uint64(31))))


def _streets(rng, market: np.ndarray) -> pa.Array:
    streets = [street for m in MARKETS for street in m.streets]
    street = pick(streets, market * len(MARKETS[0].streets) + rng.integers(0, 6, len(market)))
    house = number(rng.integers(1, 200, len(market)))
    german = market == 1
    return where(german, join(street, " ", house), join(house, " ", street))


def _families(
    rng, effects: Effects, market, everyone, emails, phones, cards
) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Give a few pairs of one market one e-mail, one landline or one card between them."""
    pairs = round(len(everyone) * effects.family_pairs_share)
    holder = rng.permutation(len(everyone))[:pairs]
    partner = (holder + 1) % len(everyone)
    kind = rng.integers(0, 3, pairs)
    kind = np.where(market[holder] == market[partner], kind, 0)  # a phone is dialled from one country
    count = len(everyone)

    def shared(values: pa.Array, of_kind: int) -> pa.Array:
        source = np.arange(len(values))
        source[partner[kind == of_kind]] = holder[kind == of_kind]
        return values.take(pa.array(source)) if count else values

    return shared(emails, 0), shared(phones, 1), shared(cards, 2)
