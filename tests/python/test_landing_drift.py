"""What differs from the contract is named, and never acted upon."""

import datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from orchestration.landing import Contract, LandedFile
from orchestration.landing.drift import with_drift
from orchestration.landing.kinds import can_unite, is_harmless

CONTRACT = Contract(
    "shop",
    "sale",
    {"id": "string", "email": "string", "amount": "decimal(18, 2)", "sold_on": "date"},
    ("id",),
    False,
)
TYPES = {"id": "string", "email": "string", "amount": "double", "sold_on": "date32[day]"}


def differences(*columns: dict[str, str], file_format: str = "parquet") -> LandedFile:
    """The last of files with these columns."""
    files = [LandedFile(f"{number}", file_format, 1, columns=each) for number, each in enumerate(columns)]
    return with_drift(CONTRACT, files)[-1]


def of(*names: str, **types: str) -> dict[str, str]:
    """Columns in this order."""
    return {name: types.get(name, TYPES.get(name, "string")) for name in names}


def test_a_file_as_promised_differs_in_nothing():
    file = differences(of("id", "email", "amount", "sold_on"))
    assert (file.added, file.missing, file.renamed, file.retyped) == ((), (), (), ())


def test_order_and_case_are_no_difference():
    file = differences(of("SOLD_ON", "Amount", "id", "email", SOLD_ON="date32[day]", Amount="double"))
    assert (file.added, file.missing, file.renamed, file.retyped) == ((), (), (), ())


def test_added_and_missing_columns_are_named():
    file = differences(of("id", "email", "sold_on", "colour"))
    assert (file.added, file.missing) == (("colour",), ("amount",))


RENAMED = {
    "at its place": ([of("id", "contact", "amount", "sold_on")], (("contact", "email"),)),
    "spelt otherwise, elsewhere": ([of("id", "amount", "sold_on", "eMail")], ()),
    "spelt otherwise, with a hyphen": ([of("id", "amount", "sold_on", "e-mail")], (("e-mail", "email"),)),
    "not when the type does not fit": ([of("id", "email", "gross", "sold_on", gross="string")], ()),
    "two in a row": (
        [of("id", "contact", "gross", "sold_on", gross="double")],
        (("contact", "email"), ("gross", "amount")),
    ),
    "as the delivery before had it": (
        [of("colour", "amount", "email", "id"), of("colour", "amount", "contact", "id")],
        (("contact", "email"),),
    ),
    "new beside the old one is no new name": ([of("id", "email", "contact", "amount", "sold_on")], ()),
}


@pytest.mark.parametrize("columns, renamed", RENAMED.values(), ids=RENAMED)
def test_a_new_name_is_a_guess(columns, renamed):
    file = differences(*columns)
    assert file.renamed == renamed
    assert set(file.added) >= {new for new, _ in renamed}, "it is unknown all the same"
    assert set(file.missing) >= {old for _, old in renamed}, "and the other missing"


def test_json_has_no_places():
    text = dict.fromkeys(("id", "contact", "amount", "sold_on", "e_mail"), "text")
    assert differences(text, file_format="jsonl").renamed == (("e_mail", "email"),)


RETYPED = {
    "text for a number": (of("id", "amount", amount="string"), (("amount", "string"),)),
    "text for a day": (of("id", "sold_on", sold_on="string"), (("sold_on", "string"),)),
    "a moment for a day": (of("id", "sold_on", sold_on="timestamp[us, tz=UTC]"), (("sold_on", "timestamp"),)),
    "a structure for text": (of("id", "email", email="struct<Ann: string>"), (("email", "struct"),)),
    "a yes or no for a number": (of("id", "amount", amount="bool"), (("amount", "bool"),)),
    "whole numbers for decimals": (of("id", "amount", amount="int32"), ()),
    "decimals of other places": (of("id", "amount", amount="decimal128(38, 4)"), ()),
    "a whole number for a key": (of("id", id="int64"), ()),
    "no value at all": (of("id", "sold_on", "amount", sold_on="null", amount="null"), ()),
    "CSV promises no type": (dict.fromkeys(("id", "amount", "sold_on"), "text"), ()),
}


@pytest.mark.parametrize("columns, retyped", RETYPED.values(), ids=RETYPED)
def test_a_type_that_is_not_the_promised_one_is_named_without_its_details(columns, retyped):
    assert differences(columns).retyped == retyped


@pytest.mark.parametrize(
    "values",
    [[1], [1.5], [Decimal("1.5")], ["x"], [True], [datetime.date(2026, 1, 1)], [datetime.datetime(2026, 1, 1)], [{}], [[1]], [b"x"]],
    ids=str,
)  # fmt: skip
def test_every_type_is_of_one_family_and_can_stand_with_itself(values):
    name = str(pa.array(values).type)
    assert can_unite({name}, "string") and can_unite({name, "null"}, "decimal(18, 2)")
    assert sum(is_harmless(name, kind) for kind in ("bigint", "boolean", "date", "timestamp")) <= 2


def test_numbers_meet_as_numbers_where_nothing_is_lost():
    assert can_unite({"int64", "decimal128(10, 2)", "null"}, "decimal(18, 2)")
    assert not can_unite({"decimal128(10, 2)", "double"}, "decimal(18, 2)"), "a float holds cents only nearly"
    assert not can_unite({"int64", "double"}, "string"), "7 and 7.0 are the same key"
    assert not can_unite({"int64", "text"}, "bigint")
