"""DuckDB compacts the tables that are kept from run to run when it is worth it, and not before."""

import shutil
from pathlib import Path

import duckdb
import pytest
from conftest import Built
from own_dbt import run_dbt

KEPT = "intermediate.int_identity__identifier_values"


def rewrite(warehouse: Path, percent: int) -> None:
    """Delete so many of the rows and write them again, as many days' runs would."""
    with duckdb.connect(str(warehouse)) as opened:
        opened.execute("set max_vacuum_tasks = 0")
        of_them = "hash(identifier_value) % 100 < ?"
        opened.execute(f"create temp table again as from {KEPT} where {of_them}", [percent])
        opened.execute(f"delete from {KEPT} where {of_them}", [percent])
        opened.execute(f"insert into {KEPT} from again")


def rows(warehouse: Path) -> tuple[int, int]:
    """The rows that a query sees, and with them those that are dead."""
    with duckdb.connect(str(warehouse), read_only=True) as opened:
        (seen,) = opened.execute(f"select count(*) from {KEPT}").fetchone()
        (stored,) = opened.execute(
            "select estimated_size from duckdb_tables() where schema_name || '.' || table_name = ?", [KEPT]
        ).fetchone()
    return seen, stored


@pytest.mark.parametrize(("percent", "is_compacted"), [(20, False), (50, True)])
def test_a_table_is_compacted_when_a_quarter_of_it_is_dead(built: Built, tmp_path, percent, is_compacted):
    warehouse = Path(shutil.copy(built.paths.warehouse, tmp_path))
    before, _ = rows(warehouse)
    rewrite(warehouse, percent)
    assert rows(warehouse)[1] > before
    # a run that writes nothing into the table: it judges every value as before
    run_dbt(tmp_path, "run", "--select", "int_identity__value_use", KEPT.split(".")[1])
    after, stored = rows(warehouse)
    assert after == before
    assert (stored == before) is is_compacted
