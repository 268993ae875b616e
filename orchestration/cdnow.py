"""The purchases of CDNOW's customers, 1997 to mid-1998, as raw files of the web shop: real people, through the same pipeline.

The data set (Fader and Hardie, "Forecasting Repeat Sales at CDNOW", Interfaces 31, 2001) lies in the wheel of the Python package
`lifetimes`, pinned by hash in requirements/cdnow.lock. Only the file is read; the package is never installed beside ours.

The sample is what models of repeat purchase are shown on: fitted to the first 39 weeks, they predict the next 39.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from orchestration.build import build, leave
from orchestration.cdnow_back_test import back_tested
from orchestration.warehouse import Paths
from orchestration.wheels import fetch_wheel

LOCK = Path(__file__).resolve().parents[1] / "requirements" / "cdnow.lock"


@dataclass(frozen=True)
class DataSet:
    """A published file of the purchase history, and the figures it is known for."""

    file: str
    folder: str  # below the data folder, so that the demo is left alone
    columns: tuple[str, ...]  # of the file, in its order
    customers: int
    purchases: int
    revenue: Decimal  # dollars


MASTER = DataSet(
    "CDNOW_master.txt", "cdnow", ("customer", "day", "cds", "dollars"), 23_570, 69_659, Decimal("2500315.63")
)
SAMPLE = DataSet(
    "CDNOW_sample.txt",
    "cdnow-sample",
    ("customer", "sample_customer", "day", "cds", "dollars"),
    2_357,
    6_919,
    Decimal("244091.94"),
)


def fetch(cache: Path) -> Path:
    """The folder of the published files, fetched once into `cache`. Raises CalledProcessError without a package index."""
    data_sets = cache / "lifetimes" / "datasets"
    if not (data_sets / MASTER.file).exists():
        fetch_wheel(LOCK, cache)
    return data_sets


def write_raw(source: Path, data_set: DataSet, raw: Path) -> None:
    """Writes shopify/customer and shopify/order under `raw`: an order for each purchase, in dollars, without lines or tax."""
    shutil.rmtree(raw, ignore_errors=True)
    for table in ("customer", "order"):
        (raw / "shopify" / table).mkdir(parents=True)
    words = ", ".join(f"words[{place}] as {name}" for place, name in enumerate(data_set.columns, start=1))
    with duckdb.connect() as connection:
        # values stand apart by one blank or more; the master file has a header, the sample has none
        connection.execute(
            f"""
            create table purchases as
            select {words}
            from (
                select string_split_regex(trim(line), ' +') as words
                from read_csv(?, columns = {{'line': 'varchar'}}, header = false, auto_detect = false, delim = '\t')
                where regexp_matches(line, '^ *[0-9]')
            )
            """,
            [str(source)],
        )
        connection.execute(
            f"""
            copy (
                select
                    row_number() over (order by customer, day, dollars, cds) as id,
                    cast(customer as bigint) as customer_id,
                    'USD' as currency,
                    cast(dollars as decimal(18, 2)) as total_line_items_price,
                    cast(dollars as decimal(18, 2)) as total_price,
                    strptime(day, '%Y%m%d') as created_at
                from purchases
                order by id
            ) to '{raw}/shopify/order/cdnow.parquet'
            """
        )
        connection.execute(
            f"""
            copy (
                select cast(customer as bigint) as id, strptime(min(day), '%Y%m%d') as created_at
                from purchases
                group by customer
                order by id
            ) to '{raw}/shopify/customer/cdnow.parquet'
            """
        )


def differences(data_set: DataSet, marts: Path) -> list[str]:
    """What the published marts say otherwise than the literature, a sentence each; empty when all figures agree."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{marts}' as published (read_only)")
        found = connection.execute(
            """
            select
                (select count(*) from published.marts.customers),
                (select count(*) from published.marts.orders),
                (select sum(net_revenue) from published.marts.orders),
                (select count(*) from published.marts.customer_rfm where segment <> 'no_orders'),
                (select count(*) from published.marts.customer_ltv where orders > 0),
                (select sum(net_revenue) from published.marts.customer_ltv)
            """
        ).fetchall()[0]
    names = (
        "customers",
        "purchases",
        "revenue",
        "customers with RFM scores",
        "customers with a value",
        "value",
    )
    expected = (
        (data_set.customers, data_set.purchases, data_set.revenue)
        + (data_set.customers,) * 2
        + (data_set.revenue,)
    )
    return [
        f"{name}: the marts say {here:,}, the literature {there:,}"
        for name, here, there in zip(names, found, expected, strict=True)
        if here != there
    ]


def run(data_set: DataSet, data: Path) -> int:
    """Fetches, lands, builds, reconciles and back-tests; 0 when every figure agrees to the cent, or to the digit."""
    paths = Paths(data / data_set.folder)
    write_raw(fetch(data / "cache") / data_set.file, data_set, paths.raw)
    (paths.root / "vars.yml").write_text(
        "as_of_date: 1998-06-30     # the last day of the data\n"
        "reporting_currency: USD\n"
        "clv_backtest_days: 273     # 39 weeks to learn from, 39 to predict\n"
    )
    if build(paths):
        return 1
    marts = paths.serving / "current" / "marts.duckdb"
    wrong = differences(data_set, marts)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    if not wrong:
        print(
            f"\nCDNOW reconciles: {data_set.customers:,} customers, {data_set.purchases:,} purchases, "
            f"${data_set.revenue:,} in revenue and in lifetime value, RFM segments for all."
        )
    if data_set is SAMPLE:
        figures = back_tested(marts)
        print("\nThe first 39 weeks predict the next 39: found, and expected", *figures, sep="\n")
        wrong += [str(figure) for figure in figures if not figure.agrees]
    return 1 if wrong else 0


def main() -> int:
    """`python -m orchestration.cdnow [--sample]`."""
    parser = argparse.ArgumentParser(description="Run the pipeline on the purchases of CDNOW's customers.")
    parser.add_argument("--sample", action="store_true", help="the published one-tenth sample")
    asked = parser.parse_args()
    return run(SAMPLE if asked.sample else MASTER, Paths().root)


if __name__ == "__main__":
    leave(main())
