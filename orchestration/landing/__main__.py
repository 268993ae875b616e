"""Lands without Dagster: `python -m orchestration.landing`."""

import sys

from orchestration.landing.land import land, refusals, unknown_folders
from orchestration.warehouse import Paths, open_warehouse


def main() -> int:
    """Prints what arrived; fails when a table without which the figures are wrong had a file refused."""
    paths = Paths()
    with open_warehouse(paths) as warehouse:
        tables = land(paths, warehouse)
    for table in tables:
        if table.accepted:
            print(f"{table.contract.relation}: {table.rows:,} rows in {len(table.accepted)} files")
    for sentence in refusals(tables) + [
        f"raw/{folder}: no contract of this name" for folder in unknown_folders(paths)
    ]:
        print(sentence, file=sys.stderr)
    return any(table.refused and table.contract.is_required for table in tables)


if __name__ == "__main__":
    sys.exit(main())
