"""The pipeline as Dagster sees it: whole, in order, and stopped by what must stop it."""

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from conftest import AS_OF, PROJECT, Built
from dagster import DagsterRunStatus

from orchestration.build import main
from orchestration.definitions import defs
from orchestration.instance import end_lost_runs, open_instance
from orchestration.publish import current_version
from orchestration.resources import folder_vars, only_run
from orchestration.schedules import every_morning
from orchestration.warehouse import Paths

GRAPH = defs.resolve_asset_graph()
EMAIL = re.compile(rb"[\w.+-]+@[\w-]+\.[a-z]{2,}")


@pytest.fixture
def folder(built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """A published data folder of one's own, to which the commands point."""
    for part in ("raw", "serving"):
        shutil.copytree(built.paths.root / part, tmp_path / part, symlinks=True)
    monkeypatch.setenv("C360_DATA", str(tmp_path))
    return Paths()


def test_definitions_are_whole():
    dg.Definitions.validate_loadable(defs)
    for key in GRAPH.materializable_asset_keys:
        node = GRAPH.get(key)
        assert node.description, f"{key} has no description"
        assert node.group_name != "default", f"{key} has no group"


def test_dagster_validates_them_too(tmp_path: Path):
    validate = [str(Path(sys.executable).with_name("dagster")), "definitions", "validate"]
    environment = os.environ | {"DAGSTER_HOME": str(tmp_path)}
    run = subprocess.run(validate, check=False, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_nothing_is_published_that_was_not_built_and_judged():
    upstream = GRAPH.get(dg.AssetKey(["serving", "publication"])).parent_keys
    marts = {key for key in GRAPH.materializable_asset_keys if key.path[0] in ("marts", "restricted")}
    assert marts == upstream
    gates = {key for key in GRAPH.asset_check_keys if key.name in ("expectations", "files_accepted")}
    assert all(GRAPH.get(key).blocking for key in gates)
    assert {key.asset_key.path[0] for key in gates} >= {"marts", "shopify", "pos"}


def test_the_schedule_builds_for_the_day_it_is_due():
    due = datetime(2026, 3, 1, 5, tzinfo=UTC)
    request = every_morning(dg.build_schedule_context(scheduled_execution_time=due))
    assert request.run_config["resources"]["asked"]["config"]["as_of"] == "2026-03-01"


def test_a_run_publishes_and_says_what_came_of_it(built: Built):
    assert current_version(built.paths.serving) == 1
    for step in ("landing", "gate: raw", "staging", "intermediate", "marts", "gate: marts", "publication"):
        assert step in built.said
    assert "DIFFERS" not in built.said
    assert str(built.paths.serving / "v000001" / "customer_360.duckdb") in built.said
    with duckdb.connect(str(built.paths.warehouse), read_only=True) as free:  # nobody writes to it any more
        assert free.execute("select count(*) from marts.customers").fetchall()[0][0] > 200


def test_the_ui_shows_the_run_with_row_counts(built: Built):
    with open_instance(built.paths) as instance:
        (run,) = instance.get_runs()
        assert run.status == DagsterRunStatus.SUCCESS
        event = instance.get_latest_materialization_event(dg.AssetKey(["marts", "customers"]))
        metadata = event.asset_materialization.metadata
    with duckdb.connect(str(built.paths.warehouse), read_only=True) as warehouse:
        customers = warehouse.execute("select count(*) from marts.customers").fetchall()[0][0]
    assert metadata["dagster/row_count"].value == customers


def test_no_address_leaves_the_warehouse(built: Built):
    """Neither Dagster's record of the run, with all its metadata, nor any log holds a customer's e-mail address."""
    with duckdb.connect(str(built.paths.warehouse), read_only=True) as warehouse:
        found = warehouse.execute("select lower(email) from restricted.customer_contacts").fetchall()
    addresses = {address.encode() for (address,) in found if address}
    told = [built.paths.root / name for name in ("dagster", "logs", "landing", "dbt")]
    files = [file for folder in told for file in folder.rglob("*") if file.is_file()]
    assert len(addresses) > 100 and any(file.suffix == ".db" for file in files)
    leaks = {file.name: addresses & set(EMAIL.findall(file.read_bytes().lower())) for file in files}
    assert not {name for name, leaked in leaks.items() if leaked}


def test_a_truncated_file_of_a_required_table_stops_the_run(folder: Paths, capfd: pytest.CaptureFixture):
    order = next((folder.raw / "shopify" / "order").rglob("*.parquet"))
    order.write_bytes(order.read_bytes()[:-100])
    assert main(["--as-of", AS_OF]) == 1
    said = capfd.readouterr().out
    assert f"shopify.order: files_accepted: {order.name}" in said
    assert "staging" not in said
    assert "Version 1 is still the current one" in said
    assert current_version(folder.serving) == 1


def test_amounts_that_nobody_spends_stop_the_run(folder: Paths, capfd: pytest.CaptureFixture):
    for order in (folder.raw / "shopify" / "order").rglob("*.parquet"):
        inflated = f"select * replace (total_price * 1e6 as total_price) from '{order}'"
        with duckdb.connect() as connection:
            connection.execute(f"copy ({inflated}) to '{order}.new' (format parquet)")
        Path(f"{order}.new").replace(order)
    assert main(["--as-of", AS_OF]) == 1
    said = capfd.readouterr().out
    assert "shopify.order: expectations: total_price" in said
    assert "staging" not in said
    assert current_version(folder.serving) == 1


def test_two_runs_never_write_together(folder: Paths, capfd: pytest.CaptureFixture):
    with only_run(folder):
        assert main(["--as-of", AS_OF]) == 1
    assert "another run" in capfd.readouterr().out


def test_a_run_that_lost_its_power_is_ended(tmp_path: Path):
    paths = Paths(tmp_path)
    with open_instance(paths) as instance:
        run = instance.create_run_for_job(defs.resolve_job_def("daily"), status=DagsterRunStatus.STARTED)
        end_lost_runs(instance, paths)
        assert instance.get_run_by_id(run.run_id).status == DagsterRunStatus.FAILURE


def test_the_data_folder_may_have_vars_of_its_own(tmp_path: Path):
    (tmp_path / "vars.yml").write_text("as_of_date: 1998-06-30\nreporting_currency: USD\n")
    assert {name: str(value) for name, value in folder_vars(Paths(tmp_path)).items()} == {
        "as_of_date": "1998-06-30",
        "reporting_currency": "USD",
    }
    (tmp_path / "vars.yml").write_text("reporting_curency: USD\n")
    with pytest.raises(
        ValueError, match="names reporting_curency; the vars are: as_of_date, reporting_currency"
    ):
        folder_vars(Paths(tmp_path))
