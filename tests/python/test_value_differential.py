"""I-26: segments, values, cohorts and retention of the demo, computed a second time from its orders by Polars, to the cent.

Written from the definitions and not from the SQL: a window of its own for each month end, ranks instead of cuts, a loop over months.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import duckdb
import polars as pl
import pytest

from orchestration.warehouse import Paths

AS_OF = date(2026, 6, 30)
WINDOW = 24  # months
LEAST = 50  # customers of a first product that has cohorts of its own
DIMENSIONS = ("acquisition_channel", "first_product", "first_product_type", "country_code")


@pytest.fixture(scope="module")
def warehouse(demo: Paths) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(demo.warehouse), read_only=True) as connection:
        yield connection


def read(warehouse: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    """Rows with money in whole cents, so that every sum is exact."""
    frame = pl.from_arrow(warehouse.sql(sql).to_arrow_table())
    money = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Decimal) and kind.scale == 2]
    return frame.with_columns((pl.col(money) * 100).cast(pl.Int64)) if money else frame


@pytest.fixture(scope="module")
def orders(warehouse) -> pl.DataFrame:
    return read(
        warehouse,
        """
        select
            customer_id, ordered_date, is_return_only, net_revenue_reporting as net, margin_amount_reporting as margin
        from marts.orders
        where customer_id is not null
        """,
    )


@pytest.fixture(scope="module")
def cells(warehouse) -> pl.DataFrame:
    return read(warehouse, "from seeds.rfm_segments")


def scores(value: pl.Expr) -> pl.Expr:
    """1 to 5, higher is better, by how many are strictly below."""
    below = value.rank("min").cast(pl.Int64) - 1
    others = pl.max_horizontal(pl.len().cast(pl.Int64) - 1, pl.lit(1))
    return pl.min_horizontal(1 + 5 * below // others, pl.lit(5)).cast(pl.Int64)


def scored(orders: pl.DataFrame, day: date, cells: pl.DataFrame) -> pl.DataFrame:
    """Customers with an order in the window that ends on a day: what they did, their scores and their segment."""
    after = day + timedelta(days=1)
    start = date(after.year - WINDOW // 12, after.month, after.day)
    sold = ~pl.col("is_return_only")
    measured = (
        orders.filter(pl.col("ordered_date").is_between(start, day))
        .group_by("customer_id")
        .agg(
            pl.col("ordered_date").filter(sold).max().alias("last"),
            pl.col("ordered_date").filter(sold).n_unique().cast(pl.Int64).alias("order_days"),
            pl.col("net").sum().alias("net_revenue"),
        )
        .filter(pl.col("order_days") > 0)
    )
    return measured.with_columns(
        (pl.lit(day) - pl.col("last")).dt.total_days().alias("recency_days"),
        scores(pl.col("last")).alias("recency_score"),
        scores(pl.col("order_days")).alias("frequency_score"),
        pl.when(pl.col("net_revenue") <= 0)
        .then(pl.lit(1, pl.Int64))
        .otherwise(scores(pl.col("net_revenue")))
        .alias("monetary_score"),
    ).join(cells, on=["recency_score", "frequency_score", "monetary_score"], how="left")


def test_rfm(warehouse, orders, cells):
    mart = read(warehouse, "from marts.customer_rfm")
    own = scored(orders, AS_OF, cells)
    columns = ["customer_id", "recency_days", "order_days", "net_revenue", "recency_score", "frequency_score"]
    columns += ["monetary_score", "segment"]
    bought = mart.filter(pl.col("segment") != "no_orders")
    assert len(own) > 1000
    assert bought.select(columns).sort("customer_id").equals(own.select(columns).sort("customer_id"))
    known = warehouse.execute("select count(distinct customer_id) from marts.customer_identities").fetchall()
    assert [(len(mart),)] == known


def test_segments_at_month_ends(warehouse, orders, cells):
    runs = read(warehouse, "select customer_id, segment, valid_from, valid_to from marts.rfm_segment_changes")
    for month_end in (date(2023, 7, 31), date(2024, 2, 29), date(2025, 2, 28), date(2025, 11, 30), AS_OF):
        then = runs.filter(
            (pl.col("valid_from") <= month_end)
            & (pl.col("valid_to").fill_null(month_end) >= month_end)
            & (pl.col("segment") != "no_orders")
        ).select("customer_id", "segment")
        own = scored(orders, month_end, cells).select("customer_id", "segment")
        assert len(own) > 50
        assert then.sort("customer_id").equals(own.sort("customer_id"))


def test_past_value(warehouse, orders):
    mart = read(
        warehouse,
        "select customer_id, orders, order_days, net_revenue, margin_amount, average_order_value from marts.customer_ltv where orders > 0",
    )
    sold = ~pl.col("is_return_only")
    own = (
        orders.group_by("customer_id")
        .agg(
            sold.sum().cast(pl.Int64).alias("orders"),
            pl.col("ordered_date").filter(sold).n_unique().cast(pl.Int64).alias("order_days"),
            pl.col("net").sum().alias("net_revenue"),
            pl.when(pl.col("margin").count() > 0).then(pl.col("margin").sum()).alias("margin_amount"),
        )
        .filter(pl.col("orders") > 0)
    )
    assert len(own) > 1000
    together = mart.join(own, on="customer_id", how="full", suffix="_own")
    for measure in ("orders", "order_days", "net_revenue", "margin_amount"):
        assert together[measure].equals(together[f"{measure}_own"]), measure
    for average, net, count in together.select("average_order_value", "net_revenue", "orders").rows():
        assert abs(average - net / count) <= 0.5 + 1e-9


@pytest.fixture(scope="module")
def cohorts(warehouse, orders) -> pl.DataFrame:
    """Orders of everybody who ever bought, with their cohorts and the calendar months since the first order."""
    sold = orders.filter(~pl.col("is_return_only"))
    first = sold.group_by("customer_id").agg(pl.col("ordered_date").min().alias("first_date"))
    days = sold.unique(["customer_id", "ordered_date"]).join(first, on="customer_id")
    second = (
        days.filter(pl.col("ordered_date") > pl.col("first_date"))
        .group_by("customer_id")
        .agg(pl.col("ordered_date").min().alias("second_date"))
    )
    known = read(
        warehouse,
        """
        select customer_id, acquisition_channel, first_product_name as first_product, first_product_type, country_code
        from intermediate.int_acquisition__customers
        """,
    )
    is_rare = pl.col("first_product").is_not_null() & (pl.len().over("first_product") < LEAST)
    known = known.with_columns(
        pl.when(is_rare).then(pl.lit("other")).otherwise("first_product").alias("first_product")
    )

    def months(later: str) -> pl.Expr:
        year = pl.col(later).dt.year().cast(pl.Int64) - pl.col("first_date").dt.year()
        return 12 * year + pl.col(later).dt.month().cast(pl.Int64) - pl.col("first_date").dt.month()

    return (
        orders.join(first, on="customer_id")
        .join(second, on="customer_id", how="left")
        .join(known, on="customer_id", how="left")
        .with_columns(pl.col(DIMENSIONS).fill_null("unknown"), pl.lit("all").alias("all"))
        .with_columns(
            pl.col("first_date").dt.truncate("1mo").alias("first_order_month"),
            pl.max_horizontal(months("ordered_date"), pl.lit(0)).alias("months_since"),
            months("second_date").alias("second_month"),
        )
    )


@pytest.mark.parametrize("dimension", ["all", *DIMENSIONS])
def test_cohorts_and_retention(warehouse, cohorts, dimension):
    """Every month of every cohort, each counted from all its orders up to then."""
    mart = read(
        warehouse,
        f"""
        select cohort, first_order_month, months_since, value.customers, value.active_customers, value.orders, value.net_revenue,
            value.cumulative_net_revenue, value.cumulative_margin_amount, value.net_revenue_per_customer, value.is_complete,
            retention.repeat_customers, cast(retention.retention_rate as double) as retention_rate
        from marts.ltv_cohorts as value
        inner join marts.cohort_retention as retention using (dimension, cohort, first_order_month, months_since)
        where dimension = '{dimension}'
        """,
    )
    found = {
        (row["cohort"], row["first_order_month"], row["months_since"]): row
        for row in mart.iter_rows(named=True)
    }
    expected = 0
    for (cohort, first_month), of_cohort in cohorts.group_by(dimension, "first_order_month"):
        customers = of_cohort["customer_id"].n_unique()
        age = 12 * (AS_OF.year - first_month.year) + AS_OF.month - first_month.month
        for month in range(age + 1):
            row = found[(cohort, first_month, month)]
            so_far = of_cohort.filter(pl.col("months_since") <= month)
            now = of_cohort.filter((pl.col("months_since") == month) & ~pl.col("is_return_only"))
            # a return before the first order is of its month, and everybody bought in that
            active = now["customer_id"].n_unique()
            repeaters = of_cohort.filter(pl.col("second_month") <= month)["customer_id"].n_unique()
            assert (row["customers"], row["active_customers"], row["orders"]) == (customers, active, len(now))
            assert row["cumulative_net_revenue"] == so_far["net"].sum()
            assert row["cumulative_margin_amount"] == (
                so_far["margin"].sum() if so_far["margin"].count() else None
            )
            assert row["repeat_customers"] == repeaters
            assert row["is_complete"]
            assert abs(row["net_revenue_per_customer"] - so_far["net"].sum() / customers) <= 0.5 + 1e-9
            assert row["retention_rate"] == pytest.approx(active / customers, abs=5.1e-7)
            expected += 1
    assert len(found) == expected > 500


def test_time_to_the_second_order(warehouse, cohorts):
    mart = read(
        warehouse,
        "select first_order_month, customers, repeat_customers, repeat_rate_90_days::double as rate from marts.repeat_purchases",
    )
    people = cohorts.unique("customer_id").with_columns(
        (pl.col("second_date") - pl.col("first_date")).dt.total_days().alias("days")
    )
    assert len(mart) == people["first_order_month"].n_unique()
    for row in mart.iter_rows(named=True):
        of_month = people.filter(pl.col("first_order_month") == row["first_order_month"])
        assert (row["customers"], row["repeat_customers"]) == (len(of_month), of_month["days"].count())
        last_day = (row["first_order_month"] + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        if last_day + timedelta(days=90) <= AS_OF:
            assert row["rate"] == pytest.approx((of_month["days"] <= 90).sum() / len(of_month), abs=5.1e-7)
        else:
            assert row["rate"] is None
