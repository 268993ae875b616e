"""Great Expectations on the warehouse file: read-only, nothing kept, nothing sent anywhere."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import great_expectations as gx
import sqlalchemy
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.datasource.fluent import SQLDatasource
from great_expectations.execution_engine import SqlAlchemyExecutionEngine


class OneConnectionEngine(SqlAlchemyExecutionEngine):
    """Keeps its connection: a DuckDB result dies with the connection, which the library closes before it fetches."""

    _kept: sqlalchemy.Connection | None = None

    @contextmanager
    def get_connection(self) -> Iterator[sqlalchemy.Connection]:
        """The one connection, opened when first asked for."""
        self._kept = self._kept or self.engine.connect()
        yield self._kept

    def close(self) -> None:
        """Let go of the file."""
        if self._kept:
            self._kept.close()
            self._kept = None
        self.engine.dispose()


class DuckDBFile(SQLDatasource):
    """A DuckDB file as a data source; it registers itself under its `type`."""

    type: Literal["duckdb_file"] = "duckdb_file"  # type: ignore[assignment]

    @property
    def execution_engine_type(self):
        """The engine above."""
        return OneConnectionEngine


@contextmanager
def opened(file: Path) -> Iterator[DuckDBFile]:
    """The warehouse file as a data source; let go of at the end, or dbt could not write it."""
    logging.getLogger("great_expectations").setLevel(
        logging.CRITICAL + 1
    )  # it logs failed queries, which quote values
    context = gx.get_context(mode="ephemeral", user_agent_str=None)
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_duckdb_file(
        file.stem,
        connection_string=f"duckdb:///{file}",
        kwargs={"connect_args": {"read_only": True}, "poolclass": sqlalchemy.NullPool},
    )
    try:
        yield source
    finally:
        source.get_execution_engine().close()
