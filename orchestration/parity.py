"""Whether every mart and staging table says the same on Spark as on DuckDB: `python -m orchestration.parity`.

A small retailer is built on both engines by the same models. Spark's tables are read from the Parquet files it wrote.
Only names and counts are printed, never a value: some are personal.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import duckdb

from orchestration.chain import AFTER, BEFORE, BETWEEN, build_scored
from orchestration.clv.refit import refit
from orchestration.demo import generate
from orchestration.fuzzy.scoring import score
from orchestration.landing import land
from orchestration.warehouse import PROJECT, Paths, open_warehouse

AS_OF = "2026-06-30"  # the last day of the demo retailer
SPARK = "spark_small"  # the profile's target for so little data
COMPARED = ("staging", "marts", "restricted")
SPELT_DIFFERENTLY = {"raw_row"}  # JSON, which each engine writes in its own way: compared is that it is there


@dataclass(frozen=True)
class Comparison:
    """One table on both engines: its rows there, and the rows that have no equal on the other."""

    table: str
    duckdb_rows: int
    spark_rows: int
    only_duckdb: int
    only_spark: int
    differing_columns: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        return self.only_duckdb == self.only_spark == 0

    def __str__(self) -> str:
        if self.is_equal:
            return f"equal      {self.table}: {self.duckdb_rows:,} rows"
        return (
            f"DIFFERENT  {self.table}: {self.duckdb_rows:,} rows on DuckDB, {self.spark_rows:,} on Spark; "
            f"{self.only_duckdb:,} and {self.only_spark:,} have no equal there; "
            f"columns: {', '.join(self.differing_columns) or 'only their combination'}"
        )


def spark_is_missing() -> str:
    """Why Spark cannot run here, as a sentence; empty when it can."""
    if not importlib.util.find_spec("pyspark"):
        return "Spark is not installed here: `make spark` does it."
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin" if home else None)
    if not java:
        return "Spark needs Java 17 or later, and there is none here (Debian: apt install openjdk-17-jre-headless)."
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if not version or int(version[1]) < 17:
        return f"Spark needs Java 17 or later, and {java} is {version[0] if version else 'not Java'}."
    return ""


def build_on_duckdb(paths: Paths) -> None:
    """Lands, builds and scores in processes of their own, which leave the file free. Raises CalledProcessError."""
    # its tests are the test suite's business
    build_scored(paths, [*_build(paths, "duckdb"), "--exclude-resource-type", "test"])


def build_on_spark(paths: Paths) -> None:
    """Lands, builds and scores in this process: dbt finds the session that landing started. Raises RuntimeError."""
    from dbt.cli.main import dbtRunner  # here: comparing alone needs no dbt, which takes seconds to load

    os.environ |= {"C360_DATA": str(paths.root), "C360_TARGET": SPARK}
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    with open_warehouse(paths) as warehouse:
        land(paths, warehouse)
        for selection in (BEFORE, BETWEEN, AFTER):
            result = dbtRunner().invoke([*_build(paths, SPARK), *selection])
            if not result.success:
                raise RuntimeError(f"dbt build failed on Spark; see {paths.root}/dbt/{SPARK}/dbt.log")
            if selection is BEFORE:
                score(warehouse)
            elif selection is BETWEEN:
                refit(warehouse, date.fromisoformat(AS_OF))


def _build(paths: Paths, target: str) -> list[str]:
    folder = str(paths.root / "dbt" / target)
    return [
        *("--quiet", "build", "--target", target, "--project-dir", str(PROJECT)),
        *("--vars", f"as_of_date: {AS_OF}", "--target-path", folder, "--log-path", folder),
        # they bring rows of their own and run on DuckDB with all the other tests; on Spark each takes seconds
        *("--exclude-resource-type", "unit_test"),
    ]


def compare(paths: Paths) -> Iterator[Comparison]:
    """Every table of the compared schemas, in DuckDB's types."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{paths.warehouse}' as ours (read_only)")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where database_name = 'ours' and schema_name in ? order by all",
            [COMPARED],
        ).fetchall()
        for schema, table in tables:
            yield _compare_table(connection, paths, schema, table)


def _compare_table(
    connection: duckdb.DuckDBPyConnection, paths: Paths, schema: str, table: str
) -> Comparison:
    columns = connection.execute(
        "select column_name, data_type from duckdb_columns() "
        "where database_name = 'ours' and schema_name = ? and table_name = ? order by column_index",
        [schema, table],
    ).fetchall()
    kept = ", ".join(
        f"{name} is not null as {name}" if name in SPELT_DIFFERENTLY else f"cast({name} as {kind}) as {name}"
        for name, kind in columns
    )
    files = paths.spark / "warehouse" / f"{schema}.db" / table / "*.parquet"
    for engine, source in (("duckdb", f"ours.{schema}.{table}"), ("spark", f"read_parquet('{files}')")):
        connection.execute(f"create or replace temp table {engine}_rows as select {kept} from {source}")
    ((duckdb_rows, spark_rows),) = connection.execute(
        "select (select count(*) from duckdb_rows), (select count(*) from spark_rows)"
    ).fetchall()
    only_duckdb, only_spark = _unequal(connection, "*")
    differing = tuple(
        name for name, _ in columns if only_duckdb + only_spark and any(_unequal(connection, name))
    )
    return Comparison(f"{schema}.{table}", duckdb_rows, spark_rows, only_duckdb, only_spark, differing)


def _unequal(connection: duckdb.DuckDBPyConnection, columns: str) -> tuple[int, int]:
    """Rows of each engine that have no equal on the other."""
    ours, theirs = f"select {columns} from duckdb_rows", f"select {columns} from spark_rows"
    only_ours = f"select count(*) from ({ours} except all {theirs})"
    only_theirs = f"select count(*) from ({theirs} except all {ours})"
    return connection.execute(f"select ({only_ours}), ({only_theirs})").fetchall()[0]


def main() -> int:
    """Builds both, prints a line for each table; 1 when one differs, 2 when Spark cannot run here."""
    parser = argparse.ArgumentParser(prog="python -m orchestration.parity")
    parser.add_argument("--customers", type=int, default=300, help="people in the retailer (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another retailer (%(default)s)")
    asked = parser.parse_args()
    if reason := spark_is_missing():
        print(reason, file=sys.stderr)
        return 2
    os.environ.setdefault("DBT_PROFILES_DIR", str(PROJECT))
    paths = Paths(Paths().root / "parity")
    shutil.rmtree(paths.root, ignore_errors=True)
    generate(paths.root, asked.customers, asked.seed)
    for engine, build in (("DuckDB", build_on_duckdb), ("Spark", build_on_spark)):
        started = time.monotonic()
        build(paths)
        print(f"built on {engine} in {time.monotonic() - started:.0f} s", flush=True)
    comparisons = list(compare(paths))
    print(*comparisons, sep="\n")
    return any(not comparison.is_equal for comparison in comparisons)


if __name__ == "__main__":
    sys.exit(main())
