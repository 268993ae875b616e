"""What was planted in the demo is what the warehouse finds: rows, money and people, through `make demo`."""

import csv
import json
from collections import defaultdict
from decimal import Decimal

import duckdb
import pytest

from orchestration.demo.score import identity_quality
from orchestration.warehouse import Paths


@pytest.fixture(scope="module")
def marts(demo: Paths):
    with duckdb.connect() as connection:
        connection.execute(
            f"attach '{(demo.serving / 'current' / 'marts.duckdb').resolve()}' as m (read_only)"
        )
        connection.execute(f"attach '{(demo.serving / 'current' / 'pii.duckdb').resolve()}' as p (read_only)")
        yield connection


@pytest.fixture(scope="module")
def planted(demo: Paths) -> dict:
    return json.loads((demo.root / "truth" / "planted.json").read_text())


def test_every_raw_row_went_where_the_truth_says(marts, planted):
    found = {
        f"{system}.{table}": {
            "raw_rows": raw,
            "exact_duplicates": same,
            "older_versions": older,
            "bad_rows": bad,
        }
        for system, table, raw, same, older, bad in marts.execute(
            "select source_system, source_table, raw_rows, exact_duplicates, older_versions, quarantined_rows"
            " from m.marts.reconciliation"
        ).fetchall()
    }
    expected = {
        table: {
            "raw_rows": rows["raw_rows"],
            "exact_duplicates": rows["exact_duplicates"],
            "older_versions": rows["older_versions"],
            # an order without a rate can be read; it is set aside later
            "bad_rows": sum(
                n
                for why, n in rows["bad_rows"].items()
                if why not in ("unknown_currency", "no_exchange_rate")
            ),
        }
        for table, rows in planted["tables"].items()
    }
    assert found == expected


def test_every_bad_row_lies_in_quarantine_with_its_reason(marts, planted):
    same = {
        "unknown_currency": "no_exchange_rate",
        "not_finite": "not_a_number",
        "not_a_whole_number": "not_a_number",
    }
    expected: dict = defaultdict(int)
    for table, rows in planted["tables"].items():
        for reason, count in rows["bad_rows"].items():
            expected[table, same.get(reason, reason)] += count
        if rows["orphans"]:
            expected[table, "order_missing"] += rows["orphans"]
    found: dict = defaultdict(int)
    for system, table, reason, count in marts.execute(
        "select source_system, source_table, reason, count(*) from p.restricted.quarantine group by all"
    ).fetchall():
        found[f"{system}.{table}", same.get(reason, reason)] += count
    # the lines of an order without a rate arrived with their order: they are left out with it, not orphans
    without_rate = {key: n for key, n in found.items() if key[1] == "order_missing"}
    assert {k: n for k, n in found.items() if k not in without_rate} == {
        k: n for k, n in expected.items() if k[1] != "order_missing"
    }
    assert all(n <= expected[key] for key, n in without_rate.items())


def test_money_in_is_money_out_to_the_cent(demo, marts):
    with open(demo.root / "truth" / "money.csv") as stream:
        expected = {
            (row["system"], row["currency"]): [
                Decimal(row[name]) for name in ("gross", "discount", "tax", "refund", "net")
            ]
            for row in csv.DictReader(stream)
        }
    found = {
        (system, currency): amounts
        for system, currency, *amounts in marts.execute(
            "select source_system, currency, sum(gross_revenue), sum(discount_amount), sum(tax_amount), sum(refund_amount),"
            " sum(net_revenue) from m.marts.revenue_reconciliation where disposition in ('counted', 'no_exchange_rate')"
            " group by all"
        ).fetchall()
    }
    assert found == expected


def test_reporting_amounts_are_the_amounts_at_the_rate_of_the_day(demo, marts):
    """Recomputed from the raw rates in Python's own decimals, for a thousand orders."""
    rates = {
        (currency, str(day)): Decimal(rate)
        for day, currency, rate in marts.execute(
            f"select try_cast(rate_date as date), from_currency, try_cast(rate as decimal(18, 8)) from read_parquet('{demo.raw}/finance/exchange_rate/*.parquet')"
        ).fetchall()
        if rate is not None
    }
    checked = 0
    for currency, day, gross, reporting in marts.execute(
        "select currency, cast(ordered_date as varchar), gross_revenue, gross_revenue_reporting from m.marts.orders"
        " where item_lines = 1 and dayofweek(ordered_date) between 1 and 5 order by order_id limit 1000"
    ).fetchall():
        rate = Decimal(1) if currency == "EUR" else rates.get((currency, day))
        if rate is not None:
            assert abs(gross * rate - reporting) <= Decimal("0.005"), (currency, day)
            checked += 1
    assert checked > 300


def test_people_are_found(demo):
    quality = identity_quality(demo)
    assert quality.unresolved == 0
    assert quality.precision >= 0.999
    assert quality.recall >= 0.95


def test_each_segment_has_its_customers(marts):
    unknown, scored, scores = marts.execute(
        "select count(*) filter (where segment is null), count(*) filter (where recency_score is not null),"
        " count(distinct recency_score) from m.marts.customer_rfm"
    ).fetchall()[0]
    assert unknown == 0
    assert scores == 5
    assert scored > 1000
