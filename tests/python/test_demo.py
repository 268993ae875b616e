"""The demo retailer: equal bytes, the truth in the files, money that adds up, people who can be found."""

import csv
import hashlib
import json
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import phonenumbers
import pytest

from orchestration.demo import generate, retailer
from orchestration.demo.spelling import PLACEHOLDER_PHONES, SHARED_PHONE

CUSTOMERS = 2500
SEED = 11
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    """A retailer in three blocks, so that what must hold across blocks is seen to hold."""
    out = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retailer, "BLOCK", 1000)
        generate(out, CUSTOMERS, SEED)
    return out


@pytest.fixture(scope="module")
def raw(demo) -> duckdb.DuckDBPyConnection:
    """One relation `<system>__<table>` per folder, every value as text, one row per row of the files."""
    db = duckdb.connect()
    for folder in sorted((demo / "raw").glob("*/*")):
        parts = []
        if any(folder.rglob("*.parquet")):
            files = f"'{folder}/**/*.parquet', union_by_name = true, hive_partitioning = false"
            parts.append(f"select columns(*)::varchar from read_parquet({files})")
        if any(folder.glob("*.csv*")):
            parts.append(
                f"from read_csv('{folder}/*.csv*', all_varchar = true, header = true, union_by_name = true)"
            )
        if any(folder.glob("*.jsonl")):
            parts.append(f"select columns(*)::varchar from read_json('{folder}/*.jsonl')")
        name = f"{folder.parent.name}__{folder.name}"
        db.execute(f'create table "{name}" as ' + " union all by name ".join(f"({part})" for part in parts))
    return db


@pytest.fixture(scope="module")
def planted(demo) -> dict:
    return json.loads((demo / "truth/planted.json").read_text())


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_equal_seeds_give_equal_bytes_and_another_seed_another_retailer(tmp_path):
    for name, seed in (("once", 3), ("again", 3), ("other", 4)):
        generate(tmp_path / name, 300, seed)
    once, again, other = (fingerprint(tmp_path / name) for name in ("once", "again", "other"))
    assert once == again
    same = {path for path in once if once[path] == other.get(path)}
    assert same <= {
        "raw/facebook_ads/account_history/account_history.parquet",
        "raw/facebook_ads/campaign_history/campaign_history.parquet",
        "raw/google_ads/account_history/account_history.parquet",
        "raw/google_ads/campaign_history/campaign_history.csv",
        "raw/hubspot/contact_list/contact_list.parquet",
        "raw/klaviyo/flow/flow.parquet",
        "raw/klaviyo/metric/metric.parquet",
        "raw/pos/store/store.csv",
        "raw/shopify/location/location.parquet",
        "raw/shopify/shop/shop.parquet",
        "raw/zendesk/user/user_agents.jsonl",
        "truth/effects.json",
        "truth/planted_effects.csv",
        "vars.yml",
    }


def test_a_new_demo_replaces_an_old_one_and_nothing_else(tmp_path):
    generate(tmp_path, 50, 1)
    generate(tmp_path, 40, 1)
    assert json.loads((tmp_path / "truth/planted.json").read_text())["customers"] == 40
    (tmp_path / "truth/effects.json").unlink()
    with pytest.raises(FileExistsError, match="not a demo's"):
        generate(tmp_path, 40, 1)


@pytest.mark.parametrize("customers", [1, 2, 7])
def test_the_smallest_retailers_stand(tmp_path, customers):
    generate(tmp_path, customers, 5)
    assert (tmp_path / "truth/planted.json").exists()


def test_the_command_line_refuses_in_one_line(tmp_path):
    command = [sys.executable, "-m", "orchestration.demo", "--customers", "0", "--out", str(tmp_path)]
    refused = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert refused.returncode == 2
    assert refused.stderr == "demo: customers must be between 1 and 10,000,000, not 0\n"


def test_every_raw_row_is_accounted_for(raw, planted):
    tables = {f"{schema}__{table}" for schema, table in (name.split(".") for name in planted["tables"])}
    assert tables == {name for (name,) in raw.execute("show tables").fetchall()}
    for name, counts in planted["tables"].items():
        relation = '"' + name.replace(".", "__") + '"'
        rows, distinct = raw.execute(
            f"select count(*), (select count(*) from (select distinct * from {relation})) from {relation}"
        ).fetchone()
        assert rows == counts["raw_rows"], name
        assert rows - distinct == counts["exact_duplicates"], name


KEYS = {
    "shopify.customer": "id",
    "shopify.order": "id",
    "shopify.order_line": "id",
    "shopify.product_variant": "id",
    "hubspot.contact": "id",
    "loyalty.member": "member_id",
    "pos.receipt": "receipt_id",
    "pos.receipt_line": "receipt_id, line_no",
    "shopify.refund": "id",
    "shopify.order_line_refund": "id",
    "shopify.transaction": "id",
    "segment.pages": "id",
    "segment.product_viewed": "id",
    "segment.order_completed": "id",
    "segment.product_removed": "id",
    "segment.push_notification_received": "id",
}


@pytest.mark.parametrize("name", KEYS)
def test_distinct_rows_are_keys_older_versions_and_missing_keys(raw, planted, name):
    relation, key, counts = f'"{name.replace(".", "__")}"', KEYS[name], planted["tables"][name]
    first_key = key.split(",")[0]
    distinct, key_count = raw.execute(
        f"with d as (select distinct * from {relation} where coalesce({first_key}, '') <> '')"
        f" select count(*), count(distinct ({key})) from d"
    ).fetchone()
    assert distinct - key_count == counts["older_versions"]
    missing = counts["bad_rows"].get("key_missing", 0)
    assert counts["raw_rows"] == key_count + missing + counts["older_versions"] + counts["exact_duplicates"]


BAD = {
    ("shopify.order", "key_missing"): "id is null",
    ("shopify.order", "not_finite"): "isnan(total_price::double)",
    ("shopify.order", "unknown_currency"): "currency = 'XXX'",
    ("shopify.order", "no_exchange_rate"): "currency = 'CHF'",
    ("pos.receipt", "key_missing"): "coalesce(receipt_id, '') = ''",
    ("pos.receipt", "not_a_number"): "try_cast(gross_total as decimal(18, 2)) is null",
    ("pos.receipt", "not_a_timestamp"): "try_cast(sold_at as timestamp) is null",
    ("pos.receipt", "unknown_currency"): "currency = 'XXX'",
    ("pos.receipt", "no_exchange_rate"): "currency = 'CHF'",
    ("pos.receipt_line", "key_missing"): "coalesce(receipt_id, '') = ''",
    ("pos.receipt_line", "not_a_number"): "try_cast(line_total as decimal(18, 2)) is null",
    ("pos.receipt_line", "not_a_whole_number"): "try_cast(quantity as bigint) is null",
    ("shopify.customer", "key_missing"): "id is null",
    ("hubspot.contact", "key_missing"): "coalesce(id, '') = ''",
    ("hubspot.contact", "not_a_timestamp"): "try_cast(property_createdate as timestamp) is null",
    ("loyalty.member", "key_missing"): "member_id is null",
    ("finance.exchange_rate", "not_a_number"): "try_cast(rate as decimal(18, 6)) is null",
    ("segment.pages", "key_missing"): "id is null",
    ("segment.pages", "before_1990"): "timestamp < '1990'",
    ("segment.pages", "in_the_future"): "timestamp > '2026-07-02'",
    ("segment.product_viewed", "unknown_currency"): "currency = 'EURO'",
    ("segment.product_viewed", "absurd_quantity"): "quantity::bigint > 10000",
    ("segment.product_added", "value_missing"): "timestamp is null",
    ("segment.product_removed", "not_a_number"): "try_cast(price as decimal(18, 2)) is null",
    ("segment.product_removed", "not_a_whole_number"): "try_cast(quantity as double) % 1 <> 0",
    ("segment.order_completed", "unknown_currency"): "currency = 'EURO'",
    ("segment.in_app_message_clicked", "not_a_timestamp"): "try_cast(timestamp as timestamp) is null",
    ("segment.product_shared", "value_missing"): "timestamp is null",
}
# What the services of the house and its marketing send is looked at in their own tests.
LOOKED_AT = {"shopify", "pos", "hubspot", "finance", "segment"}


def test_every_bad_row_is_counted_and_no_other_row_is_bad(raw, planted):
    found = {
        (name, reason): raw.execute(
            f'select count(*) from "{name.replace(".", "__")}" where {rule}'
        ).fetchone()[0]
        for (name, reason), rule in BAD.items()
    }
    assert found == {
        (name, reason): count
        for name, counts in planted["tables"].items()
        for reason, count in counts["bad_rows"].items()
        if name.split(".")[0] in LOOKED_AT or name == "loyalty.member"
    }


def test_files_sent_twice_are_equal_to_the_byte(demo, planted):
    files = [path.read_bytes() for path in sorted((demo / "raw").rglob("*")) if path.is_file()]
    assert len(files) - len(set(files)) == sum(
        counts["in_files_sent_twice"] > 0 for counts in planted["tables"].values()
    )


def test_every_kind_of_bad_row_occurs(planted):
    assert {reason for counts in planted["tables"].values() for reason in counts["bad_rows"]} == {
        "key_missing", "value_missing", "not_a_number", "not_a_whole_number", "not_a_timestamp", "not_a_date",
        "not_a_boolean", "not_finite", "unknown_currency", "no_exchange_rate", "absurd_quantity", "before_1990",
        "in_the_future",
    }  # fmt: skip


NEWEST = """
create or replace temp table newest_{name} as
select * from (select distinct * from {relation})
qualify row_number() over (partition by {key} order by {version} desc) = 1
"""


@pytest.fixture(scope="module")
def newest(raw) -> duckdb.DuckDBPyConnection:
    """The newest version of each key, in cents."""
    for name, relation, key, version in (
        ("order", "shopify__order", "id", "updated_at"),
        ("line", "shopify__order_line", "id", "_fivetran_synced"),
        ("line_refund", "shopify__order_line_refund", "id", "_fivetran_synced"),
        ("refund", "shopify__refund", "id", "_fivetran_synced"),
        ("receipt", "pos__receipt", "receipt_id", "updated_at"),
        ("receipt_line", "pos__receipt_line", "receipt_id, line_no", "line_total"),
    ):
        raw.execute(NEWEST.format(name=name, relation=f'"{relation}"', key=key, version=version))
    raw.execute("create or replace macro cents(amount) as (try_cast(amount as decimal(18, 2)) * 100)::bigint")
    return raw


def test_web_order_money_holds_to_the_cent(newest):
    wrong = newest.execute("""
        with lines as (
            select order_id, sum(cents(price) * quantity::int) as listed, sum(cents(total_discount)) as off,
                sum(cents(pre_tax_price)) as pre_tax
            from newest_line group by order_id
        )
        select count(*), count(*) filter (
            cents(total_line_items_price) <> listed or cents(total_discounts) <> off
            or cents(subtotal_price) <> listed - off
            or pre_tax <> listed - off - if(taxes_included::boolean, cents(total_tax), 0)
            or (not isnan(total_price::double) and cents(total_price) - cents(subtotal_price)
                - if(taxes_included::boolean, 0, cents(total_tax)) not in (0, 395, 495, 695))
        )
        from newest_order join lines on lines.order_id = newest_order.id
    """).fetchone()
    orders = newest.execute("select count(*) from newest_order where id is not null").fetchone()[0]
    assert wrong == (orders, 0)


def test_till_money_holds_to_the_cent(newest):
    wrong = newest.execute("""
        with lines as (
            select receipt_id, sum(cents(unit_price) * quantity::int) as gross,
                sum(cents(discount_amount)) as off, sum(cents(tax_amount)) as tax,
                sum(cents(line_total)) as total
            from newest_receipt_line where try_cast(quantity as int) is not null group by receipt_id
        )
        select count(*), count(*) filter (
            cents(gross_total) <> gross or cents(discount_total) <> off or cents(tax_total) <> tax
            or cents(net_total) <> gross - off - tax or total <> gross - off
            or (is_return = 'true') <> (gross < 0)
        )
        from newest_receipt join lines using (receipt_id)
    """).fetchone()
    with_lines = "receipt_id not between 'R109' and 'R110'"  # broken receipts have none
    receipts = newest.execute(f"select count(*) from newest_receipt where {with_lines}").fetchone()[0]
    assert wrong == (receipts, 0)


def test_nothing_refunded_was_not_bought(newest):
    assert newest.execute("""
        select count(*) from newest_line_refund as back
        left join newest_line as line on line.id = back.order_line_id
        left join newest_refund as refund on refund.id = back.refund_id
        left join newest_order as bought on bought.id = line.order_id
        where bought.id is null or refund.order_id <> bought.id
            or refund.created_at::timestamp <= bought.created_at::timestamp
            or bought.cancelled_at is not null or bought.test::boolean
            or back.quantity::int > line.quantity::int
            or cents(back.subtotal) > cents(line.price) * line.quantity::int - cents(line.total_discount)
    """).fetchone() == (0,)


MONEY = """
with line_refunds as (
    select refund.order_id,
        sum(cents(back.subtotal) - if(bought.taxes_included::boolean, cents(back.total_tax), 0)) as amount
    from newest_line_refund as back
    join newest_refund as refund on refund.id = back.refund_id
    join newest_order as bought on bought.id = refund.order_id group by 1
),
goodwill as (
    select order_id, -sum(cents(amount)) as amount
    from shopify__order_adjustment where kind = 'refund_discrepancy' group by 1
),
gift_cards as (
    select order_id, sum(cents(price) * quantity::int) as amount
    from newest_line where gift_card = 'true' group by 1
),
web as (
    select 'shopify' as system, currency, 1 as orders,
        cents(total_line_items_price) - coalesce(gift_cards.amount, 0)
            + if(taxes_included::boolean, 0, cents(total_tax)) as gross,
        cents(total_discounts) as discount, cents(total_tax) as tax,
        coalesce(line_refunds.amount, 0) + coalesce(goodwill.amount, 0) as refund
    from newest_order
    left join line_refunds on line_refunds.order_id = newest_order.id
    left join goodwill on goodwill.order_id = newest_order.id
    left join gift_cards on gift_cards.order_id = newest_order.id
    where newest_order.id is not null and not isnan(total_price::double)
        and not test::boolean and cancelled_at is null and currency <> 'XXX'
),
till as (
    select 'pos', currency, if(is_return = 'true', 0, 1), if(is_return = 'true', 0, cents(gross_total)),
        if(is_return = 'true', 0, cents(discount_total)), if(is_return = 'true', 0, cents(tax_total)),
        if(is_return = 'true', -cents(net_total), 0)
    from newest_receipt
    where coalesce(receipt_id, '') <> '' and cents(gross_total) is not null
        and try_cast(sold_at as timestamp) is not null and currency <> 'XXX'
)
select system, currency, sum(orders), sum(gross), sum(discount), sum(tax), sum(refund),
    sum(gross - discount - tax - refund)
from (from web union all from till) group by 1, 2 order by 1, 2
"""


def test_the_money_in_the_files_is_the_money_of_the_truth(newest, demo):
    with (demo / "truth/money.csv").open() as file:
        told = [
            (row["system"], row["currency"], int(row["orders"]))
            + tuple(int(Decimal(row[name]) * 100) for name in ("gross", "discount", "tax", "refund", "net"))
            for row in csv.DictReader(file)
        ]
    assert newest.execute(MONEY).fetchall() == told


def test_money_of_people_is_money_of_the_truth(newest, demo):
    people = newest.execute(f"""
        select sum(web_orders + till_orders), sum(web_net + till_net) from '{demo}/truth/people.parquet'
    """).fetchone()
    with (demo / "truth/money.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["currency"] != "CHF"]
    assert people == (sum(int(row["orders"]) for row in rows), sum(Decimal(row["net"]) for row in rows))


RECORDS = f"""
select 'shopify', 'customer', id from shopify__customer where id is not null
union select 'shopify', 'order', id from shopify__order where customer_id is null and id is not null
union select 'loyalty', 'member', member_id from loyalty__member where member_id is not null
union select 'hubspot', 'contact', id from hubspot__contact
    where _fivetran_deleted = 'false' and id is not null and property_email <> ''
union select 'pos', 'receipt', receipt_id from pos__receipt
    where payment_card_token is not null or loyalty_number is not null or customer_email is not null
        or customer_phone not in {PLACEHOLDER_PHONES}
"""


TRUTH = """
select source_system, source_table, source_key from '{demo}/truth/record_persons.parquet'
where (source_system, source_table) in (
    ('shopify', 'customer'), ('shopify', 'order'), ('loyalty', 'member'), ('hubspot', 'contact'), ('pos', 'receipt')
)
"""


def test_every_record_of_the_truth_is_in_the_files_and_the_reverse(raw, demo):
    truth = TRUTH.format(demo=demo)
    assert raw.execute(f"({truth}) except ({RECORDS})").fetchall() == []
    assert raw.execute(f"({RECORDS}) except ({truth})").fetchall() == []


def test_every_record_belongs_to_one_person_and_every_person_has_one(raw, demo):
    rows, keys, persons = raw.execute(
        f"""
        select count(*), count(distinct (source_system, source_table, source_key)), count(distinct person_id)
        from '{demo}/truth/record_persons.parquet'
        """
    ).fetchone()
    assert rows == keys
    assert persons == CUSTOMERS


NEWEST_RECORDS = """
with orders as (from newest_order where customer_id is null and id is not null),
accounts as (from (select distinct * from shopify__customer where id is not null)
    qualify row_number() over (partition by id order by updated_at desc) = 1),
members as (from (select distinct * from loyalty__member where member_id is not null)
    qualify row_number() over (partition by member_id order by updated_at desc) = 1),
contacts as (from (select distinct * from hubspot__contact where _fivetran_deleted = 'false')
    qualify row_number() over (partition by id order by _fivetran_synced desc) = 1),
receipts as (from newest_receipt where receipt_id is not null)
"""


IDENTIFIERS = """
select 'shopify.customer' as source, id as key, 'email' as kind, email as value, null as country from accounts
union all select 'shopify.customer', id, 'phone', phone, null from accounts
union all select 'shopify.order', id, 'email', email, null from orders
union all select 'shopify.order', id, 'phone', shipping_address_phone, shipping_address_country_code
    from orders
union all select 'loyalty.member', member_id, 'email', email, null from members
union all select 'loyalty.member', member_id, 'phone', phone, country_code from members
    join pos__store on store_id = home_store_id
union all select 'loyalty.member', member_id, 'loyalty', loyalty_number, null from members
union all select 'hubspot.contact', id, 'email', property_email, null from contacts
union all select 'hubspot.contact', id, 'email', property_email_1, null from contacts
union all select 'pos.receipt', receipt_id, 'email', customer_email, null from receipts
union all select 'pos.receipt', receipt_id, 'phone', customer_phone, country_code
    from receipts join pos__store using (store_id)
union all select 'pos.receipt', receipt_id, 'loyalty', loyalty_number, null from receipts
union all select 'pos.receipt', receipt_id, 'card', payment_card_token, null from receipts
"""


# Beside identifiers, what people say of themselves: a name with a birth date or with an address.
PORTRAITS = """, portraits as (
    select 'shopify.order' as source, id as key, shipping_address_first_name as first, shipping_address_last_name as last,
        null as born, shipping_address_address_1 as street, shipping_address_zip as zip from orders
    union all select 'loyalty.member', member_id, first_name, last_name, birth_date, null, null from members
    union all select 'hubspot.contact', id, property_firstname, property_lastname, property_date_of_birth, property_address,
        property_zip from contacts
)
select source, key, 'portrait' as kind, concat_ws(' ', first, last, born) as value, null as country
from portraits where first <> '' and last <> '' and born <> ''
union all
select source, key, 'portrait', concat_ws(' ', first, last, street, zip), null
from portraits where first <> '' and last <> '' and street <> ''
"""


def normalised(kind: str, value: str | None, country: str | None) -> str | None:
    """What a careful reader makes of an identifier; None if it is none."""
    value = (value or "").strip()
    if kind == "phone":
        try:
            phone = phonenumbers.parse(value, country)
        except phonenumbers.NumberParseException:
            return None
        genuine = phonenumbers.is_possible_number(phone) and value.strip("09") and value != SHARED_PHONE
        return phonenumbers.format_number(phone, phonenumbers.PhoneNumberFormat.E164) if genuine else None
    if kind == "email":
        local, at, host = value.lower().partition("@")
        local = local.split("+")[0].replace(".", "") if host == "gmail.com" else local
        return f"{local}@{host}" if at and local != "noreply" else None
    return (value.upper() if kind == "loyalty" else value) or None


def pairs(sizes: Counter) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


@pytest.fixture(scope="module")
def true_persons(newest, demo) -> dict[tuple[str, str], str]:
    """The person of each record of the tables above."""
    return {
        (f"{system}.{table}", key): person
        for system, table, key, person in newest.execute(
            f"from '{demo}/truth/record_persons.parquet' semi join ({TRUTH.format(demo=demo)})"
            " using (source_system, source_table, source_key)"
        ).fetchall()
    }


def linked_by(newest: duckdb.DuckDBPyConnection, persons: dict, *queries: str) -> dict:
    """The group of each record, when every value of the queries ties its records together."""
    parent: dict = {}

    def root(node):
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for query in queries:
        for source, key, kind, value, country in newest.execute(NEWEST_RECORDS + query).fetchall():
            if (source, key) in persons and (clean := normalised(kind, value, country)):
                parent[root((source, key))] = root((kind, clean))
    return {record: root(record) for record in persons}


def measured(groups: dict, persons: dict) -> tuple[float, float]:
    """Pairwise precision and recall."""
    both = pairs(Counter((group, persons[record]) for record, group in groups.items()))
    return both / pairs(Counter(groups.values())), both / pairs(Counter(persons.values()))


def test_people_can_nearly_be_found_by_their_identifiers_alone(newest, true_persons):
    """The difficulty is fair: exact linking mistakes few, and comes close to the recall the warehouse is held to."""
    groups = linked_by(newest, true_persons, IDENTIFIERS)
    precision, recall = measured(groups, true_persons)
    linked, true = Counter(groups.values()), Counter(true_persons.values())
    single = sum(linked[groups[record]] == 1 and true[true_persons[record]] > 1 for record in groups)
    assert precision >= 0.998
    assert 0.955 <= recall <= 0.985
    assert single <= 0.015 * len(groups)


def test_the_rest_takes_names_birth_dates_and_addresses(newest, true_persons):
    """Whom no identifier ties is found by what people say of themselves, and nobody else is."""
    by_identifiers, by_all = (
        measured(linked_by(newest, true_persons, *queries), true_persons)
        for queries in ((IDENTIFIERS,), (IDENTIFIERS, PORTRAITS))
    )
    assert by_all[0] >= by_identifiers[0] - 0.0005
    assert by_all[1] >= max(0.97, by_identifiers[1] + 0.007)
