"""What was planted in the demo is what the warehouse finds: rows, money and people, through `make demo`."""

import csv
import json
from decimal import Decimal

import duckdb
import pytest
import yaml
from conftest import PROJECT

from orchestration.demo.score import identity_quality
from orchestration.landing import read_contracts
from orchestration.warehouse import Paths

STAGED = {f"{c.system}.{c.table}" for c in read_contracts() if not c.not_staged}
LATER = "no_exchange_rate"  # such an order can be read and is staged; it is set aside once its day and rate are known


def tables_with(promise: str) -> set[str]:
    """The tables whose contract says something of a kind, such as which column holds their money."""
    return {
        f"{source['name']}.{table['name']}"
        for file in (PROJECT / "models" / "staging").glob("*/*.yml")
        for source in yaml.safe_load(file.read_text()).get("sources", [])
        for table in source["tables"]
        if table.get("config", {}).get("meta", {}).get(promise)
    }


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
            "suppressed": suppressed,
            "unexplained": unexplained,
        }
        for system, table, raw, same, older, bad, suppressed, unexplained in marts.execute(
            "select source_system, source_table, raw_rows, exact_duplicates, older_versions, quarantined_rows,"
            " suppressed_rows, unexplained_rows from m.marts.reconciliation"
        ).fetchall()
    }
    suppresses = tables_with("suppressed_when")
    expected = {
        table: {
            # landing does not read a file of the same content twice
            "raw_rows": rows["raw_rows"] - rows["in_files_sent_twice"],
            "exact_duplicates": rows["exact_duplicates"] - rows["in_files_sent_twice"],
            "older_versions": rows["older_versions"],
            "bad_rows": sum(n for why, n in rows["bad_rows"].items() if why != LATER),
            "suppressed": rows["soft_deleted"] if table in suppresses else 0,
            "unexplained": 0,
        }
        for table, rows in planted["tables"].items()
        if table in STAGED
    }
    assert found == expected


def test_every_bad_row_lies_in_quarantine_with_its_reason(marts, planted):
    expected = {}
    for table, rows in planted["tables"].items():
        expected |= {(table, reason): count for reason, count in rows["bad_rows"].items()}
        if rows["orphans"]:
            expected[table, "order_missing"] = rows["orphans"]
    found = {
        (f"{system}.{table}", reason): count
        for system, table, reason, count in marts.execute(
            "select source_system, source_table, reason, count(*) from p.restricted.quarantine group by all"
        ).fetchall()
    }
    assert found == expected
    with open(PROJECT / "seeds" / "reject_reasons.csv") as stream:
        assert {reason for _, reason in found} == {row["reason"] for row in csv.DictReader(stream)}


def test_money_in_is_money_out_to_the_cent(demo, marts):
    with open(demo.root / "truth" / "money.csv") as stream:
        expected = {
            (row["system"], row["currency"]): [
                Decimal(row[name]) for name in ("gross", "discount", "tax", "refund", "net", "gift_card")
            ]
            for row in csv.DictReader(stream)
        }
    found = {
        (system, currency): amounts
        for system, currency, *amounts in marts.execute(
            "select source_system, currency, sum(gross_revenue), sum(discount_amount), sum(tax_amount), sum(refund_amount),"
            " sum(net_revenue), sum(gift_card_amount) from m.marts.revenue_reconciliation"
            " where disposition in ('counted', 'gift_card', 'no_exchange_rate') group by all"
        ).fetchall()
    }
    assert found == expected


def test_no_cent_of_any_table_is_lost(marts):
    unexplained = dict(
        marts.execute(
            "select source_system || '.' || source_table, count(*) filter (unexplained_amount <> 0)"
            " from m.marts.money_reconciliation group by all"
        ).fetchall()
    )
    assert unexplained == dict.fromkeys(tables_with("money"), 0)


def test_money_in_no_currency_lies_in_quarantine(marts):
    unknown = marts.execute(
        "select source_system, raw_amount = quarantined_amount and raw_amount > 0 from m.marts.money_reconciliation"
        " where currency = 'XXX' and source_table in ('order', 'receipt')"
    ).fetchall()
    assert sorted(unknown) == [("pos", True), ("shopify", True)]


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
    # a device that might be two people's is nobody's
    assert quality["unknown_records"] <= quality["labelled_records"] / 1000
    assert quality["pairwise_precision"] >= Decimal("0.999")
    assert quality["pairwise_recall"] >= Decimal("0.97")
    assert quality["pairwise_precision_deterministic"] >= Decimal("0.9995")


def test_each_segment_has_its_customers(marts):
    unknown, scored, scores = marts.execute(
        "select count(*) filter (where segment is null), count(*) filter (where recency_score is not null),"
        " count(distinct recency_score) from m.marts.customer_rfm"
    ).fetchall()[0]
    assert unknown == 0
    assert scores == 5
    assert scored > 1000
