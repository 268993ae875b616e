"""Files under raw/ are read in place, as they are, as one relation per table. Odd and bad files: test_landing_files.py."""

import gzip
import subprocess
import sys
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest
from landing_cases import HEADER, put

from orchestration.landing import Contract, LandedTable, land
from orchestration.landing.land import unknown_folders
from orchestration.warehouse import DuckDBWarehouse, Paths


@pytest.fixture
def paths(tmp_path) -> Paths:
    (tmp_path / "vars.yml").write_text("landing_quiet_seconds: 0\n")  # what a test delivers is whole
    return Paths(tmp_path)


def landed(paths: Paths, query: str = "") -> tuple[dict, list[tuple]]:
    """All tables by 'system.table', and what a query over the raw relations says."""
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        tables = land(paths, warehouse)
        rows = warehouse.query(query) if query else []
    return {f"{table.contract.system}.{table.contract.table}": table for table in tables}, rows


def test_csv_is_read_as_text_by_its_header(paths):
    put(
        paths,
        "loyalty/member/a.csv",
        '\ufeffmember_id,email,birth_date,first_name\n007,,31/02/2026,"Lee, ""A""\nB"\n',
    )
    put(paths, "loyalty/member/b.csv.gz", gzip.compress(b"first_name,member_id\nAda,1e5\n"))
    _, rows = landed(
        paths, "select member_id, email, birth_date, first_name, phone from raw.loyalty__member order by 1"
    )
    assert rows == [("007", None, "31/02/2026", 'Lee, "A"\nB', None), ("1e5", None, None, "Ada", None)]


def test_json_lines_may_each_have_their_own_keys(paths):
    put(
        paths,
        "loyalty/member/a.jsonl",
        '{"member_id": 1, "email": "a@b.co"}\n{"member_id": "2", "tags": {"x": [1]}}\n',
    )
    tables, rows = landed(paths, "select member_id, email from raw.loyalty__member order by 1")
    assert rows == [("1", "a@b.co"), ("2", None)]
    assert tables["loyalty.member"].files[0].added == ("tags",)


def test_parquet_is_read_in_place(paths):
    path = put(
        paths, "shopify/order/part=1/a.parquet", pa.table({"id": [1], "total_price": [19.99], "extra": ["x"]})
    )
    tables, rows = landed(paths, "select id, total_price, currency from raw.shopify__order")
    assert rows == [(1, 19.99, None)]
    file = tables["shopify.order"].files[0]
    assert (file.rows, file.added, "currency" in file.missing, file.size) == (
        1,
        ("extra",),
        True,
        path.stat().st_size,
    )
    with duckdb.connect(str(paths.warehouse)) as warehouse:
        kinds = warehouse.sql(
            "select table_type from information_schema.tables where table_schema = 'raw'"
        ).fetchall()
    assert set(kinds) == {("VIEW",)}, "nothing was copied"


def test_files_that_disagree_on_a_type_are_read_as_text(paths):
    put(paths, "pos/receipt/a.parquet", pa.table({"receipt_id": ["1"], "gross_total": [Decimal("10.50")]}))
    put(paths, "pos/receipt/b.csv", "gross_total,receipt_id\nten,2\n")
    _, rows = landed(paths, "select receipt_id, gross_total from raw.pos__receipt order by 1")
    assert rows == [("1", "10.50"), ("2", "ten")]


def test_a_renamed_column_does_not_move_into_another(paths):
    put(paths, "loyalty/member/a.parquet", pa.table({"member_id": ["1"], "email": ["a@b.co"]}))
    put(paths, "loyalty/member/b.parquet", pa.table({"member_id": ["2"], "e_mail": ["b@b.co"]}))
    tables, rows = landed(paths, "select member_id, email from raw.loyalty__member order by 1")
    assert rows == [("1", "a@b.co"), ("2", None)]
    assert [file.added for file in tables["loyalty.member"].files] == [(), ("e_mail",)]


def test_a_whole_number_key_that_became_a_float_is_whole_again(paths):
    put(paths, "shopify/order/a.parquet", pa.table({"id": [1], "customer_id": pa.array([7.0], pa.float64())}))
    put(paths, "shopify/order/b.parquet", pa.table({"id": [2], "customer_id": pa.array([8], pa.int64())}))
    _, rows = landed(paths, "select customer_id from raw.shopify__order order by 1")
    assert rows == [("7",), ("8",)]


def test_what_is_absent_stays_absent_and_what_vanished_goes(paths):
    path = put(paths, "loyalty/member/a.csv", HEADER + "1,2,a@b.co,Ann\n")
    landed(paths)
    path.unlink()
    tables, rows = landed(
        paths, "select table_name from information_schema.tables where table_schema = 'raw'"
    )
    assert rows == [("landing__file",)]
    assert tables["loyalty.member"].rows == 0


def test_a_table_that_a_loader_fills_is_left_alone_and_never_mixed_with_files(paths):
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        warehouse.execute("create schema raw")
        warehouse.execute("create table raw.loyalty__member as select '1' as member_id")
    _, rows = landed(paths, "select member_id from raw.loyalty__member")
    assert rows == [("1",)]
    put(paths, "loyalty/member/a.csv", HEADER + "1,2,a@b.co,Ann\n")
    with pytest.raises(ValueError, match="raw.loyalty__member is a table that somebody else made"):
        landed(paths)


def test_a_view_that_maps_another_loaders_table_is_left_alone_and_never_mixed_with_files(paths):
    landed(paths)
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        warehouse.execute("create view raw.loyalty__member as select 'mapped' as member_id")
    assert landed(paths, "select member_id from raw.loyalty__member")[1] == [("mapped",)]
    put(paths, "loyalty/member/a.csv", HEADER + "1,2,a@b.co,Ann\n")
    with pytest.raises(ValueError, match="raw.loyalty__member is a view that somebody else made"):
        landed(paths)


def test_names_are_data_and_never_sql(paths):
    name = "it's; drop schema raw cascade; --.csv"
    put(paths, f"loyalty/member/{name}", 'member_id,"x\' as y; drop table z"\n1,2\n')
    tables, rows = landed(paths, "select member_id from raw.loyalty__member")
    assert rows == [("1",)]
    assert tables["loyalty.member"].files[0].added == ("x' as y; drop table z",)


def test_what_has_no_known_name_is_named(paths):
    for name in (
        "shopify/orders/a.parquet",
        "klavio/event/a.parquet",
        "shopify/loose.parquet",
        "loose.parquet",
    ):
        put(paths, name, pa.table({"id": [1]}))
    put(paths, "shopify/_staged/a.parquet", b"")
    assert unknown_folders(paths.raw) == [
        "klavio",
        "loose.parquet",
        "shopify/loose.parquet",
        "shopify/orders",
    ]


def test_exact_numbers_of_several_types_stay_numbers(paths):
    for number, data_type in enumerate((pa.int32(), pa.int64(), pa.decimal128(28, 4), pa.null())):
        values = pa.array([None if pa.types.is_null(data_type) else 7]).cast(data_type)
        put(
            paths,
            f"pos/receipt/{number}.parquet",
            pa.table({"receipt_id": [str(number)], "net_total": values}),
        )
    _, rows = landed(paths, "select sum(net_total), any_value(typeof(net_total)) from raw.pos__receipt")
    assert rows == [(21, "DECIMAL(28,4)")]


def test_what_is_nested_is_read_as_json(paths):
    put(paths, "loyalty/member/a.parquet", pa.table({"member_id": ["1"], "first_name": [{"given": ["Ann"]}]}))
    _, rows = landed(paths, "select first_name from raw.loyalty__member")
    assert rows == [('{"given":["Ann"]}',)]


def test_a_table_that_no_model_reads_is_looked_at_and_not_read(paths, monkeypatch):
    unused = Contract("loyalty", "member", {"member_id": "string"}, ("member_id",), False, not_staged="so")
    monkeypatch.setattr(sys.modules[LandedTable.__module__], "read_contracts", lambda: [unused])
    put(paths, "loyalty/member/a.csv", HEADER + "1,2,a@b.co,Ann\n")
    tables, rows = landed(
        paths, "select table_name from information_schema.tables where table_schema = 'raw'"
    )
    assert rows == [("landing__file",)]
    assert [file.verdict for file in tables["loyalty.member"].files] == ["landed"]


def test_the_command_fails_when_a_needed_table_is_refused(paths):
    put(paths, "shopify/order/a.parquet", b"PAR1 but not really")
    command = [sys.executable, "-m", "orchestration.landing"]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env={"C360_DATA": str(paths.root)}
    )
    assert done.returncode == 1
    assert "shopify.order: a.parquet was refused" in done.stderr


@pytest.mark.parametrize(
    "data_type", ["date", "timestamp", "timestamptz", "decimal(18, 2)", "boolean", "bigint"]
)
def test_no_cast_of_a_csv_value_can_fail_a_query(paths, data_type):
    """DuckDB hands a cast that stands alone down to its CSV reader, where it is no longer a try."""
    put(paths, "loyalty/member/a.csv", "member_id,birth_date\n1,31/02/2026\n")
    _, rows = landed(paths, f"select try_cast(birth_date as {data_type}) from raw.loyalty__member")
    assert rows == [(None,)]
