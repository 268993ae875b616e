"""Holds one table to its list of expectations."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import great_expectations as gx
import sqlalchemy
from great_expectations.core import ExpectationSuiteValidationResult
from great_expectations.expectations.expectation import Expectation

from orchestration.expectations.engine import DuckDBFile
from orchestration.expectations.told import only_figures

# counts, sums and shares: a row is neither asked for nor told, so that an expectation costs a share of one scan
FIGURES: Any = {"result_format": "BASIC", "partial_unexpected_count": 0}


def judge(
    source: DuckDBFile,
    name: str,
    query: str,
    expectations: list[Expectation],
    known: Mapping[str, float | date],
) -> ExpectationSuiteValidationResult:
    """Judge the rows of a query, and tell figures alone.

    `known` are the figures that an expectation means by `$PARAMETER`.
    """
    columns = _columns(source, query)
    fitting = [one for one in expectations if getattr(one, "column", None) in {None, *columns}]
    batch = source.add_query_asset(name, query=query).add_batch_definition_whole_table("all").get_batch()
    result = batch.validate(
        gx.ExpectationSuite(name=name, expectations=fitting),
        result_format=FIGURES,
        expectation_parameters=dict(known),
    )
    return only_figures(result)


def _columns(source: DuckDBFile, query: str) -> set[str]:
    """The columns there are; none if there are no rows, for a sum or a median of nothing is not wrong."""
    with source.get_execution_engine().get_connection() as connection:
        result = connection.execute(sqlalchemy.text(f"select * from ({query}) as judged limit 1"))
        return set(result.keys()) if result.fetchall() else set()
