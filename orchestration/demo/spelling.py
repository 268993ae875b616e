"""How people and cashiers really write an e-mail address, a phone number or a loyalty number."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.columns import join, pick, where
from orchestration.demo.markets import of_markets

PLACEHOLDER_PHONES = ("0000000000", "9999999999", "n/a", "N/A", "-", "none", "00000")
NOREPLY = "noreply@hearth-and-thread.example"
SHARED_PHONE = "+44 7700 900123"  # what cashiers type when the queue is long
SHARED_VALUES = (SHARED_PHONE, NOREPLY)

_TYPOS = (
    ("@gmail.com", "@gmial.com"),
    ("@outlook.", "@outlok."),
    ("@hotmail.", "@hotmial."),
    (".com", ".con"),
)
_STREET_KINDS = {
    " Street$": " St",
    " Road$": " Rd.",
    " Avenue$": " Ave",
    " Lane$": " Ln",
    " Drive$": " Dr.",
    "straße ": "str. ",
}
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}


def typed_email(rng: np.random.Generator, email: pa.Array, typo_share: float | np.ndarray = 0.0) -> pa.Array:
    """Write addresses by hand: capitals, stray spaces, Gmail's free dots and plus tags, and typing errors."""
    chance = rng.random(len(email))
    gmail = pc.ends_with(email, "@gmail.com").to_numpy(zero_copy_only=False).astype(bool)
    capitals, title, spaces = (
        chance < 0.03,
        (chance >= 0.03) & (chance < 0.06),
        (chance >= 0.06) & (chance < 0.08),
    )
    tagged, dotted = gmail & (chance >= 0.08) & (chance < 0.12), gmail & (chance >= 0.12) & (chance < 0.16)
    mistyped = (chance >= 0.2) & (chance < 0.2 + typo_share)
    written = where(capitals, pc.utf8_upper(email), email)
    written = where(title, pc.utf8_capitalize(email), written)
    written = where(spaces, join(" ", email, " "), written)
    written = where(tagged, pc.replace_substring(email, "@", "+shop@"), written)
    written = where(dotted, pc.replace_substring_regex(email, "^([a-z])([a-z])", r"\1.\2"), written)
    return where(mistyped, _mistyped(email), written)


def typed_name(rng: np.random.Generator, name: pa.Array, typo_share: float) -> pa.Array:
    """Write names by hand: a few without their umlauts, and typing errors: a letter is missing, or two change places."""
    chance = rng.random(len(name))
    plain = name
    for letter, letters in _UMLAUTS.items():
        plain = pc.replace_substring(plain, letter, letters)
    written = where(chance > 0.97, plain, name)
    missing = pc.replace_substring_regex(name, r"^(..).(.+)$", r"\1\2")
    swapped = pc.replace_substring_regex(name, r"^(.)(.)(.)", r"\1\3\2")
    written = where(chance < typo_share, swapped, written)
    return where(chance < typo_share / 2, missing, written)


def typed_street(rng: np.random.Generator, street: pa.Array) -> pa.Array:
    """Write streets by hand: some shorten what kind of street it is, some shout."""
    chance = rng.random(len(street))
    short = street
    for kind, abbreviation in _STREET_KINDS.items():
        short = pc.replace_substring_regex(short, kind, abbreviation)
    written = where(chance < 0.10, short, street)
    return where(chance > 0.97, pc.utf8_upper(street), written)


def _mistyped(email: pa.Array) -> pa.Array:
    wrong = pc.replace_substring_regex(email, "^([a-z])[a-z]", r"\1")  # a letter is missing
    for right, slip in _TYPOS:
        wrong = pc.if_else(pc.match_substring(email, right), pc.replace_substring(email, right, slip), wrong)
    return wrong


def international_phone(rng: np.random.Generator, market: np.ndarray, digits: pa.Array) -> pa.Array:
    """Write ten digits with the country code, which needs no knowledge of the country to be read."""
    dial = join("+", pick(of_markets("dial"), market))
    a, b, c = _parts(digits)
    plain, spaced, double_zero = (
        join(dial, digits),
        join(dial, " ", a, " ", b, c),
        join("00", _after_plus(dial), digits),
    )
    chance = rng.random(len(market))
    written = where(chance < 0.3, spaced, plain)
    return where((chance > 0.95) & (market != 2), double_zero, written)


def typed_phone(rng: np.random.Generator, market: np.ndarray, digits: pa.Array) -> pa.Array:
    """Write ten digits as a person in that country would: mostly national, with spaces, dashes, brackets."""
    trunk = pick(of_markets("trunk"), market)
    a, b, c = _parts(digits)
    national, spaced = join(trunk, digits), join(trunk, a, " ", b, c)
    dashed = where(market == 1, join(trunk, a, "/", b, c), join(trunk, a, "-", b, "-", c))
    bracketed = where(market == 2, join("(", a, ") ", b, "-", c), join("(", trunk, a, ") ", b, " ", c))
    style = rng.choice(5, len(market), p=[0.3, 0.25, 0.12, 0.13, 0.2])
    return pc.choose(
        pa.array(style), national, spaced, dashed, bracketed, international_phone(rng, market, digits)
    )


def typed_loyalty(rng: np.random.Generator, loyalty_number: pa.Array) -> pa.Array:
    """Scan most loyalty numbers, type a few in small letters or with a space behind."""
    chance = rng.random(len(loyalty_number))
    written = where(chance < 0.02, pc.utf8_lower(loyalty_number), loyalty_number)
    return where(chance > 0.98, join(loyalty_number, " "), written)


def _parts(digits: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array]:
    return tuple(pc.utf8_slice_codeunits(digits, *span) for span in ((0, 3), (3, 6), (6, 10)))


def _after_plus(dial: pa.Array) -> pa.Array:
    return pc.utf8_slice_codeunits(dial, 1)
