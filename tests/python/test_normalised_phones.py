"""Phones in SQL, held against `phonenumbers`: tens of thousands of valid numbers of every country, as people and systems write them."""

import random
import re
from collections import Counter
from collections.abc import Iterator

import phonenumbers
import pytest
from normalisation_sql import Normaliser
from phonenumbers import PhoneNumberFormat, PhoneNumberType

NUMBERS = 12  # drawn per country and kind of line
PLACEHOLDER = re.compile(r"(\d)\1{6}$|01234567$|12345678$|23456789$|34567890$|98765432$|87654321$|76543210$")


@pytest.fixture(scope="module")
def normalised() -> Normaliser:
    return Normaliser()


def valid_numbers(region: str, draw: random.Random) -> Iterator[str]:
    """National significant numbers, fixed and mobile, that exist by the numbering plan: an example with other last digits."""
    kinds = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)
    for example in filter(None, (phonenumbers.example_number_for_type(region, kind) for kind in kinds)):
        digits = phonenumbers.national_significant_number(example)
        for _ in range(NUMBERS):
            kept = len(digits) - draw.randint(2, max(2, min(7, len(digits) - 2)))
            number = digits[:kept] + "".join(draw.choices("0123456789", k=len(digits) - kept))
            parsed = phonenumbers.parse(f"+{example.country_code}{number}")
            if (
                phonenumbers.is_valid_number_for_region(parsed, region)
                and not PLACEHOLDER.search(f"+{number}")
                and not PLACEHOLDER.search(f"0{number}")
            ):
                yield number


def spellings(region: str, number: str, trunk: str) -> dict[str, str]:
    """How people and systems write a number: name of the spelling -> text."""
    parsed = phonenumbers.parse(f"+{phonenumbers.country_code_for_region(region)}{number}")
    code = str(parsed.country_code)
    parts = (number[:2], number[2:5], number[5:])
    return {
        "e164": f"+{code}{number}",
        "international": phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL),
        "national": phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL),
        "link": phonenumbers.format_number(parsed, PhoneNumberFormat.RFC3966),
        "00": f"00{code} {'-'.join(parts)}",
        "trunk": trunk + number,
        "dotted": f"{trunk}{'.'.join(parts)}",
        "slashed": f" {trunk}{parts[0]}/{parts[1]} {parts[2]} ",
        "extension": f"{trunk}{number} ext. 12",
        "wide": (trunk + number).translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
        "zero in brackets": f"+{code} ({trunk}) {number}" if trunk == "0" else f"+{code} {number}",
        "trunk after code": f"+{code} {trunk} {number}",
        "no trunk": number,
        "no plus": code + number,
    }


# where a spelling is read otherwise than by the library, and why
PHONE_DISAGREEMENTS = {
    ("national", "AR"): "the 15 of mobiles stands between area code and number, and becomes a 9 before both",
    **dict.fromkeys(
        [("no plus", region) for region in ("AD", "KI", "LU", "NU", "TK", "WS", "XK")],
        "as long as a national number that begins with the digits of the calling code",
    ),
}


@pytest.fixture(scope="module")
def phones(normalised: Normaliser) -> list[tuple[str, str, str, str | None]]:
    """(spelling, region, E.164, what the SQL makes of it), of every country the library knows."""
    draw = random.Random(360)
    trunks = normalised.trunk_prefixes()
    rows = [
        (spelling, region, f"+{phonenumbers.country_code_for_region(region)}{number}", text)
        for region in sorted(phonenumbers.SUPPORTED_REGIONS)
        for number in valid_numbers(region, draw)
        for spelling, text in spellings(region, number, trunks[region]).items()
    ]
    read = normalised("phone", [row[3] for row in rows], [row[1] for row in rows])
    return [(*row[:3], value) for row, value in zip(rows, read, strict=True)]


def test_a_phone_is_read_as_the_library_reads_it(phones):
    assert len(phones) > 50_000
    wrong = {(spelling, region) for spelling, region, number, read in phones if read not in (number, None)}
    none = {(spelling, region) for spelling, region, _, read in phones if read is None}
    may_be_none = {"no trunk", "no plus"}  # too short to be told from a local number
    assert wrong <= set(PHONE_DISAGREEMENTS)
    assert {miss for miss in none if miss[0] not in may_be_none} <= set(PHONE_DISAGREEMENTS)
    assert set(PHONE_DISAGREEMENTS) <= wrong | none, "a reason for what is no more"


def test_most_phones_are_read_without_trunk_or_plus(phones):
    asked, agreed = Counter(), Counter()
    for spelling, _, number, read in phones:
        asked[spelling] += 1
        agreed[spelling] += read == number
    assert agreed["no trunk"] / asked["no trunk"] > 0.9
    assert agreed["no plus"] / asked["no plus"] > 0.97


def test_what_is_read_is_a_possible_number(normalised):
    draw = random.Random(7)
    texts = ["".join(draw.choices("0123456789", k=draw.randint(3, 16))) for _ in range(20_000)]
    regions = draw.choices(["GB", "US", "DE", "FR", "IT", "ES", "NL", "AU", "IN", "BR"], k=len(texts))
    read = [value for value in normalised("phone", texts, regions) if value]
    possible = sum(_is_possible(value) for value in read)
    assert len(read) > 2_000 and possible / len(read) > 0.9


def _is_possible(number: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
