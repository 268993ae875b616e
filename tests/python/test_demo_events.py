"""The demo's web and app events: they agree with the orders, and what was planted can be found in the raw files."""

import json
from math import sqrt
from pathlib import Path

import duckdb
import pytest
from conftest import LARGE

from orchestration.demo import generate
from orchestration.demo.effects import read_effects
from orchestration.demo.experiments import EXPERIMENTS

TABLES = (
    "pages", "screens", "identifies", "products_searched", "product_viewed", "product_added", "product_removed",
    "checkout_started", "order_completed", "experiment_viewed", "product_shared", "push_notification_received",
    "push_notification_tapped", "in_app_message_viewed", "in_app_message_clicked",
)  # fmt: skip


def read(folder: Path) -> duckdb.DuckDBPyConnection:
    """A view of each event table of a retailer (`occurred_at` is its time), the newest orders, and the truth."""
    db = duckdb.connect()
    for table in TABLES:
        path = f"{folder}/raw/segment/{table}"
        files = {
            "product_shared": f"read_json('{path}/*.jsonl')",
            "product_removed": f"read_csv('{path}/*.csv.gz', all_varchar = true)",
            "in_app_message_clicked": f"read_csv('{path}/*.csv.gz', all_varchar = true)",
        }.get(table, f"read_parquet('{path}/**/*.parquet', hive_partitioning = false, filename = true)")
        db.execute(f"""
            create view {table} as
            select distinct on (id) * replace (user_id::varchar as user_id), try_cast(timestamp as timestamp) as occurred_at
            from {files} where id is not null and occurred_at between '2023-07-01' and '2026-07-01'
        """)
    db.execute(f"""
        create view people as from '{folder}/truth/people.parquet';
        create view devices as select source_key as anonymous_id, person_id
            from '{folder}/truth/record_persons.parquet' where source_system = 'segment';
        create table accounts as select distinct on (id) id::varchar as id, created_at
            from read_parquet('{folder}/raw/shopify/customer/*.parquet', union_by_name = true) where id is not null;
        create table orders as
            select distinct on (id) * from read_parquet('{folder}/raw/shopify/order/*.parquet', union_by_name = true)
            where id is not null and id % 10000000 < 9000000 and not test and source_name <> 'subscription_contract'
            order by id, updated_at desc;
    """)
    return db


@pytest.fixture(scope="module")
def folder(large_raw) -> Path:
    return large_raw


@pytest.fixture(scope="module")
def demo(folder) -> duckdb.DuckDBPyConnection:
    return read(folder)


def one(db: duckdb.DuckDBPyConnection, query: str) -> tuple:
    return db.execute(query).fetchall()[0]


def test_there_are_about_fifty_events_to_a_customer(folder, demo):
    tables = json.loads((folder / "truth/planted.json").read_text())["tables"]
    events = sum(counts["raw_rows"] for name, counts in tables.items() if name.startswith("segment."))
    assert 45 < events / LARGE < 60


def test_orders_and_their_events_agree(demo):
    tracked, orders, wrong = one(
        demo,
        """
        select
            count(done.order_id),
            count(*),
            count(*) filter (
                done.order_id is not null
                and (
                    done.total <> total_price
                    or done.currency <> orders.currency
                    or done.user_id is distinct from customer_id::varchar
                    or coalesce(context_device_type, 'web') <> source_name
                    or date_diff('second', created_at, occurred_at) not between 1 and 10
                )
            )
        from orders
        left join order_completed as done on done.order_id = orders.id::varchar and done.currency <> 'EURO'
        """,
    )
    assert wrong == 0
    assert tracked / orders == pytest.approx(0.96, abs=0.01)
    assert one(
        demo, "select count(*) from order_completed anti join orders on order_id = orders.id::varchar"
    ) == (0,)


def test_abandoned_checkouts_have_begun(folder, demo):
    begun, left = one(
        demo,
        f"""
        select count(checkout_started.id), count(*)
        from (select distinct id, created_at from '{folder}/raw/shopify/abandoned_checkout/*.parquet') as left_behind
        asof left join checkout_started
            on created_at >= occurred_at and created_at - occurred_at < interval 10 minutes
        """,
    )
    assert begun / left > 0.95


def test_nobody_is_signed_in_before_the_account_exists(demo):
    for table in ("pages", "screens", "identifies", "push_notification_received"):
        early = f"select count(*) from {table} inner join accounts on accounts.id = user_id where occurred_at < created_at"
        assert one(demo, early) == (0,), table


def test_events_arrive_after_they_happen_and_some_days_late(demo):
    before, late, far = one(
        demo,
        """
        select
            count(*) filter (received_at < occurred_at),
            avg((received_at > occurred_at + interval 1 day)::int),
            count(*) filter (received_at >= '2026-07-02')
        from pages
        """,
    )
    assert (before, far) == (0, 0)
    assert late == pytest.approx(0.01, abs=0.002)


def test_the_folder_of_a_file_is_the_month_of_its_events(demo):
    for table in ("pages", "screens", "product_viewed"):
        astray = f"select count(*) from {table} where filename not like '%occurred_month=' || strftime(occurred_at, '%Y-%m') || '/%'"
        assert one(demo, astray) == (0,), table


def test_one_device_is_a_robot(demo):
    pages = demo.execute(
        "select count(*) as n from pages group by anonymous_id order by n desc limit 2"
    ).fetchall()
    assert pages[0][0] == 3000
    assert pages[1][0] < 1500


def test_devices_are_shared_and_forgotten(demo):
    tablets, forgetful = one(
        demo,
        """
        select
            (select count(*) from (select 1 from identifies group by anonymous_id having count(distinct email) > 1)),
            (select count(*) from (select 1 from devices group by person_id having count(*) > 1))
        """,
    )
    assert tablets > 20
    assert forgetful > 1000


CHANNEL = """
    case
        when context_campaign_medium = 'cpc' then 'paid_search'
        when context_campaign_medium is not null then context_campaign_medium
        when context_page_referrer like 'https://hearth-and-thread%' then null
        when context_page_referrer is not null then 'organic_search'
        else 'direct'
    end
"""


def test_the_first_visit_tells_what_brought_people(demo):
    """Of those whose first visit was on a device that somebody later signed in on; a store leaves no trace."""
    same, people = one(
        demo,
        f"""
        with first_pages as (
            select person_id, arg_min({CHANNEL}, occurred_at) as channel
            from pages inner join devices using (anonymous_id) group by 1
        )
        select count(*) filter (channel = acquisition), count(*)
        from first_pages inner join people using (person_id) where acquisition not in ('store', 'direct')
        """,
    )
    assert people > 3000
    assert same / people > 0.75


def ratio_of_orders(db: duckdb.DuckDBPyConnection, group: str, others: str) -> tuple[float, float]:
    """Mean orders of a group of buyers over that of others, without subscriptions; and its standard error."""
    means, errors = [], []
    for chosen in (group, others):
        mean, deviation, count = one(
            db,
            f"""
            select avg(n), stddev(n), count(*)
            from (select *, web_orders + till_orders - subscription_orders as n from people) where n > 0 and ({chosen})
            """,
        )
        means.append(mean)
        errors.append(deviation / sqrt(count) / mean)
    ratio = means[0] / means[1]
    return ratio, ratio * sqrt(errors[0] ** 2 + errors[1] ** 2)


HERO = "first_product = (select mode(first_product) from people)"
ORDINARY = f"acquisition not in ('paid_social', 'referral') and not ({HERO})"


@pytest.mark.parametrize(
    ("group", "planted"),
    [
        (f"acquisition = 'paid_social' and not ({HERO})", "channel_ltv_factor.paid_social"),
        (f"acquisition not in ('paid_social', 'referral') and {HERO}", "hero_ltv_factor"),
    ],
)
def test_what_customers_are_worth_can_be_found(demo, group, planted):
    field, _, channel = planted.partition(".")
    size = getattr(read_effects(), field)
    ratio, error = ratio_of_orders(demo, group, ORDINARY)
    assert ratio == pytest.approx(size[channel] if channel else size, abs=3 * error)
    assert error < 0.1


def lift(db: duckdb.DuckDBPyConnection, experiment: str) -> tuple[float, float]:
    """How much more often B's visitors ordered than A's until the end of the test; and its standard error."""
    ends = next(str(test.ends) for test in EXPERIMENTS if test.key == experiment)
    rates = db.execute(f"""
        with accounts_of as (
            select anonymous_id, max(user_id) as user_id
            from (from (select anonymous_id, user_id from identifies) union all (select anonymous_id, user_id from order_completed))
            group by 1
        ),
        shown as (
            select coalesce(known.user_id, anonymous_id) as visitor, variation_id, min(occurred_at) as shown_at
            from experiment_viewed left join accounts_of as known using (anonymous_id)
            where experiment_id = '{experiment}' group by all
        ),
        bought as (
            select coalesce(known.user_id, anonymous_id) as visitor, max(occurred_at) as bought_at
            from order_completed left join accounts_of as known using (anonymous_id)
            where occurred_at < '{ends}' group by 1
        )
        select avg((coalesce(bought_at, '2000-01-01') >= shown_at)::int) as rate, count(*)
        from shown left join bought using (visitor) group by variation_id order by variation_id
    """).fetchall()
    (a, n), (b, m) = rates
    return b / a - 1, b / a * sqrt((1 - a) / (a * n) + (1 - b) / (b * m))


@pytest.mark.parametrize("test", EXPERIMENTS, ids=lambda test: test.key)
def test_the_lift_of_an_experiment_can_be_found(demo, test):
    planted = getattr(read_effects(), test.lift)
    found, error = lift(demo, test.key)
    assert found == pytest.approx(planted, abs=3 * error)
    assert error < 0.06


def test_nobody_sees_both_variations(demo):
    both = """
        select count(*) from (
            select 1 from experiment_viewed inner join devices using (anonymous_id)
            group by person_id, experiment_id having count(distinct variation_id) > 1
        )
    """
    assert one(demo, both) == (0,)


def test_other_effects_are_found_as_well(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(
        "[experiments]\ncheckout_button_lift = 0.40\n\n[acquisition]\nchannel_ltv_factor = {paid_social = 1.0}\n"
    )
    generate(tmp_path / "demo", 10_000, 7, read_effects(file))
    db = read(tmp_path / "demo")
    found, error = lift(db, "EXP-7")
    assert found == pytest.approx(0.40, abs=3 * error)
    ratio, error = ratio_of_orders(db, f"acquisition = 'paid_social' and not ({HERO})", ORDINARY)
    assert ratio == pytest.approx(1.0, abs=3 * error)
    used = json.loads((tmp_path / "demo/truth/effects.json").read_text())
    assert used["checkout_button_lift"] == 0.40
    assert used["channel_ltv_factor"]["paid_social"] == 1.0
