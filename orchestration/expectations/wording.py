"""A validation put in words and counts that a person can act on."""

from datetime import datetime
from typing import Any

from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from orchestration.expectations.every_raw_table import NEWEST, USUAL, VOLUME
from orchestration.expectations.figures import Figures
from orchestration.expectations.told import NOT_JUDGED, could_not_be_judged
from orchestration.expectations.verdict import Verdict


def verdict_on(result: ExpectationSuiteValidationResult, large: int = 0) -> Verdict:
    """The verdict on a table; with fewer rows than `large` it stops nothing but by what became of its volume."""
    figures = figures_of(result)
    unmet = [one for one in result.results if not one.success]
    broken = [one for one in unmet if _stops(one, figures.rows >= large)]
    return Verdict(
        rows=figures.rows,
        spoke_at=figures.spoke_at,
        judged=len(result.results),
        unexpected=sum(one.result.get("unexpected_count") or 0 for one in result.results),
        broken=tuple(map(_words, broken)),
        doubtful=tuple(_words(one) for one in unmet if one not in broken),
    )


def figures_of(result: ExpectationSuiteValidationResult) -> Figures:
    """The rows, usual amount and newest time that were found on the way."""
    return Figures(
        rows=_found(result, "expect_table_row_count_to_be_between") or 0,
        usual=_found(result, "expect_column_median_to_be_between", USUAL),
        spoke_at=_found(result, "expect_column_max_to_be_between", NEWEST),
    )


def config_of(result: ExpectationValidationResult) -> ExpectationConfiguration:
    """What was expected."""
    assert result.expectation_config
    return result.expectation_config


def _stops(result: ExpectationValidationResult, is_large: bool) -> bool:
    config = config_of(result)
    return config.severity == "critical" and (is_large or config.meta == VOLUME)


def _found(result: ExpectationSuiteValidationResult, kind: str, meta: dict[str, str] | None = None) -> Any:
    return next(
        (
            one.result.get("observed_value")
            for one in result.results
            if config_of(one).type == kind and meta in (None, config_of(one).meta)
        ),
        None,
    )


def _words(result: ExpectationValidationResult) -> str:
    """Such as: total_price: median to be between (min_value 1, max_value 500000); found 5.4e+06."""
    config, figures = config_of(result), result.result
    limits = (f"{key} {value}" for key, value in config.kwargs.items() if key not in ("batch_id", "column"))
    rule = config.type.removeprefix("expect_").removeprefix("column_").replace("_", " ")
    words = config.description or f"{rule} ({', '.join(limits)})"
    if "column" in config.kwargs and not config.description:
        words = f"{config.kwargs['column']}: {words}"
    if could_not_be_judged(result):
        return f"{words}; {NOT_JUDGED}"
    share = figures.get("unexpected_percent")
    found = share if share is not None else figures.get("observed_value")
    if isinstance(found, datetime):
        return f"{words}; last at {found:%Y-%m-%d %H:%M}"
    if not isinstance(found, int | float):
        return words
    return f"{words}; found {found:,.6g}" + (" % otherwise" if share is not None else "")
