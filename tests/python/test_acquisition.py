"""What brought the demo's customers, what they cost and what they are worth: found again in the marts, each within its own chance error."""

import csv
from math import sqrt
from pathlib import Path

import duckdb
import pytest

from orchestration.warehouse import Paths

SURE = 3  # standard errors
PAID = ("paid_search", "paid_social", "affiliate", "display")
SPEND_NOISE = 0.05  # of a campaign's month
# Channels of customers as usual, which are only told by what a link or a referrer says. Direct is not among them: whoever came by an
# advertisement on a device of which nobody ever heard again looks, later, as if they had come by themselves.
ORDINARY = "('organic_search', 'paid_search', 'affiliate', 'display', 'email')"
HERO = "(select mode(first_product_id) from marts.customer_acquisition)"


@pytest.fixture(scope="module")
def planted(demo: Paths) -> dict[str, float]:
    with (demo.root / "truth" / "planted_effects.csv").open() as stream:
        return {row["name"]: float(row["planted_size"]) for row in csv.DictReader(stream)}


@pytest.fixture(scope="module")
def warehouse(demo: Paths):
    """The work file, with what only the truth knows: whose each record is, and what brought people."""
    with duckdb.connect(str(demo.warehouse), read_only=True) as connection:
        for table in ("record_persons", "people"):
            connection.execute(f"create temp view {table} as from '{demo.root}/truth/{table}.parquet'")
        yield connection


@pytest.fixture(scope="module")
def new_customers(demo: Paths) -> dict[str, list[int]]:
    """By channel: how many each campaign truly brought in each month."""
    counts: dict[str, list[int]] = {channel: [] for channel in PAID}
    with Path(demo.root / "truth" / "ad_spend.csv").open() as stream:
        for row in csv.DictReader(stream):
            counts[row["channel"]].append(int(row["new_customers"]))
    return counts


def of_channel(warehouse, channel: str) -> tuple[float, int]:
    """Spend and customers acquired, all months together."""
    ((spend, customers),) = warehouse.execute(
        "select sum(spend), sum(customers_acquired) from marts.ltv_by_acquisition_channel where acquisition_channel = ?",
        [channel],
    ).fetchall()
    return float(spend), int(customers)


@pytest.mark.parametrize("channel", PAID)
def test_spend_comes_to_the_planted_cost_of_each_new_customer(warehouse, planted, new_customers, channel):
    """Of all platforms, in one currency, counted for the channel that it pays for."""
    spend, _ = of_channel(warehouse, channel)
    brought = new_customers[channel]
    expected = planted[f"acquisition_cost.{channel}"]
    error = expected * SPEND_NOISE * sqrt(sum(n * n for n in brought)) / sum(brought)
    assert abs(spend / sum(brought) - expected) < SURE * error


@pytest.mark.parametrize("channel", PAID)
def test_cac_is_the_planted_cost_but_for_first_visits_that_nobody_can_know(
    warehouse, planted, new_customers, channel
):
    """Who is counted for a channel came by it; who is not came on a device on which nobody signed in or bought later."""
    spend, customers = of_channel(warehouse, channel)
    ((rightly,),) = warehouse.execute(
        """
        with persons as (
            select customer_id, any_value(person_id) as person_id
            from marts.customer_identities
            inner join record_persons using (source_system, source_table, source_key)
            group by customer_id
        )
        select count(*) filter (acquisition = acquisition_channel)
        from marts.customer_acquisition
        inner join persons using (customer_id)
        inner join people using (person_id)
        where acquisition_channel = ?
        """,
        [channel],
    ).fetchall()
    assert rightly > 0.95 * customers
    tracked = rightly / sum(new_customers[channel])
    assert 0.6 < tracked < 1
    cac, expected = spend / customers, planted[f"acquisition_cost.{channel}"]
    assert cac > expected
    assert cac * tracked == pytest.approx(expected, rel=0.05)


@pytest.mark.parametrize(
    ("effect", "chosen", "others"),
    [
        (
            "channel_ltv_factor.paid_social",
            "acquisition_channel = 'paid_social'",
            f"acquisition_channel in {ORDINARY}",
        ),
        (
            "channel_ltv_factor.referral",
            "acquisition_channel = 'referral'",
            f"acquisition_channel in {ORDINARY}",
        ),
        ("hero_ltv_factor", f"first_product_id = {HERO}", f"first_product_id <> {HERO}"),
    ],
)
def test_what_began_a_customer_tells_how_often_they_order(warehouse, planted, effect, chosen, others):
    (rest, spread, many), (mean, wider, few) = warehouse.execute(
        f"""
        with counted as (
            select customer_id, count(*) as orders
            from marts.orders
            left join staging.stg_shopify__orders as web
                on orders.source_system = 'shopify' and orders.source_key = web.order_id
            where not is_return_only and coalesce(source_name, '') <> 'subscription_contract'
            group by customer_id
        ),
        grouped as (
            select orders, case when {chosen} then 'chosen' when {others} then 'as usual' end as arm
            from marts.customer_acquisition
            inner join counted using (customer_id)
        )
        select avg(orders), stddev(orders), count(*) from grouped where arm is not null group by arm order by arm
        """
    ).fetchall()
    found = mean / rest
    error = found * sqrt((spread / rest) ** 2 / many + (wider / mean) ** 2 / few)
    assert error < 0.2
    assert abs(found - planted[effect]) < SURE * error


def test_what_is_told_of_a_visit_is_what_brought_the_person(warehouse):
    """Of customers with a first touch that tells a channel, nearly all came by that channel."""
    told = warehouse.execute(
        """
        with persons as (
            select customer_id, any_value(person_id) as person_id
            from marts.customer_identities
            inner join record_persons using (source_system, source_table, source_key)
            group by customer_id
        )
        select acquisition_channel, avg((acquisition = acquisition_channel)::int), count(*)
        from marts.customer_acquisition
        inner join persons using (customer_id)
        inner join people using (person_id)
        where acquisition_channel in ('organic_search', 'paid_search', 'paid_social', 'affiliate', 'display', 'email', 'referral')
        group by acquisition_channel
        """
    ).fetchall()
    assert len(told) == 7
    assert all(right > 0.9 and customers > 50 for _, right, customers in told), told


def test_sessions_hold_every_order_that_an_event_tells_of(warehouse):
    ((events, orders),) = warehouse.execute(
        "select (select count(*) from staging.stg_segment__orders_completed where device_id is not null), sum(orders) from marts.sessions"
    ).fetchall()
    assert events == orders
