"""Households against the truth of `make demo`, and which numbers are landlines against `phonenumbers`."""

import csv
import random
import re
from pathlib import Path

import duckdb
import phonenumbers
import pytest
from phonenumbers import PhoneMetadata, PhoneNumberType

from orchestration.warehouse import Paths

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
FIXED = {PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
KINDS = ("fixed_line", "mobile", "voip", "toll_free", "premium_rate", "shared_cost", "pager")
PAIRS = """
    with residents as (
        select distinct people.person_id, people.household_id, customer_households.household_id as found_id,
            address_line is not null as has_address
        from record_persons
        inner join people using (person_id)
        inner join marts.customer_identities using (source_system, source_table, source_key)
        inner join marts.customer_households using (customer_id)
        inner join restricted.customer_contacts using (customer_id)
    ),
    pairs as (
        select a.person_id, b.person_id as other_id, a.household_id = b.household_id as is_true,
            bool_or(a.found_id = b.found_id) as is_found, bool_or(a.has_address and b.has_address) as has_addresses
        from residents as a
        inner join residents as b
            on a.person_id < b.person_id and (a.household_id = b.household_id or a.found_id = b.found_id)
        group by all
    )
"""


@pytest.fixture(scope="module")
def warehouse(demo: Paths):
    with duckdb.connect(str(demo.warehouse), read_only=True) as connection:
        for table in ("record_persons", "people"):
            connection.execute(f"create temp view {table} as from '{demo.root}/truth/{table}.parquet'")
        yield connection


def test_people_of_one_household_live_together(warehouse):
    found, wrong, reachable, missed = warehouse.execute(
        f"""
        {PAIRS}
        select count(*) filter (is_found), count(*) filter (is_found and not is_true),
            count(*) filter (is_true and has_addresses), count(*) filter (is_true and has_addresses and not is_found)
        from pairs
        """
    ).fetchall()[0]
    assert found > 100
    assert wrong <= 0.01 * found
    assert missed <= 0.15 * reachable, "but for those who moved since one of them ordered last"


def test_a_household_is_as_large_as_it_says(warehouse):
    assert (
        warehouse.execute(
            "select household_id from marts.customer_households group by all having count(*) <> min(household_size) or min(household_size) <> max(household_size)"
        ).fetchall()
        == []
    )


def numbers_of(code: str, draw: random.Random) -> list[phonenumbers.PhoneNumber]:
    """Real-looking numbers of each kind under a calling code: an example with other last digits."""
    numbers = []
    for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[int(code)]:
        metadata = PhoneMetadata.metadata_for_region(region)
        for kind in KINDS:
            example: str = getattr(getattr(metadata, kind), "example_number", None) or ""
            for _ in range(20 if example else 0):
                text = example[:-4] + "".join(draw.choices("0123456789", k=4))
                numbers.append(phonenumbers.parse(f"+{code}{text}"))
    return [number for number in numbers if phonenumbers.is_valid_number(number)]


def test_landlines_are_those_of_phonenumbers():
    draw, fixed, known, mistaken = random.Random(360), 0, 0, []
    with (SEEDS / "landlines.csv").open() as file:
        for row in csv.DictReader(file):
            for number in numbers_of(row["calling_code"], draw):
                national = phonenumbers.national_significant_number(number)
                is_landline = bool(re.match(f"({row['landline_pattern']})", national))
                if phonenumbers.number_type(number) in FIXED:
                    fixed, known = fixed + 1, known + is_landline
                elif is_landline:
                    mistaken.append(row["calling_code"])
    assert fixed > 3_000
    assert known > 0.8 * fixed, "a few plans give fixed and mobile phones the same beginnings"
    assert len(mistaken) <= 0.002 * fixed, sorted(set(mistaken))
