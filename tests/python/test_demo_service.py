"""The demo's service side: parcels, tickets, points, vouchers, subscriptions, opinions, stock, gift cards, clocks."""

import csv
import json
from decimal import Decimal
from math import log, sqrt
from pathlib import Path

import duckdb
import numpy as np
import pytest
import yaml

from orchestration.demo import calendar
from orchestration.demo.effects import read_effects
from orchestration.demo.markets import MARKETS

EFFECTS = read_effects()
ROOT = Path(__file__).parents[2]
KEPT = (
    *("carrier.shipment", "zendesk.user", "zendesk.ticket", "zendesk.ticket_tag", "zendesk.ticket_comment"),
    *("recharge.customer", "recharge.address", "recharge.subscription", "recharge.subscription_history"),
    *("recharge.charge", "recharge.charge_line_item", "loyalty.point_entry", "loyalty.reward_redemption"),
    *("loyalty.voucher", "feedback.review", "feedback.survey_response", "shopify.product_variant"),
)
READ = (
    *KEPT,
    *("shopify.order", "shopify.order_line", "shopify.transaction", "shopify.customer", "shopify.refund"),
    *("loyalty.member", "pos.receipt", "pos.store"),
)


def contracts() -> dict[str, dict]:
    """Key, versions and promises of every source table, and the types of its columns."""
    found = {}
    for file in sorted((ROOT / "models/staging").glob("*/*.yml")):
        for source in yaml.safe_load(file.read_text()).get("sources", []):
            for table in source["tables"]:
                meta = table.get("config", {}).get("meta", {})
                types = {column["name"]: column["data_type"] for column in table["columns"]}
                found[f"{source['name']}.{table['name']}"] = meta | {"types": types}
    return found


CONTRACTS = contracts()


@pytest.fixture(scope="module")
def demo(large_raw) -> Path:
    return large_raw


@pytest.fixture(scope="module")
def raw(demo) -> duckdb.DuckDBPyConnection:
    """Each table twice: `raw_<system>__<table>`, all rows as text, and the newest good version of each key."""
    db = duckdb.connect()
    for table in READ:
        folder, name = demo / "raw" / table.replace(".", "/"), table.replace(".", "__")
        readers = {
            "*.parquet": "select columns(*)::varchar from read_parquet('{}', union_by_name = true)",
            "*.csv*": "from read_csv('{}', all_varchar = true, header = true, union_by_name = true)",
            "*.jsonl": "select columns(*)::varchar from read_json('{}', union_by_name = true)",
        }
        parts = [sql.format(folder / kind) for kind, sql in readers.items() if any(folder.glob(kind))]
        db.execute(f"create table raw_{name} as {' union all by name '.join(f'({part})' for part in parts)}")
        key = ", ".join(f'"{column}"' for column in CONTRACTS[table]["key"])
        versions = "".join(
            f'"{c}" desc nulls last, '
            for c in CONTRACTS[table].get("newest_by", [])
            if c in columns(db, name)
        )
        good = " and ".join(f"not coalesce({test}, false)" for _, test in defects(db, table)) or "true"
        db.execute(
            f'create table "{name}" as select * from raw_{name} where {good}'
            f" qualify row_number() over (partition by {key} order by {versions} hash(raw_{name})) = 1"
        )
    return db


@pytest.fixture(scope="module")
def planted(demo) -> dict:
    return json.loads((demo / "truth/planted.json").read_text())["tables"]


def columns(db: duckdb.DuckDBPyConnection, name: str) -> set[str]:
    return {row[0] for row in db.execute(f"describe raw_{name}").fetchall()}


def defects(db: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    """Every way in which a row of the table can be bad: (reason, a test in SQL that holds for bad rows)."""
    contract, present = CONTRACTS[table], columns(db, table.replace(".", "__"))
    tests = []
    for column, kind in contract["types"].items():
        if column not in present:
            continue
        value = f"""nullif(trim("{column}"), '')"""
        if column in contract["key"]:
            tests.append(("key_missing", f"{value} is null"))
        elif column in contract.get("not_null", []):
            tests.append(("value_missing", f"{value} is null"))
        if kind in ("timestamp", "date"):
            tests.append((f"not_a_{kind}", f"{value} is not null and try_cast({value} as {kind}) is null"))
            if column not in contract.get("long_ago", []):
                tests.append(("before_1990", f"try_cast({value} as {kind}) < '1990-01-01'"))
            if column not in contract.get("ahead", []):
                tests.append(("in_the_future", f"try_cast({value} as {kind}) >= '2026-07-03'"))
        elif kind == "boolean":
            tests.append(("not_a_boolean", f"lower({value}) not in ('true', 'false')"))
        elif kind == "bigint":
            number = f"try_cast({value} as decimal(38, 6))"
            tests.append(("not_a_whole_number", f"{value} is not null and coalesce({number} % 1 <> 0, true)"))
        elif kind.startswith("decimal"):
            finite = f"regexp_matches(lower({value}), '^[+-]?(nan|inf)')"
            tests.append(("not_finite", finite))
            tests.append(("not_a_number", f"not {finite} and try_cast({value} as {kind}) is null"))
        if column in contract.get("currencies", []):
            tests.append(("unknown_currency", f"{value} not in ('GBP', 'EUR', 'USD', 'CHF')"))
        if column in contract.get("quantities", []):
            tests.append(("absurd_quantity", f"abs(try_cast({value} as double)) > 10000"))
    return tests


@pytest.mark.parametrize("table", KEPT)
def test_every_row_is_a_key_an_older_version_a_duplicate_or_bad_for_one_reason(raw, planted, table):
    name, counts, key = table.replace(".", "__"), planted[table], ", ".join(CONTRACTS[table]["key"])
    tests = defects(raw, table)
    reasons = ", ".join(f"sum((coalesce({test}, false))::int)" for _, test in tests)
    many = " + ".join(f"(coalesce({test}, false))::int" for _, test in tests)
    sums = raw.execute(f"select {reasons} from raw_{name}").fetchone()
    found: dict[str, int] = {}
    for (reason, _), count in zip(tests, sums, strict=True):
        if count:
            found[reason] = found.get(reason, 0) + count
    assert found == counts["bad_rows"]
    assert raw.execute(f"select coalesce(max({many}), 0) from raw_{name}").fetchone()[0] <= 1

    rows, distinct, newest = raw.execute(
        f"select (select count(*) from raw_{name}), (select count(*) from (select distinct * from raw_{name})),"
        f" (select count(*) from (select distinct {key} from {name}))"
    ).fetchone()
    assert rows == counts["raw_rows"]
    assert rows - distinct == counts["exact_duplicates"]
    assert distinct == newest + counts["older_versions"] + sum(counts["bad_rows"].values())


@pytest.mark.parametrize("table", ["recharge.customer", "recharge.address", "recharge.charge"])
def test_what_was_deleted_at_the_source_is_counted(raw, planted, table):
    deleted = raw.execute(
        f"select count(*) from {table.replace('.', '__')} where _fivetran_deleted = 'true'"
    ).fetchone()
    assert deleted == (planted[table]["soft_deleted"],)
    assert deleted[0] > 0


REFERENCES = (  # table, column, what it refers to
    ("zendesk__ticket", "requester_id", "select id from zendesk__user"),
    ("zendesk__ticket", "assignee_id", "select id from zendesk__user where role <> 'end-user'"),
    ("zendesk__ticket", "external_id", "select id from shopify__order union select receipt_id from pos__receipt"),
    ("zendesk__ticket_tag", "ticket_id", "select id from zendesk__ticket"),
    ("zendesk__ticket_comment", "ticket_id", "select id from zendesk__ticket"),
    ("zendesk__ticket_comment", "user_id", "select id from zendesk__user"),
    ("zendesk__user", "external_id", "select id from shopify__customer"),
    ("carrier__shipment", "order_reference", "select id from shopify__order union select name from shopify__order"),
    ("recharge__customer", "external_customer_id_ecommerce", "select id from shopify__customer"),
    ("recharge__address", "customer_id", "select id from recharge__customer"),
    ("recharge__subscription", "customer_id", "select id from recharge__customer where _fivetran_deleted = 'false'"),
    ("recharge__subscription", "address_id", "select id from recharge__address"),
    ("recharge__subscription_history", "subscription_id", "select id from recharge__subscription"),
    ("recharge__charge", "external_order_id_ecommerce", "select id from shopify__order"),
    ("recharge__charge_line_item", "charge_id", "select id from recharge__charge where _fivetran_deleted = 'false'"),
    ("recharge__charge_line_item", "purchase_item_id", "select id from recharge__subscription"),
    ("loyalty__point_entry", "member_id", "select member_id from loyalty__member"),
    ("loyalty__point_entry", "order_reference", "select id from shopify__order union select receipt_id from pos__receipt"),
    ("loyalty__voucher", "order_reference", "select id from shopify__order union select receipt_id from pos__receipt"),
    ("loyalty__reward_redemption", "order_reference", "select order_reference from loyalty__point_entry"),
    ("feedback__review", "order_reference", "select id from shopify__order"),
    ("feedback__review", "sku", "select sku from shopify__product_variant"),
)  # fmt: skip


@pytest.mark.parametrize(("table", "column", "among"), REFERENCES)
def test_references_lead_somewhere(raw, table, column, among):
    lost, named = raw.execute(
        f"select count(*) filter ({column} not in ({among})), count(*) from {table} where {column} is not null"
    ).fetchone()
    assert lost == 0
    assert named > 0


def test_no_balance_of_points_is_ever_below_zero_and_old_points_are_gone(raw):
    lowest, forgotten = raw.execute("""
        with balances as (
            select sum(points::bigint) over (partition by member_id order by occurred_at, entry_id) as balance
            from loyalty__point_entry
        ),
        old as (
            select member_id, sum(points::bigint) filter (points::bigint > 0 and expires_at < '2026-07-01') as given,
                -sum(points::bigint) filter (points::bigint < 0) as gone
            from loyalty__point_entry group by member_id
        )
        select (select min(balance) from balances), (select count(*) from old where given > coalesce(gone, 0))
    """).fetchone()
    assert lowest >= 0
    assert forgotten == 0


def test_a_point_is_earned_for_each_whole_unit_without_tax(raw):
    assert raw.execute("""
        with web as (
            select id, floor(subtotal_price::decimal(18, 2)
                - coalesce((select sum(price::decimal(18, 2)) from shopify__order_line as line
                    where line.order_id = shopify__order.id and gift_card = 'true'), 0)
                - if(taxes_included::boolean, total_tax::decimal(18, 2), 0)) as whole
            from shopify__order
        ),
        tills as (select receipt_id, floor(net_total::decimal(18, 2)) as whole from pos__receipt)
        select count(*) from loyalty__point_entry as entry
        left join web on web.id = entry.order_reference left join tills on receipt_id = entry.order_reference
        where entry_type = 'earn' and points::bigint <> coalesce(web.whole, tills.whole)
    """).fetchone() == (0,)


def test_a_reward_is_an_entry_and_a_voucher_pays_for_one_purchase_in_its_time(raw):
    assert raw.execute("""
        select count(*) from loyalty__reward_redemption as reward
        left join loyalty__point_entry as entry on entry.order_reference = reward.order_reference
            and entry_type = 'redeem' and points::bigint = -points_spent::bigint and occurred_at = redeemed_at
        where entry_id is null
    """).fetchone() == (0,)
    wrong, kinds, used, purchases = raw.execute("""
        select count(*) filter (redeemed_at is not null and redeemed_at not between issued_at and expires_at),
            count(distinct kind), count(redeemed_at), count(distinct order_reference) from loyalty__voucher
    """).fetchone()
    assert (wrong, kinds) == (0, 5)
    assert used == purchases > 0


def test_subscriptions_go_only_where_subscriptions_can_go(raw):
    """Never charged nor paused while cancelled; the newest state is the subscription; nothing is planned when over."""
    wrong_order, wrong_now, overdue = raw.execute(
        """
        with states as (
            select *, lag(status) over one as before, lag(next_charge_scheduled_at) over one as planned_before,
                row_number() over (partition by subscription_id order by updated_at desc) = 1 as is_newest
            from subscription_history
            window one as (partition by subscription_id order by updated_at)
        )
        select
            (select count(*) from states where (status = 'cancelled' and (before is null or before = 'cancelled'
                or next_charge_scheduled_at is not null or cancelled_at is null or cancellation_reason is null))
                or (status = 'active' and cancelled_at is not null)
                or (before = 'cancelled' and next_charge_scheduled_at is null)),
            (select count(*) from states join recharge__subscription as now on now.id = subscription_id
                where is_newest and (now.status <> states.status or now.updated_at <> states.updated_at)),
            (select count(*) from states where next_charge_scheduled_at <= updated_at)
    """.replace("subscription_history", "recharge__subscription_history")
    ).fetchone()
    assert (wrong_order, wrong_now, overdue) == (0, 0, 0)
    reasons = {
        row[0]
        for row in raw.execute("select distinct cancellation_reason from recharge__subscription").fetchall()
    }
    assert {"too expensive", "max number of charge attempts reached"} <= reasons
    paused, reactivated = raw.execute("""
        select count(*) filter (status = 'active' and next_charge_scheduled_at is null),
            count(*) filter (status = 'active' and before = 'cancelled')
        from (select *, lag(status) over (partition by subscription_id order by updated_at) as before
            from recharge__subscription_history)
    """).fetchone()
    assert paused > 0
    assert reactivated > 0


def test_a_charge_that_went_well_is_an_order_to_the_cent(raw):
    paid, wrong, orders = raw.execute("""
        select count(*) filter (charge.status in ('success', 'refunded', 'partially_refunded')),
            count(*) filter ((charge.status in ('success', 'refunded', 'partially_refunded')) <> (bought.id is not null)
                or abs(bought.total_price::double - charge.total_price::double) > 0.001
                or bought.customer_id <> customer.external_customer_id_ecommerce
                or bought.source_name <> 'subscription_contract'
                or bought.created_at <> charge.processed_at),
            (select count(*) from shopify__order where source_name = 'subscription_contract'
                and id::bigint not between 5209000000 and 5209999999)
        from recharge__charge as charge
        join recharge__customer as customer on customer.id = charge.customer_id
        left join shopify__order as bought on bought.id = external_order_id_ecommerce
    """).fetchone()
    assert wrong == 0
    assert paid == orders > 0


def test_cancellations_and_failures_are_as_frequent_as_planted(raw):
    paid = raw.execute(
        "select count(*) from recharge__charge where external_order_id_ecommerce is not null"
    ).fetchone()[0]
    failed, cancelled = raw.execute("""
        select count(*) filter (cancellation_reason like 'max number%'),
            count(*) filter (cancellation_reason not like 'max number%')
        from recharge__subscription_history
    """).fetchone()
    for found, planted_share in (
        (failed, EFFECTS.failed_per_charge),
        (cancelled, EFFECTS.cancelled_per_charge),
    ):
        assert abs(found - planted_share * paid) < 4 * sqrt(planted_share * paid)


def test_late_parcels_bring_tickets_as_planted(raw):
    parcels, tickets = zip(
        *raw.execute("""
            with parcels as (
                select coalesce(named.id, order_reference) as order_id,
                    coalesce(delivered_at::timestamp, '2026-07-01') > promised_delivery_at::timestamp + interval 2 day as late
                from carrier__shipment left join shopify__order as named on named.name = order_reference
            )
            select count(*), count(external_id) from parcels
            left join zendesk__ticket on external_id = order_id group by late order by late
        """).fetchall(),
        strict=True,
    )
    ratio = log(tickets[1] / parcels[1]) - log(tickets[0] / parcels[0])
    spread = sqrt(1 / tickets[0] + 1 / tickets[1])
    assert abs(ratio - log(EFFECTS.late_parcel_ticket_factor)) < 3 * spread


def test_late_parcels_cost_recommendations_as_planted(raw, demo):
    answers = raw.execute(f"""
        with parcels as (
            select person_id, delivered_at::timestamp as delivered_at,
                delivered_at::timestamp > promised_delivery_at::timestamp + interval 2 day as late
            from carrier__shipment join shopify__order as bought on bought.id = order_reference
            join '{demo}/truth/record_persons.parquet' as truth on source_key = customer_id
                and truth.source_system = 'shopify' and truth.source_table = 'customer'
            where delivered_at is not null
        )
        select late, avg(score::int), var_samp(score::int) / count(*)
        from feedback__survey_response as answer
        join '{demo}/truth/record_persons.parquet' as truth
            on truth.source_table = 'survey_response' and truth.source_key = response_id
        asof join parcels on parcels.person_id = truth.person_id and delivered_at <= responded_at::timestamp
        where survey = 'nps' and responded_at::timestamp < delivered_at + interval 9 day
        group by late order by late
    """).fetchall()
    (_, content, spread), (_, annoyed, wider) = answers
    assert abs(content - annoyed - EFFECTS.late_parcel_nps_drop) < 3 * sqrt(spread + wider)


def test_replies_come_after_questions_and_solved_tickets_have_one(raw):
    assert raw.execute("""
        with first_words as (
            select ticket_id, min(created) filter (user_id < '36') as replied_at, min(created) as asked_at
            from zendesk__ticket_comment where public = 'true' group by ticket_id
        )
        select count(*) filter (asked_at <> created_at), count(*) filter (replied_at <= created_at),
            count(*) filter (status in ('solved', 'closed') and replied_at is null)
        from zendesk__ticket join first_words on ticket_id = zendesk__ticket.id
    """).fetchone() == (0, 0, 0)


def test_nothing_is_sold_on_the_web_while_it_is_sold_out(raw, demo):
    sold, gaps, back = raw.execute(f"""
        with gaps as (from read_csv('{demo}/truth/stock_outs.csv'))
        select
            (select count(*) from gaps join shopify__order_line using (sku)
                join shopify__order on shopify__order.id = order_id
                where created_at::timestamp >= sold_out_at and (back_at is null or created_at::timestamp < back_at)),
            (select count(*) from gaps),
            (select count(*) from gaps join shopify__product_variant as now using (sku)
                where (back_at is not null) = now.available_for_sale::boolean
                and now.updated_at::timestamp = coalesce(back_at, sold_out_at))
    """).fetchone()
    assert sold == 0
    assert back == gaps > 5


def test_gift_cards_are_no_revenue_and_are_spent_after_they_were_sold(raw, demo):
    with (demo / "truth/money.csv").open() as file:
        told = {
            row["currency"]: Decimal(row["gift_card"])
            for row in csv.DictReader(file)
            if row["system"] == "shopify" and row["currency"] != "CHF"
        }
    sold = dict(
        raw.execute("""
            select currency, sum(price::decimal(18, 2) * quantity::int) from shopify__order_line as line
            join shopify__order as bought on bought.id = order_id
            where gift_card = 'true' and cancelled_at is null and test = 'false' group by 1
        """).fetchall()
    )
    assert sold == told
    spent = dict(
        raw.execute("""
            select currency, sum(amount::decimal(18, 2)) from shopify__transaction
            where gateway = 'gift_card' and kind = 'sale' group by 1
        """).fetchall()
    )
    assert all(0 < spent[currency] <= sold[currency] for currency in sold)
    alone, taxed = raw.execute("""
        select count(*) filter (cards = lines), count(*) filter (cards = lines and total_tax::double <> 0)
        from (select order_id, count(*) as lines, count(*) filter (gift_card = 'true') as cards
            from shopify__order_line group by 1)
        join shopify__order on shopify__order.id = order_id
    """).fetchone()
    assert alone > 0
    assert taxed == 0


def test_what_was_paid_is_what_orders_come_to(raw):
    assert raw.execute("""
        with paid as (
            select order_id, round(sum(amount::double), 2) as amount from shopify__transaction
            where kind = 'sale' group by 1
        )
        select count(*) from shopify__order left join paid on order_id = shopify__order.id
        where abs(total_price::double - coalesce(amount, 0)) > 0.001 and id::bigint not between 5209000000 and 5209999999
    """).fetchone() == (0,)


def test_stores_keep_local_hours_all_year_but_for_the_long_nights(raw):
    rows = raw.execute("""
        select country_code, hour(clock), month(clock) in (10, 11) and hour(clock) < 6, count(*),
            count(*) filter (clock::date <> sold_at::date)
        from (select *, sold_at::timestamp at time zone 'UTC' at time zone timezone as clock
            from pos__receipt join pos__store using (store_id)) group by all
    """).fetchall()
    assert all(9 <= hour < 22 or night for _, hour, night, *_ in rows)
    assert {country for country, _, _, _, other_day in rows if other_day} >= {"US"}
    assert any(night for _, _, night, *_ in rows)


def test_the_hour_that_strikes_twice_has_two_moments_and_the_skipped_one_none():
    clock = np.array(["2025-10-26T02:30", "2025-10-26T02:31", "2026-03-29T02:30", "2025-07-01T09:00"])
    wall = clock.astype("datetime64[s]").astype(np.int64)
    berlin = np.full(len(wall), [market.code for market in MARKETS].index("DE"))
    utc = calendar.utc_of(berlin, wall).astype("datetime64[s]").astype(str)
    assert utc.tolist() == [
        "2025-10-26T00:30:00",
        "2025-10-26T01:31:00",
        "2026-03-29T01:00:00",
        "2025-07-01T07:00:00",
    ]
    once = wall[[0, 1, 3]]
    assert calendar.wall_of(berlin[:3], calendar.utc_of(berlin[:3], once)).tolist() == once.tolist()


def test_the_account_export_has_words_for_booleans_and_nothing_for_null(demo):
    text = next((demo / "raw/shopify/customer").glob("*.csv")).read_text()
    assert '"True"' in text
    assert '"False"' in text
    assert ',"",' in text
