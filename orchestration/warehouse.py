"""Where the warehouse is and which engine it runs on: no other Python knows."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self

import duckdb
import jinja2
import pyarrow as pa
import yaml

PROJECT = Path(__file__).resolve().parents[1]


class WarehouseBusy(RuntimeError):
    """Another process holds the warehouse file."""


@dataclass(frozen=True)
class Paths:
    """The data folder and what lies in it, absolute: $C360_DATA unless another root is given."""

    root: Path = field(default_factory=lambda: Path(os.environ.get("C360_DATA", "data")))
    raw: Path = field(init=False)  # what arrives: <system>/<table>/ folders of Parquet, CSV or JSON lines
    landing: Path = field(init=False)  # what landing found in those files: drift and refusals
    warehouse: Path = field(init=False)  # private to the pipeline: a reader of it would lock the writer out
    spark: Path = field(init=False)  # Spark's tables and metastore, which are only right together
    serving: Path = field(init=False)  # published versions; `current` is the one to read
    exports: Path = field(init=False)  # audiences that leave the building

    def __post_init__(self) -> None:
        root = Path(self.root).resolve()
        object.__setattr__(self, "root", root)
        object.__setattr__(self, "warehouse", root / "warehouse.duckdb")
        for folder in ("raw", "landing", "spark", "serving", "exports"):
            object.__setattr__(self, folder, root / folder)


class Warehouse(Protocol):
    """Runs SQL on one engine, and lets go of it at the end of a `with`."""

    engine: str  # `duckdb` or `spark`: whose SQL it speaks

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of one statement."""

    def arrow(self, sql: str) -> pa.Table:
        """All rows of one statement, as columns."""

    def replace(self, tables: dict[str, pa.Table]) -> None:
        """Write tables (`schema.name`) anew: on DuckDB all or none; on Spark one after the other, in this order."""

    def execute(self, sql: str) -> None:
        """Run one statement for its effect."""

    def kind(self, relation: str) -> str:
        """What `schema.name` is: `view`, `table`, or nothing when it does not exist."""

    def close(self) -> None:
        """Let go of the engine."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class DuckDBWarehouse(Warehouse):
    """The work file on DuckDB. Raises `WarehouseBusy` when another process holds it."""

    engine = "duckdb"

    def __init__(self, path: Path, read_only: bool = False) -> None:
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.connection = duckdb.connect(str(path), read_only=read_only)
        except duckdb.IOException as error:
            if "lock" not in str(error):
                raise
            raise WarehouseBusy(_who_holds(path, str(error))) from error
        self.connection.execute("set TimeZone = 'UTC'")
        self.connection.execute("set max_vacuum_tasks = 0")  # of the tables that dbt keeps, dbt decides when

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def arrow(self, sql: str) -> pa.Table:
        return self.connection.sql(sql).to_arrow_table()

    def replace(self, tables: dict[str, pa.Table]) -> None:
        with self.connection.cursor() as connection:  # closed without a commit, it has done nothing
            connection.begin()
            for relation, rows in tables.items():
                connection.execute(f"create schema if not exists {relation.split('.')[0]}")
                connection.register("rows_to_write", rows)
                connection.execute(f"create or replace table {relation} as select * from rows_to_write")
            connection.commit()

    def execute(self, sql: str) -> None:
        self.connection.execute(sql)

    def kind(self, relation: str) -> str:
        found = self.connection.execute(
            "select table_type from information_schema.tables where table_schema || '.' || table_name = ?",
            [relation],
        ).fetchall()
        return ("view" if found[0][0] == "VIEW" else "table") if found else ""

    def close(self) -> None:
        self.connection.close()


class SparkWarehouse(Warehouse):
    """Spark, in the one session of this process, which dbt's `method: session` then finds.

    Whoever starts a session fixes its settings, so they are read where dbt reads them: in the profile.
    """

    engine = "spark"

    def __init__(self, target: str) -> None:
        from pyspark.sql import SparkSession  # here: a machine without Spark still has the rest of this file

        builder = SparkSession.builder.enableHiveSupport()
        self.session = builder.config(map=_session_settings(target)).getOrCreate()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.session.sql(sql).collect()]

    def arrow(self, sql: str) -> pa.Table:
        return self.session.sql(sql).toArrow()

    def replace(self, tables: dict[str, pa.Table]) -> None:
        for relation, rows in tables.items():
            self.execute(f"create schema if not exists {relation.split('.')[0]}")
            frame = self.session.createDataFrame(rows)
            frame.write.mode("overwrite").format("parquet").saveAsTable(relation)

    def execute(self, sql: str) -> None:
        self.session.sql(sql)

    def kind(self, relation: str) -> str:
        catalog = self.session.catalog
        if not catalog.tableExists(relation):
            return ""
        return "view" if catalog.getTable(relation).tableType == "VIEW" else "table"

    def close(self) -> None:
        """Nothing: the session stays for dbt."""


def open_warehouse(paths: Paths | None = None, read_only: bool = False) -> Warehouse:
    """The warehouse on the engine that dbt builds on: $C360_TARGET, a target of the profile (default `duckdb`)."""
    paths = paths or Paths()
    target = os.environ.get("C360_TARGET", "duckdb")
    if target.startswith("spark"):
        paths.spark.mkdir(parents=True, exist_ok=True)
        return SparkWarehouse(target)
    return DuckDBWarehouse(paths.warehouse, read_only)


def _who_holds(path: Path, message: str) -> str:
    holder = re.search(r"held in (?P<program>.+?) \(PID (?P<pid>\d+)\)", message)
    who = f"process {holder['pid']} ({holder['program']})" if holder else "another process"
    return (
        f"{path} is held by {who}, and only one process may hold a DuckDB file. "
        "Wait for that run or close that shell; to read figures, open serving/current/marts.duckdb instead."
    )


def _session_settings(target: str) -> dict[str, Any]:
    profile = Path(os.environ.get("DBT_PROFILES_DIR", PROJECT)) / "profiles.yml"
    rendered = jinja2.Template(profile.read_text()).render(env_var=os.environ.get)
    return yaml.safe_load(rendered)["customer_360"]["outputs"][target]["server_side_parameters"]
