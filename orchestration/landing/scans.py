"""How each engine reads files of one shape in place: the `from` of a raw relation."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orchestration.landing.contracts import Contract
from orchestration.landing.files import LandedFile, csv_scan, identifier, path_list, quoted

Scan = Callable[[list[LandedFile], Contract], str]


@dataclass(frozen=True)
class Dialect:
    """What differs between the engines when files are read."""

    quote: Callable[[str], str]
    decoded: Callable[[str], str]  # text that a writer did not mark as text
    scans: dict[str, Scan]


def _duckdb_parquet(alike: list[LandedFile], _: Contract) -> str:
    return f"read_parquet({path_list(_paths(alike))}, hive_partitioning = false)"


def _duckdb_csv(alike: list[LandedFile], _: Contract) -> str:
    return csv_scan(_paths(alike), list(alike[0].columns))


def _duckdb_jsonl(alike: list[LandedFile], contract: Contract) -> str:
    spelt = {name.lower(): name for file in alike for name in file.columns}
    columns = ", ".join(f"'{quoted(spelt.get(column, column))}': 'varchar'" for column in contract.columns)
    return f"read_json({path_list(_paths(alike))}, format = 'newline_delimited', columns = {{{columns}}})"


def _spark_parquet(alike: list[LandedFile], _: Contract) -> str:
    return f"parquet.{_one_pattern(_paths(alike))}"


def _spark_csv(alike: list[LandedFile], _: Contract) -> str:
    options = "header = true, multiLine = true, quote = '\"', escape = '\"'"
    return f"csv.{_one_pattern(_paths(alike))} with ({options})"


def _spark_jsonl(alike: list[LandedFile], contract: Contract) -> str:
    # Spark's own JSON reader guesses types from the data; a line taken apart by the contract has no surprises
    names = {name for file in alike for name in file.columns if name.lower() in contract.columns}
    columns = ", ".join(f"{_backticked(name)} string" for name in sorted(names))
    lines = f"text.{_one_pattern(_paths(alike))}"
    return f"(select fields.* from (select from_json(value, '{columns}') as fields from {lines}))"


def _paths(alike: list[LandedFile]) -> list[Path]:
    return [file.path for file in alike]


def _one_pattern(paths: list[Path]) -> str:
    """All paths as the one quoted glob that Spark takes in place of a table name."""
    folder = os.path.commonpath([path.parent for path in paths])
    names = ",".join(_glob_escaped(os.path.relpath(path, folder)) for path in paths)
    return _backticked(f"{_glob_escaped(folder)}/{{{names}}}")


def _glob_escaped(path: str) -> str:
    return re.sub(r"([\\*?\[\]{},])", r"\\\1", path)


def _backticked(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _duckdb_decoded(column: str) -> str:
    return f"coalesce(try(decode({column})), cast({column} as varchar))"  # what is not UTF-8 is shown in hexadecimals


def _spark_decoded(column: str) -> str:
    return f"cast({column} as string)"


DIALECTS = {
    "duckdb": Dialect(
        identifier, _duckdb_decoded, {"parquet": _duckdb_parquet, "csv": _duckdb_csv, "jsonl": _duckdb_jsonl}
    ),
    "spark": Dialect(
        _backticked, _spark_decoded, {"parquet": _spark_parquet, "csv": _spark_csv, "jsonl": _spark_jsonl}
    ),
}
