"""Any system may be absent, any table of it, any column that is no key: the rest is built."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import duckdb
import pytest
from conftest import AS_OF, PROJECT

from orchestration.dbt import MANIFEST
from orchestration.landing import Contract, land, read_contracts
from orchestration.landing.files import identifier
from orchestration.warehouse import DuckDBWarehouse, Paths

STAGED = {(c.system, c.table): c for c in read_contracts() if not c.not_staged}
SYSTEMS = {system: list(tables) for system, tables in groupby(STAGED.values(), key=lambda c: c.system)}
META = {
    (source["source_name"], source["name"]): source["config"]["meta"]
    for source in MANIFEST["sources"].values()
}
MODELS = [node for node in MANIFEST["nodes"].values() if node["resource_type"] == "model"]
MARTS = [node for node in MODELS if node["fqn"][1] == "marts"]
STAGING = {  # the model of each raw table
    tuple(source.split(".")[2:]): node["name"]
    for node in MODELS
    if node["fqn"][1] == "staging" and node["fqn"][2] != "landing"
    for source in node["depends_on"]["nodes"]
    if source.startswith("source.")
}
EXAMPLES = {  # of each type a value that can be used; EUR is text and a currency
    "string": "'EUR'",
    "bigint": "1",
    "boolean": "true",
    "date": "date '2026-01-01'",
    "timestamp": "timestamp '2026-01-01 12:00:00'",
    "decimal(18, 2)": "1.00",
    "decimal(18, 8)": "1.0",
    "double": "1.0",
}
LACKING = {  # the table that others lean on most, where a system has several
    "facebook_ads": "campaign_history",
    "feedback": "review",
    "google_ads": "account_history",
    "hubspot": "contact",
    "klaviyo": "person",
    "loyalty": "member",
    "pos": "store",
    "privacy": "consent_event",
    "recharge": "customer",
    "segment": "identifies",
    "shopify": "order_line",
    "zendesk": "user",
}


def needed(contract: Contract) -> list[str]:
    """The columns without which no row of a table can be used."""
    return list(dict.fromkeys([*contract.key, *META[contract.system, contract.table].get("not_null", [])]))


def leant_on(contract: Contract) -> str:
    """The column that can be missed least of those that may be: that of the version, of the money, of deletion, else the first."""
    meta = META[contract.system, contract.table]
    money = meta.get("money", {})
    leant = [*meta.get("newest_by", []), meta.get("suppressed_when"), *money.values(), *contract.columns]
    may_be_absent = [name for name in leant if name in contract.columns and name not in needed(contract)]
    return may_be_absent[0] if may_be_absent else ""


@dataclass(frozen=True)
class Absence:
    """A run: of three groups of systems one is absent, one lacks a table each, one a column in every table."""

    systems: tuple[str, ...]
    tables: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str, str], ...]

    @classmethod
    def of_run(cls, number: int) -> "Absence":
        """In three runs every system is each of the three once."""
        names = sorted(SYSTEMS)
        absent, lacking, narrow = (names[(number + role) % 3 :: 3] for role in range(3))
        return cls(
            systems=tuple(absent),
            tables=tuple((system, LACKING.get(system, SYSTEMS[system][0].table)) for system in lacking),
            columns=tuple(
                (contract.system, contract.table, leant_on(contract))
                for system in narrow
                for contract in SYSTEMS[system]
                if leant_on(contract)
            ),
        )

    def take_from(self, raw: Path) -> None:
        """Make it so in a folder of raw files."""
        for system in self.systems:
            shutil.rmtree(raw / system)
        for system, table in self.tables:
            shutil.rmtree(raw / system / table, ignore_errors=True)
        for system, table, column in self.columns:
            for file in sorted((raw / system / table).rglob("*.*")):
                rewrite_without(column, file)


def rewrite_without(column: str, file: Path) -> None:
    """The same file as if its source had never had the column."""
    kept = f"columns(lambda name: lower(name) <> '{column}')"
    draft = file.with_name(f"_{file.name}")
    if ".jsonl" in file.name:
        lines = duckdb.sql(
            f"select json_merge_patch(json, '{{\"{column}\": null}}') from read_ndjson_objects('{file}')"
        ).fetchall()
        draft.write_text("".join(f"{line}\n" for (line,) in lines))
    elif file.suffix == ".parquet":
        duckdb.sql(f"copy (select {kept} from '{file}') to '{draft}' (format parquet)")
    else:
        compression = "gzip" if file.suffix == ".gz" else "none"
        duckdb.sql(
            f"copy (select {kept} from read_csv('{file}', all_varchar = true, header = true)) "
            f"to '{draft}' (format csv, header true, compression {compression})"
        )
    shutil.copystat(file, draft)
    draft.replace(file)


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for what dbt makes of the project, so that it is parsed once."""
    return tmp_path_factory.mktemp("parsed")


def dbt(data: Path, parsed: Path, *arguments: str) -> None:
    """Builds without Dagster, as a person may."""
    command = [str(Path(sys.executable).with_name("dbt")), "build", "--quiet", "--project-dir", str(PROJECT)]
    command += ["--target-path", str(parsed), "--log-path", str(parsed), "--vars", f"as_of_date: {AS_OF}"]
    environment = os.environ | {"C360_DATA": str(data), "DBT_PROFILES_DIR": str(PROJECT)}
    run = subprocess.run([*command, *arguments], check=False, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("number", range(3))
def test_the_rest_is_built(number: int, demo_raw: Path, tmp_path: Path, parsed: Path):
    absence = Absence.of_run(number)
    shutil.copytree(demo_raw / "raw", tmp_path / "raw")
    delivered = {key for key in STAGED if (tmp_path / "raw" / key[0] / key[1]).exists()}
    absence.take_from(tmp_path / "raw")
    paths = Paths(tmp_path)
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        land(paths, warehouse)
    dbt(tmp_path, parsed, "--exclude-resource-type", "unit_test")

    with DuckDBWarehouse(paths.warehouse, read_only=True) as warehouse:
        columns = warehouse.query(
            "select table_name, column_name from duckdb_columns() where schema_name = 'marts'"
        )
        reconciled = warehouse.query(
            "select source_system, source_table, raw_rows > 0, staged_rows > 0, unexplained_rows from marts.reconciliation"
        )
        unexplained = warehouse.query("from marts.money_reconciliation where unexplained_amount <> 0")
        missing = warehouse.query(
            "select source_system, source_table, unnest(split(missing_columns, ' ')) from marts.landing_report"
        )
    assert {(mart["name"], column) for mart in MARTS for column in mart["columns"]} <= set(columns)
    came = {key for key in delivered if key[0] not in absence.systems and key not in absence.tables}
    assert set(reconciled) == {(*key, key in came, key in came, 0) for key in STAGED}
    assert not unexplained
    assert {column for column in absence.columns if column[:2] in came} <= set(missing)


def test_a_loaders_tables_of_nothing_but_keys_are_staged_with_nulls(tmp_path: Path, parsed: Path):
    paths = Paths(tmp_path)
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        warehouse.execute("create schema raw")
        for contract in STAGED.values():
            values = (
                f"{EXAMPLES[contract.columns[name]]} as {identifier(name)}" for name in needed(contract)
            )
            warehouse.execute(f"create table {contract.relation} as select {', '.join(values)}")
    # not the tests: they would want marts too
    dbt(
        tmp_path,
        parsed,
        "--select",
        "path:seeds",
        "path:models/staging",
        "--exclude-resource-type",
        "test",
        "unit_test",
    )

    with duckdb.connect(str(paths.warehouse), read_only=True) as connection:
        for key, model in STAGING.items():
            absent = set(STAGED[key].columns) - set(needed(STAGED[key]))
            staged = connection.execute(f"select * from staging.{model}").fetchall()
            names = [column[0] for column in connection.description]
            assert len(staged) == 1, model
            row = dict(zip(names, staged[0], strict=True))
            assert not {name for name in absent & set(names) if row[name] is not None}, model
