"""One SQL statement on the warehouse of a bench: a process of its own, to be measured."""

from __future__ import annotations

import sys
from pathlib import Path

from orchestration.bench.measure import Cost, measure
from orchestration.warehouse import DuckDBWarehouse, Paths


def statement(data: Path, sql: str) -> Cost:
    """The cost of a statement on the warehouse in `data`, with starting."""
    return measure([sys.executable, "-m", "orchestration.bench.statement", sql], data)


def main() -> None:
    """Runs the statement with the settings of the profile. What it returns is not fetched."""
    with DuckDBWarehouse(Paths().warehouse) as warehouse:
        warehouse.execute("set preserve_insertion_order = false; set threads = 2")
        warehouse.execute(sys.argv[1])


if __name__ == "__main__":
    main()
