"""The effects planted in the demo are found again in what `make demo` built: each by SQL, within its own chance error."""

import csv
from math import log, sqrt

import duckdb
import pytest

from orchestration.demo.experiments import EXPERIMENTS
from orchestration.warehouse import Paths

SURE = 3  # standard errors


@pytest.fixture(scope="module")
def planted(demo: Paths) -> dict[str, float]:
    with open(demo.root / "truth" / "planted_effects.csv") as stream:
        return {row["name"]: float(row["planted_size"]) for row in csv.DictReader(stream)}


@pytest.fixture(scope="module")
def warehouse(demo: Paths):
    """The work file, with what only the truth knows: who was held out, and whose each record is."""
    with duckdb.connect(str(demo.warehouse), read_only=True) as connection:
        for table in ("record_persons", "campaign_holdouts"):
            connection.execute(f"create temp view {table} as from '{demo.root}/truth/{table}.parquet'")
        yield connection


def test_late_parcels_bring_tickets(warehouse, planted):
    (usual, few), (late, many) = warehouse.execute(
        """
        with parcels as (
            select
                coalesce(named.order_id::varchar, order_reference) as order_id,
                coalesce(delivered_at, timestamp '2026-07-01') > promised_delivery_at + interval 2 days as is_late
            from staging.stg_carrier__shipments
            left join staging.stg_shopify__orders as named on named.order_name = order_reference
        )
        select count(*), count(ticket_id)
        from parcels
        left join staging.stg_zendesk__tickets on external_id = parcels.order_id
        group by is_late
        order by is_late
        """
    ).fetchall()
    found, error = log(many / late) - log(few / usual), sqrt(1 / few + 1 / many)
    assert abs(found - log(planted["late_parcel_ticket_factor"])) < SURE * error
    assert found > SURE * error


BUYERS = """
    counted as (
        select orders.order_id, orders.customer_id, orders.ordered_at
        from marts.orders
        left join staging.stg_shopify__orders as web
            on orders.source_system = 'shopify' and orders.source_key = web.order_id::varchar
        where customer_id is not null and not is_return_only and coalesce(source_name, '') <> 'subscription_contract'
    ),
    buyers as (
        select customer_id, count(*) as orders, arg_min(order_id, ordered_at) as first_order_id
        from counted
        group by customer_id
    )
"""
CAME_BY = f"""
    {BUYERS},
    devices as (
        select device_id, any_value(customer_id) as customer_id
        from (
            select device_id, shop_customer_id from staging.stg_segment__identifies
            union
            select device_id, shop_customer_id from staging.stg_segment__orders_completed
        )
        inner join marts.customer_identities
            on source_system = 'shopify' and source_table = 'customer' and source_key = shop_customer_id::varchar
        group by device_id
        having count(distinct customer_id) = 1
    ),
    first_visits as (
        select customer_id, arg_min(coalesce(utm_medium, 'none'), occurred_at) as medium
        from staging.stg_segment__page_views
        inner join devices using (device_id)
        group by customer_id
    ),
    grouped as (
        select
            orders,
            case medium when 'paid_social' then 'planted' when 'none' then 'others' end as arm
        from buyers
        inner join first_visits using (customer_id)
    )
"""
BEGAN_WITH = f"""
    {BUYERS},
    began as (
        select customer_id, orders, arg_min(product_id, order_item_id) as product_id
        from buyers
        inner join marts.order_items on order_id = first_order_id
        group by customer_id, orders
    ),
    grouped as (
        select orders, case product_id when (select mode(product_id) from began) then 'planted' else 'others' end as arm
        from began
    )
"""


@pytest.mark.parametrize(
    ("effect", "groups"), [("channel_ltv_factor.paid_social", CAME_BY), ("hero_ltv_factor", BEGAN_WITH)]
)
def test_what_began_a_customer_tells_what_the_customer_is_worth(warehouse, planted, effect, groups):
    (others, spread, rest), (mean, wider, chosen) = warehouse.execute(
        f"with {groups} select avg(orders), stddev(orders), count(*) from grouped where arm is not null"
        " group by arm order by arm"
    ).fetchall()
    found = mean / others
    error = found * sqrt((spread / others) ** 2 / rest + (wider / mean) ** 2 / chosen)
    assert error < 0.2
    assert abs(found - planted[effect]) < SURE * error
    assert abs(found - 1) > SURE * error


def test_a_large_campaign_brings_orders(warehouse, planted):
    """With three hundred orders after a campaign only the direction is likely, and the size roughly."""
    (sent, sent_bought), (held, held_bought) = warehouse.execute(
        """
        with customers_of as (
            select person_id, any_value(customer_id) as customer_id
            from record_persons
            inner join marts.customer_identities using (source_system, source_table, source_key)
            group by person_id
        ),
        large as (select distinct campaign_id, sent_at from campaign_holdouts),
        arms as (
            select person_id, campaign_id, sent_at, true as is_held_out
            from campaign_holdouts
            union
            select person_id, campaign_id, sent_at, false
            from staging.stg_klaviyo__events
            inner join large using (campaign_id)
            inner join record_persons
                on source_system = 'klaviyo' and source_table = 'person' and source_key = email_profile_id
            where event_type in ('received_email', 'bounced_email')
        )
        select
            count(*),
            count(*) filter (exists (
                select 1 from marts.orders
                where orders.customer_id = customers_of.customer_id and not is_return_only
                    and ordered_at >= sent_at and ordered_at < sent_at + interval 7 days
            ))
        from arms
        inner join customers_of using (person_id)
        group by is_held_out
        order by is_held_out
        """
    ).fetchall()
    found = log(sent_bought / sent) - log(held_bought / held)
    error = sqrt(1 / sent_bought + 1 / held_bought)
    assert error < 0.25
    assert abs(found - log(1 + planted["campaign_lift"])) < SURE * error


@pytest.mark.parametrize("test", EXPERIMENTS, ids=lambda test: test.key)
def test_an_experiment_is_about_as_good_as_planted(warehouse, planted, test):
    (a, n), (b, m) = warehouse.execute(
        """
        with accounts as (
            select device_id, max(shop_customer_id)::varchar as visitor
            from (
                select device_id, shop_customer_id from staging.stg_segment__identifies
                union all
                select device_id, shop_customer_id from staging.stg_segment__orders_completed
            )
            group by device_id
        ),
        shown as (
            select coalesce(visitor, device_id) as visitor, variation_id, min(occurred_at) as shown_at
            from staging.stg_segment__experiment_views
            left join accounts using (device_id)
            where experiment_id = $key
            group by all
        ),
        bought as (
            select coalesce(visitor, device_id) as visitor, max(occurred_at) as bought_at
            from staging.stg_segment__orders_completed
            left join accounts using (device_id)
            where occurred_at < $ends
            group by all
        )
        select avg((coalesce(bought_at, '2000-01-01') >= shown_at)::int), count(*)
        from shown
        left join bought using (visitor)
        group by variation_id
        order by variation_id
        """,
        {"key": test.key, "ends": str(test.ends)},
    ).fetchall()
    found, error = b / a - 1, b / a * sqrt((1 - a) / (a * n) + (1 - b) / (b * m))
    assert error < 0.15
    assert abs(found - planted[test.lift]) < SURE * error


@pytest.mark.parametrize(
    ("effect", "reason"),
    [("failed_per_charge", "like 'max number%'"), ("cancelled_per_charge", "not like 'max number%'")],
)
def test_subscriptions_end_as_often_as_planted(warehouse, planted, effect, reason):
    paid, ended = warehouse.execute(
        f"""
        select
            (select count(*) from staging.stg_recharge__charges where order_id is not null),
            (select count(*) from staging.stg_recharge__subscription_versions where cancellation_reason {reason})
        """
    ).fetchall()[0]
    usual = planted[effect] * paid
    assert usual > 8
    assert abs(ended - usual) < SURE * sqrt(usual)
