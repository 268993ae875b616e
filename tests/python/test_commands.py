"""Every command of the README, run as a person runs it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import duckdb
import pytest
from conftest import PROJECT, make

from orchestration.artefact import read_tables
from orchestration.publish import current_version, publications
from orchestration.warehouse import DuckDBWarehouse, Paths

README = (PROJECT / "README.md").read_text()


@pytest.fixture(scope="module")
def copy(demo: Paths, tmp_path_factory) -> Paths:
    """The demo's data folder again, for tests that write."""
    folder = tmp_path_factory.mktemp("copy") / "data"
    shutil.copytree(demo.root, folder, symlinks=True)
    return Paths(folder)


def checksums(paths: Paths) -> dict[str, int]:
    """Of every table that is published, whatever the order of its rows."""
    with DuckDBWarehouse(paths.warehouse, read_only=True) as warehouse:
        return {
            table.name: table.checksum
            for schema in ("marts", "restricted")
            for table in read_tables(warehouse, schema)
        }


def test_the_readme_names_only_what_is_there(demo):
    targets = set(re.findall(r"^(\w+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`?make (\w+)", README)) <= targets | {"is"}
    with DuckDBWarehouse(demo.warehouse, read_only=True) as warehouse:
        tables = {name for (name,) in warehouse.query("select table_name from duckdb_tables()")}
    asked = re.findall(
        r"^\| .*\| (.+?) \|$", README.split("## Which question")[1].split("##")[0], re.MULTILINE
    )
    named = {name for cell in asked for name in re.findall(r"`(\w+)`", cell)}
    assert named >= {"customers", "customer_rfm", "customer_ltv"}
    assert named <= tables
    for folder in re.findall(r"^    (\w+[\w/]*)/ ", README, re.MULTILINE):
        assert (PROJECT / folder).is_dir(), folder
    assert len(README.splitlines()) <= 110, "one page"


def test_make_demo_tells_what_came_out(demo_run):
    paths, told = demo_run.paths, demo_run.said
    for said in (
        "raw rows hold",
        "customers.",
        "RFM segment",
        "champions",
        "In quarantine",
        "Published:",
        "precision",
    ):
        assert said in told
    assert "DIFFERS" not in told
    assert re.search(r"^  shopify +EUR .*=$", told, re.MULTILINE)
    with duckdb.connect(
        str((paths.serving / "current").resolve() / "customer_360.duckdb"), read_only=True
    ) as client:
        assert len(client.execute("from marts.customers limit 10").fetchall()) == 10
    assert "shopify" in (paths.root / "data_docs" / "index.html").read_text()


def test_the_demo_takes_its_effects_from_a_file(tmp_path):
    command = re.search(r"-m orchestration.demo --effects (\S+) --out data", README)
    asked = ["-m", "orchestration.demo", "--effects", command[1], "--customers", "20", "--out", str(tmp_path)]
    subprocess.run([sys.executable, *asked], cwd=PROJECT, check=True)
    assert (tmp_path / "truth" / "planted_effects.csv").read_text().count("\n") > 5


def test_make_check_says_what_would_become_of_the_demo(demo):
    told = make("check", data=demo.root)
    assert "segment" in told
    assert "nothing in it is changed" in told


def test_make_build_twice_gives_the_same_marts_and_the_same_ids(copy):
    before = checksums(copy)
    make("build", data=copy.root)
    assert checksums(copy) == before
    assert current_version(copy.serving) == 2


def test_a_full_refresh_keeps_every_customer_id(copy):
    table = "select count(*), bit_xor(md5_number(cast(r as varchar))) from intermediate.int_identity__registry as r"
    with DuckDBWarehouse(copy.warehouse) as warehouse:
        before = warehouse.query(table)
    dbt = [
        str(PROJECT / ".venv" / "bin" / "dbt"),
        "run",
        "--full-refresh",
        "--select",
        "int_identity__registry+1",
    ]
    subprocess.run(
        [*dbt, "--profiles-dir", str(PROJECT), "--target-path", str(copy.root / "refresh"), "--quiet"],
        cwd=PROJECT,
        env=os.environ | {"C360_DATA": str(copy.root)},
        check=True,
    )
    with DuckDBWarehouse(copy.warehouse) as warehouse:
        assert warehouse.query(table) == before
    assert before[0][0] > 10_000


def test_make_rollback_makes_the_version_before_current(copy):
    make("rollback", data=copy.root)
    assert current_version(copy.serving) == 1
    assert [publication.version for publication in publications(copy.serving)] == [1, 2]


def test_make_build_without_any_file_publishes_empty_marts(tmp_path):
    told = make("build", data=tmp_path)
    assert "0 customers" in told
    assert current_version(Paths(tmp_path).serving) == 1


@pytest.mark.parametrize("sample", ["SAMPLE=1", "SAMPLE="])
def test_make_cdnow_reconciles(tmp_path, sample):
    told = make("cdnow", sample, data=tmp_path)
    figures = (
        "2,357 customers, 6,919 purchases, $244,091.94"
        if sample == "SAMPLE=1"
        else "23,570 customers, 69,659 purchases, $2,500,315.63"
    )
    assert f"CDNOW reconciles: {figures}" in told


def test_make_dagster_opens_the_ui(demo):
    environment = os.environ | {"C360_DATA": str(demo.root), "BROWSER": "true"}
    with open(demo.root / "ui.log", "w") as log:
        ui = subprocess.Popen(
            ["make", "dagster"], cwd=PROJECT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        assert answers("http://localhost:3000/server_info", seconds=90), Path(
            demo.root, "ui.log"
        ).read_text()[-2000:]
    finally:
        os.killpg(ui.pid, signal.SIGTERM)
        ui.wait(timeout=30)


def answers(url: str, seconds: int) -> bool:
    """Whether a page is there within the time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as page:
                return page.status == 200
        except (urllib.error.URLError, OSError):
            time.sleep(1)
    return False


def test_make_help_lists_every_command():
    listed = subprocess.run(["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    for target in ("demo", "cdnow", "build", "test", "lint", "dagster", "spark", "rollback"):
        assert re.search(rf"^{target}\b", listed, re.MULTILINE)
