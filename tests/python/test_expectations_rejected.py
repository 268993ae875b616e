"""The gate after staging: a source of which too many rows cannot be used stops the run, and says why."""

from pathlib import Path

import dagster as dg
import duckdb
import pytest

from orchestration.expectations.rejected import ASSETS, rejected_results
from orchestration.warehouse import Paths


@pytest.fixture
def folder(tmp_path: Path) -> Paths:
    """A warehouse in which 30 of 100 orders and 3 of 4 stores cannot be used."""
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as warehouse:
        warehouse.execute("""
            create schema staging;
            create table staging.stg_landing__row_outcomes as
            from (values
                ('shopify', 'order', 'EUR', 'raw', 60), ('shopify', 'order', 'GBP', 'raw', 40),
                ('shopify', 'order', 'GBP', 'duplicate', 7), ('shopify', 'customer', null, 'raw', 1000),
                ('pos', 'store', null, 'raw', 4)
            ) as t (source_system, source_table, currency, outcome, row_count);
            create table staging.stg_landing__rejected_rows as
            select 'shopify' as source_system, 'order' as source_table, 'not_a_number' as reason from range(20)
            union all select 'shopify', 'order', 'key_missing' from range(10)
            union all select 'shopify', 'customer', 'key_missing' from range(10)
            union all select 'pos', 'store', 'key_missing' from range(3)
        """)
    return Paths(tmp_path)


def results(folder: Paths) -> dict[str, dg.AssetCheckResult]:
    by_asset = {result.asset_key: result for result in rejected_results(folder)}
    return {table: by_asset[asset] for table, asset in ASSETS.items()}


def test_a_third_of_the_orders_stops_the_run_and_says_why(folder: Paths):
    order = results(folder)["shopify__order"]
    assert not order.passed and order.severity == dg.AssetCheckSeverity.ERROR
    assert order.metadata["reason"].value == (
        "shopify.order: 30 of 100 rows (30.0%, more than 20%) cannot be used: 20 not_a_number, 10 key_missing"
    )


def test_a_few_bad_rows_and_tables_that_did_not_arrive_pass(folder: Paths):
    assert results(folder)["shopify__customer"].passed
    assert results(folder)["loyalty__member"].passed


def test_a_small_table_gives_a_warning_only(folder: Paths):
    store = results(folder)["pos__store"]
    assert not store.passed and store.severity == dg.AssetCheckSeverity.WARN


def test_the_data_folder_may_allow_more(folder: Paths):
    (folder.root / "vars.yml").write_text("max_rejected_share: 0.5\n")
    assert results(folder)["shopify__order"].passed


def test_every_model_of_a_raw_table_is_gated():
    assert {"shopify__order", "pos__receipt", "loyalty__member"} <= set(ASSETS)
    assert len(set(ASSETS.values())) == len(ASSETS)
