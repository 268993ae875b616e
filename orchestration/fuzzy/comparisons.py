"""What is asked about two profiles (`_l` and `_r`), field by field, in SQL that DuckDB and Spark read alike."""

from __future__ import annotations

from itertools import product

NOT_SAID = "not said"  # one of the two profiles lacks the field
DIFFERENT = "different"  # no other finding holds


def _any(condition: str, *fields: str) -> str:
    """`condition` holds of {a} and {b}, for some two of the values that the profiles have in these fields."""
    pairs = product(fields, fields)
    return "(" + " or ".join(condition.format(a=f"{a}_l", b=f"{b}_r") for a, b in pairs) + ")"


def _near(a: str, b: str) -> str:
    """Up to two letters differ; in a short word one, for otherwise everything short would be near, or two changed places."""
    swapped = f"(length({a}) = length({b}) and translate({a}, {b}, '') = '' and translate({b}, {a}, '') = '')"
    return f"(levenshtein({a}, {b}) <= case when least(length({a}), length({b})) >= 5 or {swapped} then 2 else 1 end)"


def _begins(long: str, short: str) -> str:
    """`short` is an initial of `long`, or lacks so much of it that it is no other name: Alex, but not Paul for Paula."""
    lengths = f"(length({short}) = 1 or length({long}) >= length({short}) + 3)"
    return f"(left({long}, length({short})) = {short} and {lengths})"


def _part(whole: str, part: str) -> str:
    """`whole` is a double name, and `part` one half of it."""
    halves = f"(left({whole}, length({part})) = {part} or right({whole}, length({part})) = {part})"
    return f"(length({part}) >= 4 and {halves})"


def numbers_in(email: str) -> str:
    """The digits of an address: john.smith17 and john.smith18 are two people."""
    return f"translate({email}, 'abcdefghijklmnopqrstuvwxyz@._+-', '')"


def _mistyped(a: str, b: str) -> str:
    """A slip in the provider's name, or in a name that its numbers make somebody's own."""
    own = f"(split_part({a}, '@', 1) = split_part({b}, '@', 1) or length({numbers_in(a)}) >= 2)"
    return f"(levenshtein({a}, {b}) <= 2 and {numbers_in(a)} = {numbers_in(b)} and {own})"


# A slip makes a word that hardly anybody is called; Anna and Hanna, who may be twins, are both names.
_RARE = (
    "least(given_name_bearers_l, given_name_bearers_r)"
    " <= 1 + greatest(given_name_bearers_l, given_name_bearers_r) / 10"
)
_CROSSWISE = (
    f"((given_name_l = family_name_r and {_near('family_name_l', 'given_name_r')})"
    f" or (family_name_l = given_name_r and {_near('given_name_l', 'family_name_r')}))"
)
_SAME_PLACE = "(postal_code_l = postal_code_r or city_l = city_r)"
_NEAR_STREET = "levenshtein(street_l, street_r) * 3 <= greatest(length(street_l), length(street_r))"
_TURNED = (  # day and month
    "(left(birth_date_l, 4) = left(birth_date_r, 4)"
    " and substr(birth_date_l, 5, 2) = right(birth_date_r, 2) and right(birth_date_l, 2) = substr(birth_date_r, 5, 2))"
)

# the findings of each field in the order in which they are tried; their weights are in weights.toml
FINDINGS: dict[str, dict[str, str]] = {
    "given_name": {
        "same": "given_name_l = given_name_r",
        "swapped": _CROSSWISE,
        "slip": f"({_near('given_name_l', 'given_name_r')} and {_RARE})",
        "short": f"({_begins('given_name_l', 'given_name_r')} or {_begins('given_name_r', 'given_name_l')})",
    },
    "family_name": {
        "same": _any("{a} = {b}", "family_name", "other_family_name"),
        "swapped": _CROSSWISE,
        "slip": _any(_near("{a}", "{b}"), "family_name", "other_family_name"),
        "part": f"({_part('family_name_l', 'family_name_r')} or {_part('family_name_r', 'family_name_l')})",
    },
    "birth_date": {
        "same": "birth_date_l = birth_date_r",
        "slip": f"(levenshtein(birth_date_l, birth_date_r) = 1 or {_TURNED})",
    },
    "email": {
        "same": _any("{a} = {b}", "email", "other_email"),
        "slip": _any(_mistyped("{a}", "{b}"), "email", "other_email"),
        "elsewhere": _any("split_part({a}, '@', 1) = split_part({b}, '@', 1)", "email", "other_email"),
        "numbered": f"(levenshtein(email_l, email_r) <= 2 and {numbers_in('email_l')} <> {numbers_in('email_r')})",
    },
    "phone": {
        "same": "phone_l = phone_r",
        "slip": "levenshtein(phone_l, phone_r) = 1",
    },
    "address": {
        "same": _any("{a} = {b}", "address", "other_address"),
        "slip": f"({_NEAR_STREET} and {_SAME_PLACE})",
        "elsewhere": "street_l = street_r",
        "postal code": "(postal_code_l = postal_code_r and (street_l is null or street_r is null))",
        "nearby": "postal_code_l = postal_code_r",
        "city": "city_l = city_r",
    },
    "national_id": {
        "same": "national_id_l = national_id_r",
        "slip": "levenshtein(national_id_l, national_id_r) <= 2",
    },
}
UNSAID = {field: f"{field}_l is null or {field}_r is null" for field in FINDINGS} | {
    "address": "coalesce(address_l, postal_code_l, city_l) is null or coalesce(address_r, postal_code_r, city_r) is null"
}
