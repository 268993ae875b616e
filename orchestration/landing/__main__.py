"""Lands without Dagster: `python -m orchestration.landing`; with --check it only says what landing would do."""

import argparse
import sys
from pathlib import Path

from orchestration.landing.check import check
from orchestration.landing.land import land, unknown_folders, unread
from orchestration.warehouse import Paths, open_warehouse


def main(arguments: list[str] | None = None) -> int:
    """Make the files under $C360_DATA/raw the raw relations that dbt reads, or check what would become of them."""
    parser = argparse.ArgumentParser(prog="python -m orchestration.landing", description=main.__doc__)
    parser.add_argument(
        "--check",
        nargs="?",
        const=Paths().raw,
        type=Path,
        metavar="FOLDER",
        help="change nothing and say what will work, what will be empty and what will be refused (default: $C360_DATA/raw)",
    )
    asked = parser.parse_args(arguments)
    return check(asked.check) if asked.check else _land(Paths())


def _land(paths: Paths) -> int:
    """Prints what arrived; fails when a table without which the figures are wrong had a file refused."""
    with open_warehouse(paths) as warehouse:
        tables = land(paths, warehouse)
    for table in tables:
        if table.accepted:
            print(f"{table.contract.relation}: {table.rows:,} rows in {len(table.accepted):,} files")
    for sentence in unread(tables) + [
        f"raw/{name}: no contract of this name" for name in unknown_folders(paths.raw)
    ]:
        print(sentence, file=sys.stderr)
    return any(table.judged("refused") and table.contract.is_required for table in tables)


if __name__ == "__main__":
    sys.exit(main())
