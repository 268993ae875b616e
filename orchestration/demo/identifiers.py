"""E-mails, phones and cards that nobody else has, but for a few families who share one."""

import numpy as np
import pyarrow as pa

from orchestration.demo.columns import hexadecimal, join, number, pick
from orchestration.demo.effects import Effects
from orchestration.demo.households import Households
from orchestration.demo.markets import MARKETS, of_markets
from orchestration.demo.streams import stream

MOST_PEOPLE = 10**7  # the room in phone numbers

_US_EXCHANGES = np.array([n for n in range(200, 1000) if n % 100 != 11])
_WORKPLACES = ("atelier", "nordwerk", "brightside", "council", "clinic", "school")


def scattered(numbers: np.ndarray, seed: int) -> np.ndarray:
    """Spread person numbers over 0..10^7 without collisions, so that neighbours do not look alike."""
    return (numbers * 7_654_321 + stream(seed, "scatter").integers(MOST_PEOPLE)) % MOST_PEOPLE


def draw_emails(
    rng: np.random.Generator,
    market: np.ndarray,
    first: pa.Array,
    last: pa.Array,
    new_last: pa.Array,
    known: pa.Array,
) -> pa.Array:
    """Four addresses each: a private one, another private one, one at work, and the first one under a new surname.

    The number makes them unique.
    """
    hosts = [host for m in MARKETS for host in m.mail_hosts]
    per_market = len(MARKETS[0].mail_hosts)
    share = [0.4, 0.2, 0.15, 0.1, 0.1, 0.05]
    host = [pick(hosts, market * per_market + rng.choice(per_market, len(market), p=share)) for _ in (0, 1)]
    work = pick(_WORKPLACES, rng.integers(0, len(_WORKPLACES), len(market)))
    return pa.concat_arrays([
        join(first, ".", last, known, "@", host[0]),
        join(last, known, first, "@", host[1]),
        join(first, known, "@", work, ".example"),
        join(first, ".", new_last, known, "@", host[0]),
    ])  # fmt: skip


def phones_of(market: np.ndarray, known: np.ndarray, slot: int) -> pa.Array:
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


def cards_of(seed: int, numbers: np.ndarray, slot: int) -> pa.Array:
    """Tokens: a bijective mix of the card's number, as unlike each other as a payment provider's."""
    x = (numbers * 2 + slot).astype(np.uint64) + np.uint64(stream(seed, "cards").integers(2**62))
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return join("tok_", hexadecimal(x ^ (x >> np.uint64(31))))


def share_in_families(
    rng: np.random.Generator, effects: Effects, households: Households, *identifiers: pa.Array
) -> tuple[np.ndarray, list[pa.Array]]:
    """Let a few of those who live together share their first e-mail, phone or card, and some twins all but the card.

    Returns the row each person shares with, or -1, and the identifiers.
    """
    count, couples = len(households.head), households.couples
    chosen = rng.permutation(count)
    partner = couples[chosen[chosen < len(couples)][: int(count * effects.family_pairs_share)]]
    kind = rng.integers(0, len(identifiers), len(partner))
    twins = np.setdiff1d(np.flatnonzero(households.twin >= 0), partner)
    twins = twins[: round(len(twins) * effects.twins_sharing_share)]
    partner, kind = np.append(partner, twins), np.append(kind, rng.integers(0, 2, len(twins)))
    shares_with = np.full(count, -1)
    shares_with[partner] = households.head[partner]
    shared = []
    for at, values in enumerate(identifiers):
        source = np.arange(len(values))
        source[partner[kind == at]] = shares_with[partner[kind == at]]
        shared.append(values.take(pa.array(source)))
    return shares_with, shared


def landlines_of(market: np.ndarray, known: np.ndarray, household: np.ndarray) -> pa.Array:
    """Ten digits by row of the household's head; null where that is -1."""
    digits = join(pick(of_markets("landline_prefix"), market), number(known, 7))
    return digits.take(pa.array(household, mask=household < 0))
