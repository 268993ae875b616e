"""What may be told of a validation: figures. No value of a row leaves the engine by it, and no word of a failed query."""

from datetime import date
from decimal import Decimal

from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult

NOT_JUDGED = "could not be judged"


def only_figures(result: ExpectationSuiteValidationResult) -> ExpectationSuiteValidationResult:
    """The same result, of each expectation but counts, shares, sums, medians and newest times."""
    for one in result.results:
        one.result = {
            key: float(found) if isinstance(found, Decimal) else found
            for key, found in one.result.items()
            if isinstance(found, int | float | Decimal | date)
        }
        failed = could_not_be_judged(one)
        one.exception_info = {
            "raised_exception": failed,
            "exception_message": NOT_JUDGED if failed else None,
            "exception_traceback": None,
        }
    return result


def could_not_be_judged(result: ExpectationValidationResult) -> bool:
    """Whether the query failed; the library says so per expectation or, one level down, per metric."""
    said = result.exception_info
    return any(one.get("raised_exception") for one in (said, *said.values()) if isinstance(one, dict))
