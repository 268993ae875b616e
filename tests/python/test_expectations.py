"""The gates: what they let through, what they stop, and what they say about it."""

from datetime import timedelta

import dagster as dg
import duckdb
import pytest
from conftest import Built
from gates_at_work import DAY, asked_for, change, folder_of, judged, replace_raw, stopped

from orchestration.expectations.gates import asset_of, system_results
from orchestration.expectations.lists import HERE, PROMISED, tables
from orchestration.expectations.published import ANYTHING, compared_with_published
from orchestration.warehouse import Paths

folder = folder_of


@pytest.mark.parametrize("gate", ["raw", "marts"])
def test_every_list_is_of_a_table_there_is_and_says_what_it_means(gate: str, built: Built):
    with duckdb.connect(str(built.paths.warehouse), read_only=True) as warehouse:
        names = "select table_name from information_schema.tables where table_schema = ?"
        there = {name for (name,) in warehouse.execute(names, [gate]).fetchall()}
    assert set(tables(gate)) <= there
    assert all(tables(gate).values())
    assert {path.stem for path in (HERE / gate).glob("*__*.py") if path.stem != "__init__"} <= set(PROMISED)


def test_assets_are_those_of_dbt():
    assert asset_of("raw", "shopify__order_line") == dg.AssetKey(["shopify", "order_line"])
    assert asset_of("marts", "orders") == dg.AssetKey(["marts", "orders"])


def test_the_demo_passes_and_the_checks_say_how_much_was_judged(folder: Paths):
    for gate in ("raw", "marts"):
        results = judged(gate, folder)
        assert not stopped(results)
    assert results["orders"].metadata["judged"].value > 5
    with duckdb.connect(str(folder.warehouse)) as warehouse:  # the gates let go of the file
        rows = warehouse.execute("select count(*) from marts.orders").fetchall()[0][0]
    assert results["orders"].metadata["rows"].value == rows


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


def test_a_row_that_nobody_can_explain_stops_the_publication(folder: Paths):
    change(folder, "update marts.reconciliation set unexplained_rows = 1 where source_table = 'order'")
    assert "unexplained_rows" in stopped(judged("marts", folder))["reconciliation"]


def test_a_share_in_quarantine_that_doubled_is_told(folder: Paths):
    change(
        folder,
        "update marts.reconciliation set quarantined_rows = 0.04 * raw_rows where source_table = 'order'",
    )
    assert "doubled" in judged("marts", folder)["reconciliation"].metadata["reason"].value


def test_an_absent_table_is_not_judged(folder: Paths):
    (folder.serving / "current").unlink()  # nor compared with what was published
    change(folder, "drop view raw.shopify__order")
    result = judged("raw", folder, "shopify__order")["shopify__order"]
    assert result.passed
    assert result.metadata["judged"].value == 0


def test_a_table_that_is_absent_now_stops_the_run(folder: Paths):
    change(folder, "drop view raw.shopify__order")
    assert "row count" in stopped(judged("raw", folder, "shopify__order"))["shopify__order"]
    assert not stopped(judged("raw", folder, "shopify__order", accept_change=True))


def test_a_table_that_shrank_stops_the_run(folder: Paths):
    replace_raw(folder, "pos__receipt", "select * from {arrived} limit 100")
    assert "row count to be between" in stopped(judged("raw", folder, "pos__receipt"))["pos__receipt"]


def test_a_small_table_that_shrank_is_told_and_stops_nothing(folder: Paths):
    replace_raw(folder, "pos__store", "select * from {arrived} limit 2")
    results = judged("raw", folder, "pos__store")
    assert "row count" in results["pos__store"].metadata["reason"].value
    assert not stopped(results)


def test_a_table_delivered_twenty_times_stops_the_run(folder: Paths):
    replace_raw(folder, "shopify__order_line", "select a.* from {arrived} as a, range(20)")
    assert (
        "row count to be between"
        in stopped(judged("raw", folder, "shopify__order_line"))["shopify__order_line"]
    )


def test_identifiers_that_went_missing_stop_the_run(folder: Paths):
    replace_raw(
        folder,
        "shopify__customer",
        "select * replace (case when cast(id as varchar) like '%7' then email end as email) from {arrived}",
    )
    assert (
        "email: values to not be null"
        in stopped(judged("raw", folder, "shopify__customer"))["shopify__customer"]
    )


def test_usual_amounts_ten_times_as_large_stop_the_run(folder: Paths):
    replace_raw(folder, "shopify__order", "select * replace (total_price * 10 as total_price) from {arrived}")
    assert (
        "total_price: median to be between"
        in stopped(judged("raw", folder, "shopify__order"))["shopify__order"]
    )
    assert not stopped(judged("raw", folder, "shopify__order", accept_change=True))


def test_a_system_that_fell_silent_stops_the_run_until_somebody_accepts_it(folder: Paths):
    results = {result.check_name: result for result in system_results(folder, asked_for(DAY))}
    assert results["shopify_speaks"].passed
    assert results["shopify_speaks"].metadata["age in days"].value <= 1
    later = {
        result.check_name: result for result in system_results(folder, asked_for(DAY + timedelta(days=30)))
    }
    assert "shopify_speaks" in stopped(later)
    accepted = system_results(folder, asked_for(DAY + timedelta(days=30), accept_change=True))
    assert not stopped({result.check_name: result for result in accepted})


def test_one_wrong_year_does_not_make_a_system_fresh(folder: Paths):
    replace_raw(
        folder,
        "shopify__order",
        "select * replace (timestamp '2999-01-01' as _fivetran_synced) from {arrived}",
    )
    judged("raw", folder, "shopify__order")
    results = {result.check_name: result for result in system_results(folder, asked_for(DAY))}
    assert results["shopify_speaks"].metadata["newest"].value < "2999"


def test_runs_are_compared_only_with_an_earlier_publication(folder: Paths):
    assert compared_with_published(folder, asked_for(DAY), ["orders"])["orders"]["least_revenue"] > 0
    before = asked_for(DAY - timedelta(days=500))
    assert compared_with_published(folder, before, ["orders"])["orders"] == ANYTHING
