"""Holds one table to its list of expectations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import great_expectations as gx
import sqlalchemy
from great_expectations.core import ExpectationValidationResult
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from orchestration.expectations.engine import DuckDBFile

FIGURES: Any = {
    "result_format": "BASIC",
    "partial_unexpected_count": 0,
}  # counts, sums and shares, never a row
NO_FIGURES: Any = {"result_format": "BOOLEAN_ONLY"}


@dataclass(frozen=True)
class Verdict:
    """How many expectations a table was held to, and in words those that it does not meet.

    The doubtful ones are of severity warning: worth a look, but no reason to stop.
    """

    judged: int = 0
    broken: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


def judge(
    source: DuckDBFile,
    name: str,
    query: str,
    expectations: list[Expectation],
    known: Mapping[str, float | date],
    personal: bool,
) -> Verdict:
    """Judge the rows of a query.

    `known` are the figures that an expectation means by `$PARAMETER`. Of a `personal` table nothing but yes or no
    leaves the engine.
    """
    columns = _columns(source, query)
    fitting = [one for one in expectations if getattr(one, "column", None) in {None, *columns}]
    batch = source.add_query_asset(name, query=query).add_batch_definition_whole_table("all").get_batch()
    result = batch.validate(
        gx.ExpectationSuite(name=name, expectations=fitting),
        result_format=NO_FIGURES if personal else FIGURES,
        expectation_parameters=dict(known),
    )
    unmet = [(_config(one), _words(one)) for one in result.results if not one.success]
    return Verdict(
        judged=len(result.results),
        broken=tuple(words for config, words in unmet if config.severity == "critical"),
        doubtful=tuple(words for config, words in unmet if config.severity != "critical"),
    )


def _columns(source: DuckDBFile, query: str) -> set[str]:
    """The columns there are; none if there are no rows, for a sum or a median of nothing is not wrong."""
    with source.get_execution_engine().get_connection() as connection:
        result = connection.execute(sqlalchemy.text(f"select * from ({query}) as judged limit 1"))
        return set(result.keys()) if result.fetchall() else set()


def _config(result: ExpectationValidationResult) -> ExpectationConfiguration:
    assert result.expectation_config
    return result.expectation_config


def _words(result: ExpectationValidationResult) -> str:
    """Such as: total_price: median to be between (min_value 1, max_value 500000); found 5400000."""
    config, figures = _config(result), result.result
    limits = (f"{key} {value}" for key, value in config.kwargs.items() if key not in ("batch_id", "column"))
    rule = config.type.removeprefix("expect_").removeprefix("column_").replace("_", " ")
    words = config.description or f"{rule} ({', '.join(limits)})"
    if "column" in config.kwargs:
        words = f"{config.kwargs['column']}: {words}"
    if _could_not_be_judged(result):
        return f"{words}; could not be judged"
    share = figures.get("unexpected_percent")
    found = share if share is not None else figures.get("observed_value")
    if not isinstance(found, int | float):
        return words
    return f"{words}; found {found:,.6g}" + (" % otherwise" if share is not None else "")


def _could_not_be_judged(result: ExpectationValidationResult) -> bool:
    """Whether the query failed; the library says so per expectation or, one level down, per metric."""
    said = result.exception_info
    return any(one.get("raised_exception") for one in (said, *said.values()) if isinstance(one, dict))
