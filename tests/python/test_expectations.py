"""The gates: what they let through, what they stop, and what they say about it."""

import shutil
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from conftest import AS_OF, Built

from orchestration.expectations.gates import asset_of, judge_marts, judge_raw, tables
from orchestration.expectations.published import ANYTHING, compared_with_published
from orchestration.resources import Asked
from orchestration.warehouse import Paths

DAY = date.fromisoformat(AS_OF)


@pytest.fixture
def folder(built: Built, tmp_path: Path) -> Paths:
    """A built data folder of one's own: raw views point at the files of the other, which nobody changes."""
    shutil.copytree(built.paths.serving, tmp_path / "serving", symlinks=True)
    shutil.copytree(built.paths.landing, tmp_path / "landing")
    shutil.copy(built.paths.warehouse, tmp_path)
    return Paths(tmp_path)


def judged(gate: str, folder: Paths, **options: bool) -> dict[str, dg.AssetCheckResult]:
    """The results of a gate, by table."""
    asked = Asked(**options)
    asked._day = DAY
    judge = {"raw": judge_raw, "marts": judge_marts}[gate]
    return {result.asset_key.path[-1]: result for result in judge(folder, asked, list(tables(gate)))}


def change(folder: Paths, sql: str) -> None:
    """Change the warehouse as a mistake would; succeeds only if the gates let go of the file."""
    with duckdb.connect(str(folder.warehouse)) as warehouse:
        warehouse.execute(sql)


def stopped(results: dict[str, dg.AssetCheckResult]) -> dict[str, str]:
    """Why the tables that a gate stops are stopped."""
    return {
        table: result.metadata["reason"].value
        for table, result in results.items()
        if not result.passed and result.severity == dg.AssetCheckSeverity.ERROR
    }


@pytest.mark.parametrize("gate", ["raw", "marts"])
def test_every_list_is_of_a_table_there_is_and_says_what_it_means(gate: str, built: Built):
    with duckdb.connect(str(built.paths.warehouse), read_only=True) as warehouse:
        names = "select table_name from information_schema.tables where table_schema = ?"
        there = {name for (name,) in warehouse.execute(names, [gate]).fetchall()}
    assert set(tables(gate)) <= there
    assert all(tables(gate).values())


def test_assets_are_those_of_dbt():
    assert asset_of("raw", "shopify__order_line") == dg.AssetKey(["shopify", "order_line"])
    assert asset_of("marts", "orders") == dg.AssetKey(["marts", "orders"])


def test_the_demo_passes_and_nothing_of_it_is_told(folder: Paths):
    for gate in ("raw", "marts"):
        results = judged(gate, folder)
        assert not stopped(results)
        assert all(result.metadata["judged"].value for result in results.values())


def test_revenue_that_vanished_stops_the_publication(folder: Paths):
    change(folder, "delete from marts.orders where channel = 'web'")
    why = stopped(judged("marts", folder))
    assert "net_revenue_reporting: sum to be between" in why["orders"]
    assert not stopped(judged("marts", folder, accept_change=True)).get("orders")


def test_orders_that_grew_tenfold_stop_the_publication(folder: Paths):
    change(folder, "update marts.orders set net_revenue_reporting = net_revenue_reporting * 10")
    assert "mean to be between" in stopped(judged("marts", folder))["orders"]


def test_strangers_merged_into_one_stop_the_publication(folder: Paths):
    change(
        folder,
        """
        update marts.customers set source_records = 100000
        where customer_id = (select min(customer_id) from marts.customers)
        """,
    )
    assert "no customer has more than" in stopped(judged("marts", folder))["customers"]


def test_lines_that_do_not_add_up_stop_the_publication(folder: Paths):
    change(folder, "update marts.order_items set gross_revenue = gross_revenue * 2")
    assert "add up to the order" in stopped(judged("marts", folder))["order_items"]


def test_an_absent_table_is_not_judged(folder: Paths):
    change(folder, "drop view raw.shopify__order")
    results = judged("raw", folder)
    assert results["order"].passed
    assert results["order"].metadata["judged"].value == 0


def test_a_broken_rule_tells_no_value(folder: Paths):
    change(
        folder,
        """
        create table raw.arrived as from raw.shopify__customer;
        drop view raw.shopify__customer;
        create table raw.shopify__customer as
        select * replace ('ann@shop.test' as email, timestamp '2999-01-01' as created_at) from raw.arrived
        """,
    )
    why = stopped(judged("raw", folder))["customer"]
    assert "created_at: values to be between" in why
    assert "ann" not in why and "2999" not in why


def test_marts_are_compared_only_with_an_earlier_publication(folder: Paths):
    asked = Asked()
    asked._day = DAY
    assert compared_with_published(folder, asked, ["orders"])["orders"]["least_revenue"] > 0
    asked._day = date(2025, 1, 1)
    assert compared_with_published(folder, asked, ["orders"])["orders"] == ANYTHING
