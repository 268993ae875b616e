"""A run that is killed between the steps of the registry loses nothing: the next ends where an undisturbed one does."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import AS_OF, PROJECT, Built

# kills itself at an event of a model, as dbt tells of them: SQLCommit is written and not committed, NodeFinished is committed
RUN = """
import os, signal, sys
from dbt.cli.main import dbtRunner
model, event, *arguments = sys.argv[1:]
def die(message):
    if message.info.name == event and message.data.node_info.node_name == model:
        os.kill(os.getpid(), signal.SIGKILL)
sys.exit(not dbtRunner(callbacks=[die]).invoke(arguments).success)
"""
NOBODY = ("nothing", "at no event")
KILLS = [
    ("int_identity__matched_records", "NodeFinished"),
    ("int_identity__registry", "SQLCommit"),
    ("int_identity__registry", "NodeFinished"),
    ("int_identity__resolved_records", "NodeFinished"),
    ("customer_identities", "SQLCommit"),
]
# overnight: people merge contacts, contacts change their address, and members come who were not there
A_DAY = """
insert into staging.stg_hubspot__contact_merges
    select crm_contact_id, (crm_contact_id::bigint + 1)::varchar, timestamp '2026-06-30 12:00:00'
    from staging.stg_hubspot__contacts where md5(crm_contact_id) < 'a';
update staging.stg_hubspot__contacts set email = 'moved.' || email where md5(crm_contact_id) > 'c';
insert into staging.stg_loyalty__members
    select * replace ('N' || member_id as member_id, 'N' || loyalty_number as loyalty_number, null as email, null as phone)
    from staging.stg_loyalty__members where md5(loyalty_number) < '2';
"""
MARTS = ("customer_identities", "customer_id_redirects", "identity_changes")
TABLES = ("intermediate.int_identity__registry", *(f"marts.{mart}" for mart in MARTS))


def run(warehouse: Path, target: Path, kill: tuple[str, str] = NOBODY) -> int:
    """Run identity, and the marts that say who has which id, on a warehouse; returns how the process ended."""
    arguments = ["run", "--quiet", "--select", "path:models/intermediate/identity", *MARTS]
    paths = ["--target-path", str(target), "--log-path", str(target), "--profiles-dir", str(PROJECT)]
    command = [sys.executable, "-c", RUN, *kill, *arguments, *paths, "--vars", f"{{as_of_date: '{AS_OF}'}}"]
    environment = os.environ | {"C360_DATA": str(warehouse.parent)}
    return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode


def tables(warehouse: Path) -> dict[str, list[tuple]]:
    """Everything that says who has which id."""
    with duckdb.connect(str(warehouse), read_only=True) as opened:
        return {table: opened.execute(f"from {table} order by all").fetchall() for table in TABLES}


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where dbt keeps what it parsed, for all runs of this file."""
    return tmp_path_factory.mktemp("dbt")


@pytest.fixture(scope="module")
def next_day(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse after its first run and the next day's changes. Copy it to run on it."""
    warehouse = Path(shutil.copy(built.paths.warehouse, tmp_path_factory.mktemp("next-day")))
    with duckdb.connect(str(warehouse)) as opened:
        opened.execute(A_DAY)
    return warehouse


@pytest.fixture(scope="module")
def undisturbed(
    next_day: Path, target: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[tuple]]:
    """What one whole run makes of that day."""
    warehouse = Path(shutil.copy(next_day, tmp_path_factory.mktemp("undisturbed")))
    assert run(warehouse, target) == 0
    return tables(warehouse)


def test_the_day_moves_ids(next_day, undisturbed):
    """Else the kills below would prove little."""
    before = tables(next_day)["intermediate.int_identity__registry"]
    assert set(before) < set(undisturbed["intermediate.int_identity__registry"]), "it is only appended to"
    today = [change for _, _, change, *_, run, _ in undisturbed["marts.identity_changes"] if run == 2]
    assert {"created", "merged", "split"} <= set(today)


@pytest.mark.parametrize("kill", KILLS, ids=" ".join)
def test_a_killed_run_is_made_up_for_by_the_next(next_day, undisturbed, target, tmp_path, kill):
    warehouse = Path(shutil.copy(next_day, tmp_path))
    assert run(warehouse, target, kill) == -signal.SIGKILL
    assert run(warehouse, target) == 0
    assert tables(warehouse) == undisturbed


def test_no_id_that_retired_is_given_again(undisturbed):
    """Whoever asks for a retired id is sent on: nobody has it, and nobody was given it in the run that retired it."""
    registry = undisturbed["intermediate.int_identity__registry"]
    retired = {row[0] for row in undisturbed["marts.customer_id_redirects"]}
    assert not retired & {row[3] for row in undisturbed["marts.customer_identities"]}
    assert not retired & {row[1] for row in registry if row[2] == 2}
