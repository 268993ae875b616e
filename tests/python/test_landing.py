"""Files are taken as they are, or refused whole with a reason that names no person."""

import gzip
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from orchestration.landing import land
from orchestration.landing.land import refusals, unknown_folders
from orchestration.warehouse import DuckDBWarehouse, Paths

MEMBER = "member_id,loyalty_number,email,first_name\n"


@pytest.fixture
def paths(tmp_path) -> Paths:
    return Paths(tmp_path)


def put(paths: Paths, name: str, content: bytes | str | pa.Table) -> Path:
    """Delivers a file at raw/<name>."""
    path = paths.raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, pa.Table):
        pq.write_table(content, path)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


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
    assert kinds == [("VIEW",)], "nothing was copied"


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


def truncated_parquet() -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"member_id": [str(n) for n in range(1000)]}), sink)
    return sink.getvalue().to_pybytes()[:-20]


REFUSED = {
    "too few values": ("a.csv", MEMBER + "1,2,ann@lee.example,Ann\n2,3\n", "Line: 3"),
    "too many values": ("a.csv", MEMBER + "1,2,ann@lee.example,Ann,Lee,X\n", "Expected Number of Columns: 4 Found: 5"),
    "quote never closed": ("a.csv", MEMBER + '1,2,"ann@lee.example,Ann\n', "unterminated quote"),
    "cut off in the last row": ("a.csv", MEMBER + "1,2,ann@lee.example,An", "no end of line"),
    "not UTF-8": ("a.csv", MEMBER.encode() + b"1,2,ann@lee.example,Zo\xeb\n", "utf-8"),
    "no key": ("a.csv", "loyalty_number,email\n1,ann@lee.example\n", "member_id is missing"),
    "another delimiter": ("a.csv", "member_id;email\n1;ann@lee.example\n", "is the delimiter a comma?"),
    "a name twice": ("a.csv", "member_id,email,email\n1,ann@lee.example,\n", "repeated name"),
    "a name missing": ("a.csv", "member_id,,email\n1,,ann@lee.example\n", "empty or a repeated name"),
    "nothing at all": ("a.csv", "", "empty"),
    "gzip cut off": ("a.csv.gz", gzip.compress((MEMBER + "1,2,ann@lee.example,Ann\n").encode() * 500)[:-30], "end-of-stream"),
    "gzip that is none": ("a.csv.gz", "member_id\n1\n", "gzip"),
    "broken JSON": ("a.jsonl", '{"member_id": 1, "email": "ann@lee.example"}\n{"member_id": 2, "ema\n', "Malformed JSON"),
    "Parquet without its end": ("a.parquet", truncated_parquet(), "Parquet"),
    "Parquet that is none": ("a.parquet", b"PAR1 but not really", "Parquet"),
    "a spreadsheet": ("a.xlsx", b"PK\x03\x04", "its name ends in none of"),
}  # fmt: skip


@pytest.mark.parametrize("name, content, reason", REFUSED.values(), ids=REFUSED)
def test_a_bad_file_is_refused_whole_and_the_rest_goes_on(paths, name, content, reason):
    put(paths, "loyalty/member/good.csv", MEMBER + "9,9,nine@lee.example,Nina\n")
    put(paths, f"loyalty/member/{name}", content)
    tables, rows = landed(paths, "select member_id from raw.loyalty__member")
    assert rows == [("9",)]
    sentence = refusals(list(tables.values()))[0]
    assert sentence.startswith(f"loyalty.member: {name} was refused: ")
    assert reason.lower() in sentence.lower()
    for private in ("ann@lee.example", "Ann", "Zo"):
        assert private not in sentence, "a message never quotes the data"
        assert private not in (paths.landing / "report.csv").read_text()


def test_what_is_absent_stays_absent_and_what_vanished_goes(paths):
    path = put(paths, "loyalty/member/a.csv", MEMBER + "1,2,a@b.co,Ann\n")
    landed(paths)
    path.unlink()
    tables, rows = landed(paths, "select count(*) from information_schema.tables where table_schema = 'raw'")
    assert rows == [(0,)]
    assert tables["loyalty.member"].rows == 0


def test_a_table_that_a_loader_fills_is_left_alone_and_never_mixed_with_files(paths):
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        warehouse.execute("create schema raw")
        warehouse.execute("create table raw.loyalty__member as select '1' as member_id")
    _, rows = landed(paths, "select member_id from raw.loyalty__member")
    assert rows == [("1",)]
    put(paths, "loyalty/member/a.csv", MEMBER + "1,2,a@b.co,Ann\n")
    with pytest.raises(ValueError, match="raw.loyalty__member holds rows that a loader put there"):
        landed(paths)


def test_names_are_data_and_never_sql(paths):
    name = "it's; drop schema raw cascade; --.csv"
    put(paths, f"loyalty/member/{name}", 'member_id,"x\' as y; drop table z"\n1,2\n')
    tables, rows = landed(paths, "select member_id from raw.loyalty__member")
    assert rows == [("1",)]
    assert tables["loyalty.member"].files[0].added == ("x' as y; drop table z",)


def test_a_misspelt_folder_is_named(paths):
    put(paths, "shopify/orders/a.parquet", pa.table({"id": [1]}))
    assert unknown_folders(paths) == ["shopify/orders"]


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
