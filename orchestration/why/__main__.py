"""Why two records are one customer, or two: `python -m orchestration.why shopify.customer:1 loyalty.member:M5`."""

import argparse

import duckdb

from orchestration.warehouse import Paths, WarehouseBusy
from orchestration.why import NoEvidence, why


def main(arguments: list[str] | None = None) -> None:
    """Say what makes two source records one customer or two; or what ties all records of one customer."""
    parser = argparse.ArgumentParser(prog="python -m orchestration.why", description=main.__doc__)
    parser.add_argument(
        "first", metavar="RECORD_OR_CUSTOMER", help="such as shopify.customer:123, or a customer_id"
    )
    parser.add_argument(
        "second", metavar="RECORD", nargs="?", default="", help="such as loyalty.member:M1000042"
    )
    parser.add_argument(
        "--show-values", action="store_true", help="print identifiers in full; they are personal data"
    )
    asked = parser.parse_args(arguments)
    try:
        told = why(Paths(), asked.first, asked.second, "shown" if asked.show_values else "masked")
    except (NoEvidence, WarehouseBusy, duckdb.IOException) as error:  # the last: no right to read
        raise SystemExit(f"why: {error}") from error
    print(*told, sep="\n")


if __name__ == "__main__":
    main()
