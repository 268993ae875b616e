"""`python -m orchestration.landing --check` tells the owner of the files what will become of them, and changes nothing."""

import os
import shutil
import subprocess
import sys

import duckdb
import pyarrow as pa
import pytest
from landing_cases import HEADER, PRIVATE, put

from orchestration.landing import check as command
from orchestration.landing import land
from orchestration.landing.files import LandedFile
from orchestration.landing.sample import sampled
from orchestration.warehouse import DuckDBWarehouse, Paths

RECEIPTS = "receipt_id,store_id,sold_at,currency,gross_total,net_total,shift\n"


@pytest.fixture(scope="module")
def paths(tmp_path_factory) -> Paths:
    """A folder in which everything is that can be said of one."""
    paths = Paths(tmp_path_factory.mktemp("check"))
    (paths.root / "vars.yml").write_text("landing_quiet_seconds: 0\n")
    january = RECEIPTS + "1,s1,2026-01-03T10:00:00,EUR,10.00,10.00,Ann\n"
    put(paths, "pos/receipt/2026-01.csv", january)
    put(paths, "pos/receipt/again.csv", january)
    put(paths, "pos/receipt/2026-02.csv", RECEIPTS.replace("net_total", "total_net") + "2,s1,Ann,EUR,1,1,x\n")
    put(paths, "pos/receipt/2026-03.csv", RECEIPTS + "3,s1,2026-03-0")
    put(paths, "loyalty/member/a.csv", HEADER + "1,2,ann@lee.example,Ann\n,,,Zo\n")
    put(paths, "shopify/customer/a.parquet", pa.table({"id": [1], "created_at": ["2026-01-01"]}))
    put(paths, "shopify/orders/a.csv", "id\n1\n")
    put(paths, "klavio/event/a.csv", "id\n1\n")
    return paths


@pytest.fixture(scope="module")
def checked(paths) -> subprocess.CompletedProcess[str]:
    before = sorted(paths.root.rglob("*"))
    run = subprocess.run(
        [sys.executable, "-m", "orchestration.landing", "--check", str(paths.root)],
        env=os.environ | {"C360_DATA": str(paths.root / "elsewhere")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert sorted(paths.root.rglob("*")) == before, "it changes nothing"
    return run


SAID = {
    "what works": "receipt                     works     2 rows in 2 files",
    "what is refused, and why": "REFUSED   2026-03.csv: its last row has no end of line",
    "what came twice": "double    1 file with the content of another",
    "a new name": "renamed?  total_net is probably net_total, which stays empty until it is called so",
    "columns that will be empty": "empty     till_id, cashier_id,",
    "columns that nobody reads": "unknown   shift: not read",
    "columns of another type": "retyped   created_at:string",
    "rows that cannot be used": "1 of 2 tried go to quarantine: not_a_timestamp in sold_at (1)",
    "rows without a key": "1 of 2 tried go to quarantine: key_missing in member_id (1)",
    "a table that is needed": "receipt_line                MISSING   The products of each receipt. Figures will be wrong without it.",
    "a table that is not": "store                       absent    Stores and their time zones.",
    "a system that is not there": "  hubspot       The CRM",
    "a folder of a near name": "shopify/orders  did you mean shopify/order?",
    "a system of a near name": "klavio          did you mean klaviyo?",
    "the sum": "5 rows; 1 file will be refused.",
    "what that means": "Nothing will be published until pos.receipt can be read whole.",
}


@pytest.mark.parametrize("sentence", SAID.values(), ids=SAID)
def test_it_says_in_plain_words(checked, sentence):
    said = " ".join(checked.stdout.split())
    assert " ".join(sentence.split()) in said, checked.stdout + checked.stderr


def test_it_fails_when_something_will_be_refused_and_quotes_no_value(checked):
    assert checked.returncode == 1
    assert not [value for value in PRIVATE if value in checked.stdout + checked.stderr]
    assert max(map(len, checked.stdout.splitlines()[1:])) <= command.WIDTH


def test_it_is_content_when_all_is_well(paths, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(command, "try_rows", lambda raw, tables: {})
    shutil.copytree(paths.raw / "shopify" / "customer", tmp_path / "shopify" / "customer")
    (tmp_path.parent / "vars.yml").write_text("landing_quiet_seconds: 0\n")
    assert command.check(tmp_path) == 0
    assert "1 row; no files will be refused." in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_said(tmp_path, capsys):
    assert command.check(tmp_path / "row") == 1
    assert "There is no folder" in capsys.readouterr().out


def test_the_sample_takes_the_ends_and_stops(tmp_path):
    files = [LandedFile(tmp_path / str(day), "csv", 1, modified_ns=day, rows=90_000) for day in range(9)]
    assert [file.modified_ns for file in sampled(files)] == [8, 0, 7]
    assert [file.modified_ns for file in sampled(files[:1])] == [0]


def test_the_mart_tells_what_the_check_foretold(paths, tmp_path):
    data = Paths(tmp_path / "data")
    shutil.copytree(paths.root, data.root)
    with DuckDBWarehouse(data.warehouse) as warehouse:
        land(data, warehouse)
    environment = os.environ | {
        "C360_DATA": str(data.root),
        "DBT_TARGET_PATH": str(tmp_path),
        "DBT_LOG_PATH": str(tmp_path),
    }
    dbt = os.path.join(os.path.dirname(sys.executable), "dbt")
    arguments = ["--quiet", "build", "--select", "+landing_report", "--indirect-selection", "buildable"]
    done = subprocess.run([dbt, *arguments], env=environment, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout
    with duckdb.connect(str(data.warehouse), read_only=True) as warehouse:
        rows = warehouse.sql(
            "select file_path, verdict, file_rows, read_rows, renamed_columns, retyped_columns, length(content_sha256) "
            "from marts.landing_report order by file_path"
        ).fetchall()
    assert rows == [
        ("loyalty/member/a.csv", "landed", 2, 2, None, None, 64),
        ("pos/receipt/2026-01.csv", "landed", 1, 1, None, None, 64),
        ("pos/receipt/2026-02.csv", "landed", 1, 1, "total_net->net_total", None, 64),
        ("pos/receipt/2026-03.csv", "refused", 0, 0, None, None, None),
        ("pos/receipt/again.csv", "duplicate", 1, 0, None, None, 64),
        ("shopify/customer/a.parquet", "landed", 1, 1, None, "created_at:string", 64),
    ]
