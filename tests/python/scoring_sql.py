"""The models of value, compiled once by dbt, to be run on a test's own fits and histories in an in-memory DuckDB."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from own_dbt import compiled_models

VARS = (
    "{as_of_date: 1998-06-30, clv_backtest_days: 273, reporting_currency: USD}"  # of CDNOW; days, not weeks
)
MARTS = ("clv_backtest_deciles", "clv_backtest")
GIVEN = ("int_orders__of_customers", "int_acquisition__customers")
SOURCES = {
    "clv_fits": {
        "fit_id": pa.string(), "purpose": pa.string(), "model": pa.string(), "scope": pa.string(),
        "cut_off": pa.string(), "fitted_on": pa.string(), "customers": pa.int64(), "is_usable": pa.bool_(),
    },
    "clv_parameters": {"fit_id": pa.string(), "parameter": pa.string(), "estimate": pa.float64()},
}  # fmt: skip
CUT_OFFS = {"prediction": "1998-06-30", "backtest": "1997-09-30"}

# (purpose, model, scope) -> its parameters; none of them: a fit that is not usable
Fits = Mapping[tuple[str, str, str], Mapping[str, float]]


class ScoringSql:
    """A warehouse of which only the models of value exist. Every relation is a table, or a model built by name."""

    def __init__(self, models: Mapping[str, Any]) -> None:
        self._models = models
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'; attach ':memory:' as warehouse")
        for schema in ("intermediate", "marts", "value"):
            self.connection.execute(f"create schema warehouse.{schema}")

    def give(self, name: str, sql: str) -> None:
        """Let a model be the rows of this query instead of its own."""
        self.connection.execute(f"create or replace table {self._models[name].relation_name} as {sql}")

    def give_fits(self, fits: Fits) -> None:
        """Let the fitting step have found these parameters, as of both cut-offs."""
        rows = {
            "clv_fits": [
                {
                    "fit_id": "/".join(fit), "purpose": fit[0], "model": fit[1], "scope": fit[2], "customers": 2357,
                    "cut_off": CUT_OFFS[fit[0]], "fitted_on": "1998-06-30", "is_usable": bool(parameters),
                }
                for fit, parameters in fits.items()
            ],
            "clv_parameters": [
                {"fit_id": "/".join(fit), "parameter": name, "estimate": estimate}
                for fit, parameters in fits.items()
                for name, estimate in parameters.items()
            ],
        }  # fmt: skip
        for table, columns in SOURCES.items():
            self.connection.register("rows", pa.Table.from_pylist(rows[table], pa.schema(columns.items())))
            dated = "* replace (cut_off::date as cut_off, fitted_on::date as fitted_on)"
            self.connection.execute(
                f"create or replace table warehouse.value.{table} as "
                f"select {dated if table == 'clv_fits' else '*'} from rows"
            )

    def build(self, *names: str) -> None:
        """Run these models, in this order."""
        for name in names:
            self.give(name, self._models[name].compiled_code)

    def query(self, sql: str) -> list[tuple]:
        """Rows of SQL that names models in braces: "from {int_value__scores}"."""
        return self.connection.execute(
            sql.format(**{name: model.relation_name for name, model in self._models.items()})
        ).fetchall()


def compile_scoring(folder: Path) -> ScoringSql:
    """Let dbt write the SQL, in a warehouse where nothing exists yet."""
    return ScoringSql(compiled_models(folder, VARS, "path:models/intermediate/value", *MARTS, *GIVEN))
