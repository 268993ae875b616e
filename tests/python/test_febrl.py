"""The people of FEBRL 1 to 4 are found: labelled public data, with the settings that serve any retailer."""

from collections import Counter
from pathlib import Path

import pytest
from conftest import PROJECT

from orchestration.febrl import DATA_SETS, GOAL, fetch, run, write_raw
from orchestration.fuzzy.scoring import score
from orchestration.project_vars import project_vars
from orchestration.warehouse import DuckDBWarehouse, Paths

# what int_identity__fuzzy_profiles makes of contacts of whom no two share an identifier
PROFILES = """
    create table profiles.contacts as
    select
        row_number() over (order by id) as profile_id,
        nullif(regexp_replace(property_firstname, '[^a-z]', '', 'g'), '') as given_name,
        nullif(regexp_replace(property_lastname, '[^a-z]', '', 'g'), '') as family_name,
        null::varchar as other_family_name,
        property_date_of_birth::date as birth_date,
        null::varchar as email,
        null::varchar as other_email,
        null::varchar as phone,
        property_address as street,
        property_zip as postal_code,
        property_city as city,
        null::varchar as other_street,
        null::varchar as other_postal_code,
        null::varchar as other_city,
        property_national_id as national_id,
        person_id
    from read_parquet('{raw}/hubspot/contact/*.parquet') as contacts
    inner join read_parquet('{raw}/identity/label/*.parquet') as labels on contacts.id = labels.source_key
"""
ACCEPTED = """
    select record_a, record_b
    from scored.links
    where probability >= {accept}
        and (national_id = 'same' or (given_name <> 'different' and birth_date <> 'different'))
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    return fetch(tmp_path_factory.mktemp("cache"))


def test_febrl_1_through_the_whole_warehouse(source, tmp_path):
    found = run(1, source, tmp_path)
    assert found.records == 1_000
    assert found.precision >= 0.999
    assert found.f1 >= GOAL


def test_all_four_through_the_scoring(source, tmp_path):
    scores = {number: pairwise_f1(number, source, tmp_path) for number in DATA_SETS}
    assert all(f1 > 0.97 for f1 in scores.values()), scores
    assert sum(scores.values()) / len(scores) >= GOAL, scores


def pairwise_f1(number: int, source: Path, folder: Path) -> float:
    """Of one data set, by what the scoring step alone accepts."""
    raw = folder / str(number)
    write_raw([source / file for file in DATA_SETS[number]], raw)
    accept = project_vars(Paths(PROJECT / "no-folder"))["fuzzy_accept_probability"]
    with DuckDBWarehouse(folder / f"{number}.duckdb") as warehouse:
        warehouse.execute("create schema profiles")
        warehouse.execute(PROFILES.format(raw=raw))
        score(warehouse, "profiles.contacts", "scored.links")
        person = dict(warehouse.query("select profile_id, person_id from profiles.contacts"))
        group = groups(list(person), warehouse.query(ACCEPTED.format(accept=accept)))
    together = pairs(Counter((group[record], person[record]) for record in person))
    return 2 * together / (pairs(Counter(group.values())) + pairs(Counter(person.values())))


def groups(records: list[int], links: list[tuple[int, int]]) -> dict[int, int]:
    """The smallest record of each record's group."""
    leader = {record: record for record in records}

    def first(record: int) -> int:
        while leader[record] != record:
            record = leader[record]
        return record

    for a, b in links:
        a, b = sorted((first(a), first(b)))
        leader[b] = a
    return {record: first(record) for record in records}


def pairs(sizes: Counter) -> int:
    """Within groups of these sizes."""
    return sum(size * (size - 1) // 2 for size in sizes.values())
