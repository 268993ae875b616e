"""Who is one person by name, birth date and address, and who is not: every pair of profiles below is a claim."""

from pathlib import Path

import pytest
from conftest import PROJECT
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.fuzzy.blocks import LARGEST
from orchestration.fuzzy.comparisons import DIFFERENT, FINDINGS
from orchestration.fuzzy.scoring import score
from orchestration.fuzzy.settings import WEIGHTS
from orchestration.project_vars import project_vars
from orchestration.warehouse import DuckDBWarehouse, Paths

COLUMNS = {
    "profile_id": "bigint",
    "given_name": "varchar",
    "family_name": "varchar",
    "other_family_name": "varchar",
    "birth_date": "date",
    "email": "varchar",
    "other_email": "varchar",
    "phone": "varchar",
    "street": "varchar",
    "postal_code": "varchar",
    "city": "varchar",
    "other_street": "varchar",
    "other_postal_code": "varchar",
    "other_city": "varchar",
    "national_id": "varchar",
}
ANNA = {
    "given_name": "anna",
    "family_name": "lindqvist",
    "birth_date": "1980-03-04",
    "street": "12 mill lane",
    "postal_code": "LS10YD",
    "city": "leeds",
}
# so that names have frequencies: of five first names every fortieth stranger has one each
STRANGERS = """
    select
        1000 + i as profile_id,
        case when i % 40 < 5 then ['anna', 'hanna', 'tom', 'paul', 'paula'][1 + i % 40] else substr(md5(i::varchar), 1, 7) end as given_name,
        substr(md5((i // 4)::varchar), 1, 8) as family_name,
        date '1950-01-01' + ((i * 37) % 15000)::integer as birth_date,
        i || ' high street' as street,
        'AB' || i % 90 as postal_code
    from range(2000) as strangers (i)
"""


@pytest.fixture
def warehouse(tmp_path: Path):
    with DuckDBWarehouse(tmp_path / "warehouse.duckdb") as warehouse:
        warehouse.execute("create schema intermediate")
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        warehouse.execute(f"create table intermediate.int_identity__fuzzy_profiles ({columns})")
        yield warehouse


def add(warehouse: DuckDBWarehouse, *profiles: dict[str, str]) -> None:
    """Profiles with the ids 1, 2, ..."""
    for number, profile in enumerate(profiles, start=1):
        named = {"profile_id": number} | profile
        warehouse.connection.execute(
            f"insert into intermediate.int_identity__fuzzy_profiles ({', '.join(named)}) values ({', '.join('?' * len(named))})",
            list(named.values()),
        )


def link(warehouse: DuckDBWarehouse, a: dict[str, str], b: dict[str, str]) -> tuple[float, dict[str, str]]:
    """The probability that two are one among the strangers, and what was found; 0 where they were not linked at all."""
    add(warehouse, a, b)
    warehouse.execute(f"insert into intermediate.int_identity__fuzzy_profiles by name {STRANGERS}")
    score(warehouse)
    found = warehouse.query("select * from matching.fuzzy_links where record_a = 1 and record_b = 2")
    return (found[0][2], dict(zip(FINDINGS, found[0][3:], strict=True))) if found else (0.0, {})


ONE_PERSON = {
    "a slip in the first name": (ANNA, ANNA | {"given_name": "anan"}),
    "a slip in the birth date": (ANNA, ANNA | {"birth_date": "1980-03-14"}),
    "day and month turned": (ANNA, ANNA | {"birth_date": "1980-04-03"}),
    "first and family name swapped": (ANNA, ANNA | {"given_name": "lindqvist", "family_name": "anna"}),
    "married, with a first name that few have": (
        ANNA | {"given_name": "ingeborg"},
        ANNA | {"given_name": "ingeborg", "family_name": "okafor"},
    ),
    "moved": (ANNA, ANNA | {"street": "9 harbour road", "postal_code": "PL11AA", "city": "plymouth"}),
    "moved, and the address before is known": (
        ANNA | {"birth_date": None, "street": "9 harbour road", "postal_code": "PL11AA", "city": "plymouth"}
        | {"other_street": "12 mill lane", "other_postal_code": "LS10YD", "other_city": "leeds"},
        ANNA | {"birth_date": None},
    ),
    "a slip in the e-mail": (
        {"given_name": "anna", "family_name": "lindqvist", "email": "anna.lindqvist81@gmail.com"},
        {"given_name": "anna", "family_name": "lindqvist", "email": "ana.lindqvist81@gmail.com"},
    ),
    "a first name that was changed, but the national id was not": (
        ANNA | {"national_id": "7654321"},
        ANNA | {"national_id": "7654321", "given_name": "rosalind"},
    ),
}  # fmt: skip
TWO_PEOPLE = {
    "twins": (ANNA, ANNA | {"given_name": "tom"}),
    "twins whose names are near": (ANNA, ANNA | {"given_name": "hanna"}),
    "twins, one called by the start of the other's name": (ANNA | {"given_name": "paul"}, ANNA | {"given_name": "paula"}),
    "father and son": (ANNA, ANNA | {"birth_date": "2008-11-23"}),
    "one name, two numbers in the e-mail": (
        {"given_name": "anna", "family_name": "lindqvist", "email": "anna.lindqvist81@gmail.com"},
        {"given_name": "anna", "family_name": "lindqvist", "email": "anna.lindqvist82@gmail.com"},
    ),
    "one name and one city": (
        {"given_name": "anna", "family_name": "lindqvist", "postal_code": "AB1", "street": "1 hill"},
        {"given_name": "anna", "family_name": "lindqvist", "postal_code": "AB1", "street": "88 lower promenade"},
    ),
}  # fmt: skip


def is_accepted(probability: float, found: dict[str, str]) -> bool:
    """As int_identity__fuzzy_pairs decides."""
    opposed = DIFFERENT in (found.get("given_name"), found.get("birth_date"))
    accept = project_vars(Paths(PROJECT / "no-folder"))["fuzzy_accept_probability"]
    return probability >= accept and not (opposed and found["national_id"] != "same")


@pytest.mark.parametrize("claim", ONE_PERSON)
def test_one_person(warehouse, claim):
    assert is_accepted(*link(warehouse, *ONE_PERSON[claim]))


@pytest.mark.parametrize("claim", TWO_PEOPLE)
def test_two_people(warehouse, claim):
    assert not is_accepted(*link(warehouse, *TWO_PEOPLE[claim]))


def test_the_same_profiles_get_the_same_links_in_any_order(warehouse):
    warehouse.execute(f"insert into intermediate.int_identity__fuzzy_profiles by name {STRANGERS}")
    add(warehouse, *[profile for pair in ONE_PERSON.values() for profile in pair])
    links = "select * from matching.fuzzy_links order by all"
    score(warehouse)
    first = warehouse.query(links)
    warehouse.execute(
        "create or replace table intermediate.int_identity__fuzzy_profiles as"
        " from intermediate.int_identity__fuzzy_profiles order by md5(profile_id::varchar)"
    )
    score(warehouse)
    assert first and warehouse.query(links) == first


def test_a_block_of_half_the_town_is_skipped_and_said(warehouse):
    """A birth date that clerks enter when they know none."""
    warehouse.execute(
        "insert into intermediate.int_identity__fuzzy_profiles by name"
        f" select i as profile_id, 'anna' as given_name, 'f' || md5(i::varchar) as family_name, date '1900-01-01' as birth_date"
        f" from range({LARGEST + 1}) as r (i)"
    )
    blocks = score(warehouse).blocks
    assert blocks.skipped["birth date and given name"] == 1
    assert blocks.largest <= LARGEST


def test_nobody_is_no_error(warehouse):
    assert score(warehouse).links == 0
    assert warehouse.query("select count(*) from matching.fuzzy_links") == [(0,)]


def test_the_scoring_leaves_only_its_table_behind(warehouse):
    link(warehouse, *ONE_PERSON["moved"])
    tables = warehouse.query("select schema_name || '.' || table_name from duckdb_tables() order by 1")
    assert tables == [("intermediate.int_identity__fuzzy_profiles",), ("matching.fuzzy_links",)]


def test_the_words_never_quote_a_value(warehouse):
    probability, found = link(warehouse, *ONE_PERSON["a slip in the first name"])
    assert probability > 0.9
    assert found == {
        "given_name": "slip",
        "family_name": "same",
        "birth_date": "same",
        "email": "not said",
        "phone": "not said",
        "address": "same",
        "national_id": "not said",
    }


@pytest.mark.parametrize("field", FINDINGS)
def test_the_weights_are_shares_of_the_findings(field):
    assert list(WEIGHTS[field]) == [*FINDINGS[field], DIFFERENT]
    assert sum(weight["same"] for weight in WEIGHTS[field].values()) == pytest.approx(1, abs=0.1)
    assert all(("others" in weight) != ("frequency" in weight) for weight in WEIGHTS[field].values())


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=12), st.text(max_size=12))
def test_any_text_can_be_compared(tmp_path_factory, given_name, street):
    folder = tmp_path_factory.mktemp("text")
    with DuckDBWarehouse(folder / "warehouse.duckdb") as warehouse:
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        warehouse.execute("create schema intermediate")
        warehouse.execute(f"create table intermediate.int_identity__fuzzy_profiles ({columns})")
        add(
            warehouse, ANNA | {"given_name": given_name}, ANNA | {"street": street, "national_id": given_name}
        )
        score(warehouse)
        assert (
            warehouse.query("select count(*) from matching.fuzzy_links where probability between 0 and 1")[0][
                0
            ]
            <= 1
        )
