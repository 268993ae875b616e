"""The registry outlives the loss of the warehouse, a kill at any point of a run, and whoever restores it in a hurry."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import AS_OF, PROJECT, Built

from orchestration.build import main as build
from orchestration.publish import publish, rollback
from orchestration.registry import RestoreRefused, main, restore, restore_if_lost
from orchestration.resources import only_run
from orchestration.warehouse import Paths

REGISTRY = "intermediate.int_identity__registry"


def give(paths: Paths, run: int, **customers: str) -> None:
    """Write a run into the registry: which customer each record, by its number, was given to."""
    with duckdb.connect(str(paths.warehouse)) as warehouse:
        warehouse.execute(f"""
            create schema if not exists marts;
            create or replace table marts.customers as select {run} as run;
            create schema if not exists intermediate;
            create table if not exists {REGISTRY}
                (record_id bigint, customer_id varchar, run bigint, assigned_date date, reason varchar)
        """)
        warehouse.executemany(
            f"insert into {REGISTRY} values (?, ?, ?, date '2026-01-31', 'created')",
            [[int(record[1:]), customer, run] for record, customer in customers.items()],
        )


def given(paths: Paths) -> list[tuple]:
    """All rows of the registry."""
    with duckdb.connect(str(paths.warehouse), read_only=True) as warehouse:
        return warehouse.execute(f"from {REGISTRY} order by record_id, run").fetchall()


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """Two runs, each published: the second merged the customers ada and bob."""
    monkeypatch.setenv("C360_DATA", str(tmp_path))
    folder = Paths()
    give(folder, 1, r1="ada", r2="bob", r3="eve")
    publish(folder.warehouse, folder.serving)
    give(folder, 2, r2="ada", r4="ada")
    publish(folder.warehouse, folder.serving)
    return folder


def test_a_lost_registry_comes_back_from_the_newest_publication(paths):
    before = given(paths)
    assert restore_if_lost(paths) is None, "nothing is lost yet"
    rollback(paths.serving)
    paths.warehouse.unlink()

    restored = restore_if_lost(paths)
    assert restored and restored.backup.version == 2, "version 1 is current, and lacks what was given since"
    assert given(paths) == before
    assert "restored from v000002" in str(restored)
    assert "5 rows (runs: 2, the last is 2); records: 4, customers: 2" in str(restored)
    assert restore_if_lost(paths) is None


def test_the_first_build_has_nothing_to_restore(tmp_path):
    assert restore_if_lost(Paths(tmp_path)) is None
    with pytest.raises(RestoreRefused, match="no publication in .* holds a backup"):
        restore(Paths(tmp_path))


def test_a_damaged_backup_stops_the_build_and_a_person_may_take_an_older_one(paths):
    file = paths.serving / "v000002" / "registry.parquet"
    file.chmod(0o600)
    file.write_bytes(file.read_bytes()[:-1])
    paths.warehouse.unlink()
    with pytest.raises(RestoreRefused, match=r"v000002 is not as it was published: registry\.parquet"):
        restore_if_lost(paths)
    assert restore(paths, version=1).figures.rows == 3


def test_restoring_forgets_no_id_unless_forced(paths):
    give(paths, 3, r5="zoe")
    give(paths, 10, r6="kim")
    after = given(paths)
    with pytest.raises(RestoreRefused, match="has 2 rows, of run 3, 10, that v000002 lacks"):
        restore(paths)
    assert given(paths) == after

    main(["--restore", "--force"])
    assert [row[2] for row in given(paths)] == [1, 1, 2, 1, 2]
    main(["--restore"])  # again: nothing is lost by it
    with pytest.raises(SystemExit, match=r"no backup of the registry in version 9; there are: \[1, 2\]"):
        main(["--restore", "9"])


def test_nobody_restores_while_a_run_is_at_work(paths):
    with only_run(paths), pytest.raises(SystemExit, match="another run"):
        main(["--restore"])


def test_the_command_says_what_there_is(paths, capsys):
    main([])
    registry, backup = capsys.readouterr().out.splitlines()
    figures = "5 rows (runs: 2, the last is 2); records: 4, customers: 2, retired ids: 1"
    assert registry == f"Registry: {figures}"
    assert backup.startswith("Backup in v000002, published ") and backup.endswith(figures)
    paths.warehouse.unlink()
    main([])
    assert "the next build restores it" in capsys.readouterr().out


@pytest.mark.parametrize("moment", ["create schema", "create or replace", "commit"])
def test_a_kill_while_restoring_leaves_the_registry_of_before(paths, moment):
    """Each statement in turn is the last."""
    give(paths, 3, r5="zoe")
    before = given(paths)
    restorer = """
import os, signal, sys
from orchestration.registry import restore
from orchestration.warehouse import DuckDBWarehouse, Paths
execute = DuckDBWarehouse.execute
def execute_or_die(self, sql):
    if sql.startswith(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    execute(self, sql)
DuckDBWarehouse.execute = execute_or_die
restore(Paths(), force=True)
"""
    killed = subprocess.run([sys.executable, "-c", restorer, moment], cwd=PROJECT, check=False)
    assert killed.returncode == -9
    assert given(paths) == before


def test_a_build_without_its_warehouse_gives_every_record_its_old_id(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture
):
    for part in ("raw", "serving"):
        shutil.copytree(built.paths.root / part, tmp_path / part, symlinks=True)
    monkeypatch.setenv("C360_DATA", str(tmp_path))
    spell_ids_backwards(tmp_path / "serving" / "v000001")
    assert build(["--as-of", AS_OF]) == 0
    assert "The identity registry was restored from v000001" in capfd.readouterr().out
    first, second = (
        ids(tmp_path / "serving" / version / "marts.duckdb", how)
        for version, how in [("v000001", "reverse(customer_id)"), ("v000002", "customer_id")]
    )
    assert first == second
    assert len(first) > 300


def spell_ids_backwards(version: Path) -> None:
    """Give a backup ids that no run would draw, as if customers had come and merged for years."""
    registry = version / "registry.parquet"
    with duckdb.connect() as connection:
        changed = f"select * replace (reverse(customer_id) as customer_id) from '{registry}'"
        connection.execute(f"copy ({changed}) to '{registry}.new' (format parquet)")
    Path(f"{registry}.new").replace(registry)
    manifest = json.loads((version / "manifest.json").read_text())
    manifest["files"][registry.name] = hashlib.sha256(registry.read_bytes()).hexdigest()
    (version / "manifest.json").chmod(0o600)
    (version / "manifest.json").write_text(json.dumps(manifest))


def ids(marts: Path, how: str) -> list[tuple]:
    """The customer of every record of a publication."""
    with duckdb.connect(str(marts), read_only=True) as published:
        identities = f"select * replace ({how} as customer_id) from marts.marts.customer_identities"
        return published.execute(f"{identities} order by all").fetchall()
