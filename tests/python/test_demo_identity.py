"""What makes the demo's people hard to find and easy to mistake lies in the files as the truth says."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from orchestration.demo import generate
from orchestration.demo.effects import read_effects
from orchestration.demo.households import draw_households
from orchestration.demo.markets import MARKETS
from orchestration.demo.streams import stream

MANY = {
    "family_share": 0.5,
    "twins_share": 0.05,
    "twins_sharing_share": 0.0,
    "family_pairs_share": 0.0,
    "landline_share": 0.5,
    "moved_share": 0.4,
    "renamed_share": 0.1,
    "recycled_phone_share": 0.05,
    "apart_share": 0.5,
    "name_typo_share": 0.0,
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    """A retailer where the hard cases are common, and names are spelt well."""
    out = tmp_path_factory.mktemp("hard-demo")
    generate(out, 3000, 3, replace(read_effects(), **MANY))
    return out


@pytest.fixture(scope="module")
def raw(demo) -> duckdb.DuckDBPyConnection:
    """`people`, and whose each guest order, account, member, contact and receipt is."""
    db = duckdb.connect()
    db.execute(f"""
        create view people as from '{demo}/truth/people.parquet';
        create view persons as from '{demo}/truth/record_persons.parquet';
        create macro digits(phone) as right(regexp_replace(phone, '[^0-9]', '', 'g'), 10);
        create macro street(line) as
            substr(regexp_replace(lower(line), '[^a-z0-9]', '', 'g'), 1, 6);
        create table orders as
            select id::varchar as key, person_id, email, digits(shipping_address_phone) as phone, shipping_address_last_name as last_name,
                created_at::date as day, street(shipping_address_address_1) || shipping_address_zip as address
            from read_parquet('{demo}/raw/shopify/order/*.parquet', union_by_name = true)
            inner join persons on source_system = 'shopify' and (source_table = 'order' and source_key = id::varchar
                or source_table = 'customer' and source_key = customer_id::varchar);
        create table receipts as
            select receipt_id as key, person_id, customer_email as email, digits(customer_phone) as phone, loyalty_number,
                payment_card_token, try_cast(sold_at as timestamp)::date as day
            from read_csv('{demo}/raw/pos/receipt/**/*.csv*', all_varchar = true, union_by_name = true, hive_partitioning = false)
            inner join persons on source_table = 'receipt' and source_key = receipt_id;
        create table members as
            select distinct on (member_id) member_id as key, person_id, email, digits(phone) as phone, birth_date::varchar as birth_date, last_name
            from read_parquet('{demo}/raw/loyalty/member/*.parquet')
            inner join persons on source_table = 'member' and source_key = member_id
            order by member_id, updated_at desc;
        create table accounts as
            select distinct on (id) id::varchar as key, person_id, email, digits(phone) as phone
            from read_parquet('{demo}/raw/shopify/customer/*.parquet', union_by_name = true)
            inner join persons on source_system = 'shopify' and source_table = 'customer' and source_key = id::varchar
            order by id, updated_at desc;
        create table contacts as
            select distinct on (id) id as key, person_id, nullif(property_lastname, '') as last_name,
                digits(nullif(property_phone, '')) as phone, nullif(property_date_of_birth, '') as birth_date,
                nullif(property_address, '') as address
            from read_csv('{demo}/raw/hubspot/contact/*.csv', all_varchar = true, union_by_name = true)
            inner join persons on source_table = 'contact' and source_key = id
            order by id, _fivetran_synced desc;
        create table everybodys as
            select unnest(['7700900123', '0000000000', '9999999999', '00000', '']);
        create view phones as
            select person_id, phone from orders union all select person_id, phone from receipts
            union all select person_id, phone from members union all select person_id, phone from accounts
            union all select person_id, phone from contacts;
    """)
    return db


def one(db: duckdb.DuckDBPyConnection, query: str) -> tuple:
    return db.execute(query).fetchall()[0]


def test_the_labels_are_the_truth(demo):
    label = demo / "raw" / "identity" / "label" / "label.parquet"
    assert label.read_bytes() == (demo / "truth" / "record_persons.parquet").read_bytes()


def test_a_household_has_one_surname_and_one_address(raw):
    members, surnames, moves = one(
        raw,
        """
        select count(*), max(surnames), max(moves) from (
            select count(distinct last_name) as surnames, count(distinct coalesce(moved_date, date '1900-01-01')) as moves
            from people inner join members using (person_id)
            where renamed_date is null
            group by household_id
            having count(distinct person_id) > 1
        )
        """,
    )
    assert members > 50
    assert (surnames, moves) == (1, 1)
    homes, addresses = one(
        raw,
        """
        select count(*), max(addresses) from (
            select count(distinct address) as addresses from people inner join orders using (person_id)
            where moved_date is null group by household_id having count(*) > 1
        )
        """,
    )
    assert homes > 50
    assert addresses == 1


def test_twins_have_one_birth_date_and_other_members_of_a_household_do_not(raw):
    twins, same = one(
        raw,
        """
        select count(*), count(*) filter (mine.birth_date = theirs.birth_date and me.household_id = they.household_id)
        from people as me
        inner join people as they on they.person_id = me.twin_of
        inner join members as mine on mine.person_id = me.person_id
        inner join members as theirs on theirs.person_id = they.person_id
        """,
    )
    assert twins == same > 5


def test_whoever_moves_has_another_address_from_that_day_on(raw):
    moved, both = one(
        raw,
        """
        select count(*), count(*) filter (addresses = 2 and days_right) from (
            select count(distinct address) as addresses,
                max(day) filter (day < moved_date) < min(day) filter (day > moved_date) as days_right
            from people inner join orders using (person_id)
            where moved_date is not null
            group by person_id having count(distinct day > moved_date) = 2
        )
        """,
    )
    assert moved == both > 20


def test_whoever_is_renamed_has_another_surname_and_e_mail_from_that_day_on(raw):
    renamed, both = one(
        raw,
        """
        select count(*), count(*) filter (names = 2) from (
            select count(distinct last_name) as names
            from people inner join orders using (person_id)
            where renamed_date is not null
            group by person_id having count(distinct day > renamed_date) = 2
        )
        """,
    )
    assert renamed == both > 3


def test_a_number_lies_idle_for_a_year_before_a_stranger_gets_it(raw):
    numbers, idle, kin = one(
        raw,
        """
        with dated as (select person_id, phone, day from orders union all select person_id, phone, day from receipts),
        passed_on as (
            select taker.person_id as taker, giver.person_id as giver, phone,
                max(dated.day) filter (dated.person_id = giver.person_id) as last_day,
                min(dated.day) filter (dated.person_id = taker.person_id) as first_day,
                any_value(taker.household_id = giver.household_id) as kin
            from people as taker
            inner join people as giver on giver.person_id = taker.phone_got_from
            inner join dated on dated.person_id in (taker.person_id, giver.person_id) and phone not in (from everybodys)
            group by all
            having count(distinct dated.person_id) = 2
        )
        select count(*), min(first_day - last_day), bool_or(kin) from passed_on
        """,
    )
    assert numbers > 2
    assert idle > 365
    assert not kin


def test_a_phone_of_several_people_is_their_landline_or_was_passed_on(raw):
    shared, explained = one(
        raw,
        """
        select count(*), count(*) filter (households = 1 or passed_on) from (
            select phone, count(distinct household_id) as households, bool_or(phone_got_from is not null) as passed_on
            from (from phones where phone not in (from everybodys))
            inner join people using (person_id)
            group by phone having count(distinct person_id) > 1
        )
        """,
    )
    assert shared == explained > 10


def test_stores_and_shop_know_some_people_apart_and_the_crm_knows_both(raw):
    apart, shares, told = one(
        raw,
        """
        select count(*),
            count(*) filter (members.email is not null or members.phone in (select phone from accounts where person_id = members.person_id)),
            count(*) filter (exists (from contacts where contacts.person_id = members.person_id and birth_date = members.birth_date
                and contacts.last_name is not null and address is not null))
        from people inner join members using (person_id)
        where known_apart
        """,
    )
    assert apart == told > 50
    assert shares == 0
    assert one(
        raw,
        "select count(*) from receipts inner join people using (person_id)"
        " where known_apart and (loyalty_number is null or email not like 'noreply%' or phone is not null and phone <> '7700900123')",
    ) == (0,)


@pytest.mark.parametrize("count", [1, 2, 3, 50])
def test_households_of_few_people_stand(count):
    rng = stream(1, "households")
    market = rng.integers(0, len(MARKETS), count)
    households = draw_households(rng, market, replace(read_effects(), family_share=1.0))
    assert (market[households.head] == market).all()
    assert (households.position[households.head] == 0).all()
