"""Splink on the engine of the warehouse, and a place for what it needs on the way that leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from orchestration.warehouse import DuckDBWarehouse, SparkWarehouse, Warehouse

SCRATCH = "scoring"


def splink_on(warehouse: Warehouse) -> Any:
    """Splink's handle on the connection or session that the warehouse has open."""
    if isinstance(warehouse, DuckDBWarehouse):
        from splink.backends.duckdb import DuckDBAPI

        return DuckDBAPI(connection=warehouse.connection)
    if isinstance(warehouse, SparkWarehouse):
        return _on_spark(warehouse)
    raise TypeError(f"no scoring on {type(warehouse).__name__}")


def _on_spark(warehouse: SparkWarehouse) -> Any:
    import sqlglot
    from splink.backends.spark import SparkAPI

    class SparkSql(SparkAPI):
        """Splink's own dialect of Spark extends sqlglot's, which cannot be extended where sqlglot is compiled."""

        def _setup_for_execute_sql(self, sql: str, physical_name: str) -> str:
            return sqlglot.transpile(sql, read="spark", write="spark")[0]

    # its functions in Java are not used here, and files between the steps would need a folder
    return SparkSql(
        spark_session=warehouse.session, register_udfs_automatically=False, break_lineage_method="persist"
    )


@contextmanager
def scratch(warehouse: Warehouse) -> Iterator[str]:
    """Tables without a schema are made aside and forgotten at the end. Yields what to put before the schemas of the warehouse."""
    if isinstance(warehouse, SparkWarehouse):
        yield from _schema_aside(warehouse)
    else:
        yield from _memory_aside(warehouse)


def _memory_aside(warehouse: Warehouse) -> Iterator[str]:
    ((home,),) = warehouse.query("select current_database()")
    warehouse.execute(f"attach ':memory:' as {SCRATCH}")
    warehouse.execute(f"use {SCRATCH}")
    try:
        yield f'"{home}".'
    finally:
        warehouse.execute(f'use "{home}"')
        warehouse.execute(f"detach {SCRATCH}")


def _schema_aside(warehouse: SparkWarehouse) -> Iterator[str]:
    home = warehouse.session.catalog.currentDatabase()
    warehouse.execute(f"drop schema if exists {SCRATCH} cascade")  # of a run that was killed
    warehouse.execute(f"create schema {SCRATCH}")
    warehouse.execute(f"use {SCRATCH}")
    try:
        yield ""
    finally:
        for _, view, _ in warehouse.query("show views like '__splink__*'"):
            warehouse.execute(f"uncache table if exists {view}")
            warehouse.session.catalog.dropTempView(view)
        warehouse.execute(f"use {home}")
        warehouse.execute(f"drop schema {SCRATCH} cascade")
