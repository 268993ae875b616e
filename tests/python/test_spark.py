"""The same models say the same on Apache Spark as on DuckDB."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.dbt import MANIFEST
from orchestration.landing.contracts import Contract
from orchestration.landing.files import LandedFile
from orchestration.landing.relations import relation_sql
from orchestration.parity import compare, spark_is_missing
from orchestration.warehouse import Paths

ROOT = Path(__file__).parents[2]
MARTS = {
    f"{model['schema']}.{model['name']}"
    for model in MANIFEST["nodes"].values()
    if model["resource_type"] == "model" and model["fqn"][1] in ("marts", "restricted")
}


@pytest.mark.skipif(bool(spark_is_missing()), reason=spark_is_missing())
def test_every_table_is_equal_on_both_engines(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "orchestration.parity", "--customers", "200"],
        cwd=ROOT,
        env=os.environ | {"C360_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    equal = {line.split()[1].rstrip(":") for line in run.stdout.splitlines() if line.startswith("equal")}
    assert equal >= MARTS | {"staging.stg_landing__row_outcomes", "staging.stg_shopify__orders"}


def parquet_of_spark(paths: Paths, query: str) -> None:
    """What Spark would have written as marts.orders."""
    folder = paths.spark / "warehouse" / "marts.db" / "orders"
    folder.mkdir(parents=True)
    duckdb.sql(query).write_parquet(str(folder / "part-0.parquet"))


@pytest.fixture
def paths(tmp_path) -> Paths:
    paths = Paths(tmp_path)
    with duckdb.connect(str(paths.warehouse)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.orders as select * from (values ('a', 1.10::decimal(18, 2)), ('b', 2.00)) as t (id, amount)"
        )
    return paths


def test_order_and_representation_make_no_difference(paths):
    parquet_of_spark(paths, "select * from (values (2::decimal(20, 4), 'b'), (1.1, 'a')) as t (amount, id)")
    assert [comparison.is_equal for comparison in compare(paths)] == [True]


def test_a_cent_is_found_and_only_its_column_is_named(paths):
    parquet_of_spark(
        paths, "select * from (values ('a', 1.11::decimal(18, 2)), ('b', 2.00)) as t (id, amount)"
    )
    (comparison,) = compare(paths)
    assert (comparison.only_duckdb, comparison.only_spark, comparison.differing_columns) == (
        1,
        1,
        ("amount",),
    )
    assert "1.11" not in str(comparison)


def test_a_repeated_row_is_found(paths):
    parquet_of_spark(
        paths,
        "select * from (values ('a', 1.10::decimal(18, 2)), ('b', 2.00), ('b', 2.00)) as t (id, amount)",
    )
    (comparison,) = compare(paths)
    assert not comparison.is_equal


def test_a_machine_without_java_is_told_so(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert "Java 17" in spark_is_missing()


def test_file_names_with_pattern_characters_are_read_by_name(tmp_path):
    contract = Contract("pos", "store", {"store_id": "string", "opened_on": "date"}, ("store_id",), False)
    file = LandedFile(tmp_path / "odd{1}*`.csv", "csv", 1, columns={"Store_ID": "text"})
    sql = relation_sql("spark", contract, [file])
    assert r"{odd\{1\}\*``.csv}`" in sql
    assert "`Store_ID`, '') as `store_id`" in sql and "cast(null as date) as `opened_on`" in sql
