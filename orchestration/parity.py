"""python -m orchestration.parity: the same small retailer on DuckDB and on Spark, and whether every mart says the same on both.

Spark's tables are read from the Parquet files it wrote. Only names and counts are printed, never a value: some are personal.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.demo import generate
from orchestration.landing import land
from orchestration.warehouse import PROJECT, Paths, open_warehouse

AS_OF = "2026-06-30"  # the last day of the demo retailer
SPARK = "spark_small"  # the profile's target for so little data
COMPARED = ("marts", "restricted")
SPELT_DIFFERENTLY = {"raw_row"}  # the engines write the same row as JSON each in its own way: only that it is there is compared


@dataclass(frozen=True)
class Comparison:
    """One table on both engines: its rows there, and the rows that the other does not have."""

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
            f"{self.only_duckdb:,} and {self.only_spark:,} have no equal; columns: {', '.join(self.differing_columns)}"
        )


def spark_is_missing() -> str:
    """Why Spark cannot run here, as a sentence; empty when it can."""
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else shutil.which("java")
    if not java or not Path(java).exists():
        return "Spark needs Java 17 or later, and there is no `java` here (Debian, Ubuntu: apt install openjdk-17-jre-headless)."
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    version = re.search(r'version "(\d+)', said)
    if not version or int(version[1]) < 17:
        return f"Spark needs Java 17 or later; {java} is {said.splitlines()[0] if said else 'broken'}."
    return ""


def build_on_duckdb(paths: Paths) -> None:
    """Lands and builds in processes of their own, which leave the warehouse file free. Raises CalledProcessError."""
    environment = os.environ | {"C360_DATA": str(paths.root), "C360_TARGET": "duckdb"}
    dbt = str(Path(sys.executable).with_name("dbt"))
    for command in ([sys.executable, "-m", "orchestration.landing"], [dbt, *_build(paths, "duckdb")]):
        subprocess.run(command, cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)


def build_on_spark(paths: Paths) -> None:
    """Lands and builds in this process: dbt's `method: session` finds the session that landing started. Raises RuntimeError."""
    from dbt.cli.main import dbtRunner

    os.environ |= {"C360_DATA": str(paths.root), "C360_TARGET": SPARK}
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    with open_warehouse(paths) as warehouse:
        land(paths, warehouse)
        result = dbtRunner().invoke(_build(paths, SPARK))
    if not result.success:
        raise RuntimeError(f"dbt build failed on Spark; see {paths.root / 'dbt' / SPARK / 'dbt.log'}")


def _build(paths: Paths, target: str) -> list[str]:
    # unit tests give the logic rows of their own and run on DuckDB with `make test`; on Spark each would cost seconds
    folder = str(paths.root / "dbt" / target)
    return [
        "--quiet", "build", "--target", target, "--exclude-resource-type", "unit_test",
        "--vars", f"as_of_date: {AS_OF}", "--target-path", folder, "--log-path", folder, "--project-dir", str(PROJECT),
    ]  # fmt: skip


def compare(paths: Paths) -> Iterator[Comparison]:
    """Every table of the compared schemas, in DuckDB's types."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{paths.warehouse}' as ours (read_only)")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'ours' and schema_name in ? order by all",
            [COMPARED],
        ).fetchall()
        for schema, table in tables:
            yield _compare_table(connection, paths, schema, table)


def _compare_table(connection: duckdb.DuckDBPyConnection, paths: Paths, schema: str, table: str) -> Comparison:
    columns = connection.execute(
        "select column_name, data_type from duckdb_columns() "
        "where database_name = 'ours' and schema_name = ? and table_name = ? order by column_index",
        [schema, table],
    ).fetchall()
    kept = ", ".join(
        f"{name} is not null as {name}" if name in SPELT_DIFFERENTLY else f"cast({name} as {data_type}) as {name}"
        for name, data_type in columns
    )
    files = paths.spark / "warehouse" / f"{schema}.db" / table / "*.parquet"
    connection.execute(f"create or replace temp table duckdb_rows as select {kept} from ours.{schema}.{table}")
    connection.execute(f"create or replace temp table spark_rows as select {kept} from read_parquet('{files}')")
    unequal = _unequal(connection, "*")
    return Comparison(
        f"{schema}.{table}",
        *connection.execute("select (select count(*) from duckdb_rows), (select count(*) from spark_rows)").fetchall()[0],
        *unequal,
        tuple(name for name, _ in columns if any(unequal) and any(_unequal(connection, name))),
    )


def _unequal(connection: duckdb.DuckDBPyConnection, columns: str) -> tuple[int, int]:
    """Rows of each engine that have no equal on the other."""
    ours, theirs = f"select {columns} from duckdb_rows", f"select {columns} from spark_rows"
    return connection.execute(
        f"select (select count(*) from ({ours} except all {theirs})), (select count(*) from ({theirs} except all {ours}))"
    ).fetchall()[0]


def main() -> int:
    """Builds both, prints a line for each table; 1 when one differs, 2 when Spark cannot run here."""
    parser = argparse.ArgumentParser(prog="python -m orchestration.parity", description="DuckDB and Spark side by side.")
    parser.add_argument("--customers", type=int, default=300, help="size of the demo retailer (default %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another retailer (default %(default)s)")
    asked = parser.parse_args()
    if reason := spark_is_missing():
        print(reason, file=sys.stderr)
        return 2
    paths = Paths(Paths().root / "parity")
    shutil.rmtree(paths.root, ignore_errors=True)
    generate(paths.root, asked.customers, asked.seed)
    for engine, build in (("DuckDB", build_on_duckdb), ("Spark", build_on_spark)):
        started = time.monotonic()
        build(paths)
        print(f"built and tested on {engine} in {time.monotonic() - started:.0f} s", flush=True)
    comparisons = list(compare(paths))
    print(*comparisons, sep="\n")
    return any(not comparison.is_equal for comparison in comparisons)


if __name__ == "__main__":
    sys.exit(main())
