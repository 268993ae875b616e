"""Whatever a source delivers: what it means is used, the rest is set aside with the right reason, and how it came makes no difference."""

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from staging_sql import Row, StagingSql, compile_staging

# a row of each table that can be used, and the least that it needs
GOOD: dict[str, Row] = {
    "pos.receipt": {"receipt_id": "R1", "sold_at": "2026-03-01 10:00:00", "currency": "EUR", "net_total": "12.50"},
    "pos.receipt_line": {"receipt_id": "R1", "line_no": "1", "quantity": "2", "line_total": "9.99"},
    "loyalty.member": {"member_id": "M1", "email": "ann@shop.example", "birth_date": "1961-05-30"},
    "loyalty.voucher": {"voucher_id": "V1", "member_id": "M1", "currency": "EUR", "expires_at": "2027-01-01"},
    "hubspot.contact": {"id": "7", "property_email": "ann@shop.example", "_fivetran_deleted": "false"},
    "finance.exchange_rate": {"rate_date": "2026-03-01", "from_currency": "GBP", "to_currency": "EUR", "rate": "1.17"},
    "shopify.order": {"id": "1", "created_at": "2026-03-01T10:00:00Z", "currency": "GBP", "total_price": "20"},
}  # fmt: skip

READ = [  # table, column, as it came, as it is understood
    ("pos.receipt", "net_total", " 12.5 ", Decimal("12.50")),
    ("pos.receipt", "net_total", "1e2", Decimal("100.00")),
    ("pos.receipt", "net_total", "-.5", Decimal("-0.50")),
    ("pos.receipt", "net_total", "0.005", Decimal("0.01")),
    ("pos.receipt", "net_total", "   ", None),
    ("pos.receipt", "is_return", "Yes", True),
    ("pos.receipt", "is_return", " F ", False),
    ("pos.receipt", "is_return", "0", False),
    ("pos.receipt", "is_return", "", None),
    ("pos.receipt", "sold_at", "2026-03-01T10:00:00+02:00", datetime(2026, 3, 1, 8)),
    ("pos.receipt", "sold_at", "2026-03-01 10:00:00 UTC", datetime(2026, 3, 1, 10)),
    ("pos.receipt", "sold_at", "2026-03-01 10:00:00.250", datetime(2026, 3, 1, 10, 0, 0, 250_000)),
    ("pos.receipt", "sold_at", "2026-03-01T10:00-0530", datetime(2026, 3, 1, 15, 30)),
    ("pos.receipt", "sold_at", "2026-03-01", datetime(2026, 3, 1)),
    ("pos.receipt", "sold_at", "2026-03-29T01:30:00+01:00", datetime(2026, 3, 29, 0, 30)),
    ("pos.receipt", "currency", " eur ", "eur"),
    ("pos.receipt_line", "quantity", "-3.0", -3),
    ("pos.receipt_line", "quantity", "100000", 100_000),
    ("loyalty.member", "birth_date", "1961-05-30 00:00:00", datetime(1961, 5, 30).date()),
    ("loyalty.voucher", "expires_at", "9999-12-31", datetime(9999, 12, 31)),
    ("finance.exchange_rate", "rate", "1.17654321", Decimal("1.17654321")),
]

REJECTED = [  # table, column, as it came, why it cannot be used
    ("pos.receipt", "receipt_id", None, "key_missing"),
    ("pos.receipt", "receipt_id", " \t", "key_missing"),
    ("pos.receipt_line", "line_no", "", "key_missing"),
    ("finance.exchange_rate", "to_currency", None, "key_missing"),
    ("pos.receipt", "sold_at", None, "value_missing"),
    ("pos.receipt", "currency", "  ", "value_missing"),
    ("finance.exchange_rate", "rate", "", "value_missing"),
    ("pos.receipt", "net_total", "12,50", "not_a_number"),
    ("pos.receipt", "net_total", "12,5O", "not_a_number"),
    ("pos.receipt", "net_total", "1 000.00", "not_a_number"),
    ("pos.receipt", "net_total", "1_000", "not_a_number"),
    ("pos.receipt", "net_total", "€ 5", "not_a_number"),
    ("pos.receipt", "net_total", "0x1F", "not_a_number"),
    ("pos.receipt", "net_total", "99999999999999999", "not_a_number"),
    ("pos.receipt", "net_total", "n/a", "not_a_number"),
    ("pos.receipt", "net_total", "NaN", "not_finite"),
    ("pos.receipt", "net_total", "-Infinity", "not_finite"),
    ("pos.receipt", "tax_total", "inf", "not_finite"),
    ("pos.receipt_line", "quantity", "two", "not_a_whole_number"),
    ("pos.receipt_line", "quantity", "2.5", "not_a_whole_number"),
    ("pos.receipt_line", "quantity", "99999999999999999999", "not_a_whole_number"),
    ("pos.receipt_line", "line_no", "1st", "not_a_whole_number"),
    ("pos.receipt", "sold_at", "31/02/2026", "not_a_timestamp"),
    ("pos.receipt", "sold_at", "2026-02-31 10:00:00", "not_a_timestamp"),
    ("pos.receipt", "sold_at", "2026-03-01 24:00:00", "not_a_timestamp"),
    ("pos.receipt", "sold_at", "2026-03-01 10:00:00 PM", "not_a_timestamp"),
    ("pos.receipt", "sold_at", "10:00", "not_a_timestamp"),
    ("pos.receipt", "sold_at", "2026", "not_a_timestamp"),
    ("pos.receipt", "sold_at", "1772359200", "not_a_timestamp"),
    ("pos.receipt", "sold_at", "0000-00-00 00:00:00", "not_a_timestamp"),
    ("pos.receipt", "updated_at", "yesterday", "not_a_timestamp"),
    ("loyalty.member", "birth_date", "30.05.1961", "not_a_date"),
    ("loyalty.member", "birth_date", "2026/1/5", "not_a_date"),
    ("loyalty.member", "birth_date", "1961-13-01", "not_a_date"),
    ("pos.receipt", "is_return", "maybe", "not_a_boolean"),
    ("pos.receipt", "is_return", "2", "not_a_boolean"),
    ("hubspot.contact", "_fivetran_deleted", "deleted", "not_a_boolean"),
    ("pos.receipt", "sold_at", "1970-01-01 00:00:00", "before_1990"),
    ("shopify.order", "created_at", "1969-12-31T23:59:59Z", "before_1990"),
    ("finance.exchange_rate", "rate_date", "1900-01-01", "before_1990"),
    ("pos.receipt", "sold_at", "2126-03-01 10:00:00", "in_the_future"),
    ("pos.receipt", "updated_at", "9999-12-31 00:00:00", "in_the_future"),
    ("loyalty.member", "birth_date", "2126-05-30", "in_the_future"),
    ("pos.receipt", "currency", "EURO", "unknown_currency"),
    ("pos.receipt", "currency", "XXX", "unknown_currency"),
    ("shopify.order", "currency", "€", "unknown_currency"),
    ("loyalty.voucher", "currency", "POINTS", "unknown_currency"),
    ("pos.receipt_line", "quantity", "100001", "absurd_quantity"),
    ("pos.receipt_line", "quantity", "-999999999", "absurd_quantity"),
]


@pytest.fixture(scope="module")
def staging(tmp_path_factory) -> dict[str, StagingSql]:
    return compile_staging(list(GOOD), tmp_path_factory.mktemp("staging"))


@pytest.mark.parametrize("table", GOOD)
def test_the_least_that_a_row_needs_is_enough(staging, table):
    staged = staging[table].run([GOOD[table]])
    assert (len(staged.rows), staged.reasons) == (1, [])


@pytest.mark.parametrize("table, column, written, understood", READ)
def test_a_value_is_read_as_it_was_meant(staging, table, column, written, understood):
    staged = staging[table].run([GOOD[table] | {column: written}])
    assert staged.reasons == []
    assert staged.rows[0][column] == understood


@pytest.mark.parametrize("table, column, written, reason", REJECTED)
def test_a_row_that_cannot_be_used_says_why_and_harms_no_other(staging, table, column, written, reason):
    good = GOOD[table]
    key = staging[table].contract.key[0]
    other = good | ({key: good[key] + "9"} if staging[table].contract.columns[key] == "string" else {})
    alone = staging[table].run([other])
    staged = staging[table].run([good | {column: written}, other])
    assert staged.reasons == [f"{reason}:{column}"]
    assert staged.rows == alone.rows


# Rows that look like a till's: a few keys that repeat, times that tie, values of which some cannot be read.
RECEIPTS = st.fixed_dictionaries(
    {
        "receipt_id": st.sampled_from(["R1", "R2", "R3", " R3", "", None]),
        "sold_at": st.sampled_from(["2026-03-01 10:00:00", "2026-03-01T12:00:00+02:00", "1970-01-01", "soon", None]),
        "currency": st.sampled_from(["EUR", "gbp", "XXX", None]),
        "net_total": st.sampled_from(["10.00", "-3.5", "1e1", "NaN", "ten", "", None]),
        "customer_email": st.sampled_from(["a@shop.example", "b@shop.example", None]),
        "updated_at": st.sampled_from(["2026-03-02", "2026-03-03", None]),
    }
)  # fmt: skip
CONTACTS = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["1", "2", "3"]),
        "property_email": st.sampled_from(["a@shop.example", "b@shop.example"]),
        "_fivetran_deleted": st.sampled_from(["true", "false", "FALSE", "", "gone", None]),
        "_fivetran_synced": st.sampled_from(["2026-03-02", "2026-03-03 10:00:00+01", None]),
    }
)
EXAMPLES = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def balance(staged) -> tuple[int, int]:
    """Rows that came, and rows that are accounted for."""
    set_aside = sum(staged.count(name) for name in ("older_version", "duplicate", "suppressed"))
    return staged.count("raw"), len(staged.rows) + len(staged.reasons) + set_aside


@EXAMPLES
@given(rows=st.lists(RECEIPTS, max_size=12), random=st.randoms())
def test_order_and_redelivery_of_rows_change_nothing(staging, rows, random):
    sql = staging["pos.receipt"]
    once = sql.run(rows)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert sql.run(shuffled) == once
    again = sql.run(rows + shuffled)
    assert again.rows == once.rows
    assert Counter(again.reasons) == Counter(once.reasons * 2)
    came, accounted = balance(again)
    assert came == accounted == 2 * len(rows)


@EXAMPLES
@given(rows=st.lists(RECEIPTS, max_size=12))
def test_every_row_and_every_cent_is_accounted_for(staging, rows):
    staged = staging["pos.receipt"].run(rows)
    came, accounted = balance(staged)
    assert came == accounted == len(rows)
    kept = sum((row["net_total"] or 0 for row in staged.rows), Decimal(0))
    assert staged.money("raw") == sum(map(_amount, rows)), "what came is all that can be read"
    rejected = sum(_amount(row) for row in rows if staging["pos.receipt"].run([row]).reasons)
    assert staged.money("raw") == kept + staged.money("older_version") + staged.money("duplicate") + rejected


@EXAMPLES
@given(rows=st.lists(CONTACTS, max_size=10), random=st.randoms())
def test_a_deleted_row_is_suppressed_once_and_never_staged(staging, rows, random):
    sql = staging["hubspot.contact"]
    staged = sql.run(rows)
    assert not any(row["_fivetran_deleted"] for row in staged.rows)
    came, accounted = balance(staged)
    assert came == accounted == len(rows)
    keys = {row["id"] for row in rows if row["_fivetran_deleted"] != "gone"}
    assert len(staged.rows) + staged.count("suppressed") == len(keys)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert sql.run(shuffled) == staged


@EXAMPLES
@given(
    rows=st.lists(RECEIPTS, max_size=8),
    bad=st.sampled_from([case for case in REJECTED if case[0] == "pos.receipt"]),
)
def test_a_bad_row_more_changes_nothing_but_the_rejects(staging, rows, bad):
    sql = staging["pos.receipt"]
    _, column, written, reason = bad
    before, after = sql.run(rows), sql.run([*rows, GOOD["pos.receipt"] | {column: written}])
    assert after.rows == before.rows
    assert Counter(after.reasons) - Counter(before.reasons) == Counter([f"{reason}:{column}"])


@EXAMPLES
@given(text=st.text(max_size=20))
def test_no_text_at_all_can_stop_a_run(staging, text):
    """Every column of every type, with the same text in it: rows are kept or set aside, nothing is raised."""
    if "\x00" in text or any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        text = "?"
    for table in ("pos.receipt", "pos.receipt_line", "loyalty.member"):
        staged = staging[table].run([dict.fromkeys(staging[table].contract.columns, text)])
        assert len(staged.rows) + len(staged.reasons) == 1


@EXAMPLES
@given(
    amount=st.decimals(min_value=-(10**12), max_value=10**12, places=2),
    moment=st.datetimes(
        min_value=datetime(1990, 1, 1), max_value=datetime(2026, 6, 30), timezones=st.timezones()
    ),
)
def test_what_python_prints_is_what_staging_reads(staging, amount, moment):
    row = GOOD["pos.receipt"] | {"net_total": f"{amount}", "sold_at": moment.isoformat()}
    staged = staging["pos.receipt"].run([row])
    offset = moment.utcoffset()
    if offset is not None and offset.seconds % 60:
        return  # offsets of seconds, from before time zones, are no ISO 8601
    if moment.astimezone(UTC).year < 1990:
        return
    assert staged.reasons == []
    assert staged.rows[0]["net_total"] == amount
    assert staged.rows[0]["sold_at"] == moment.astimezone(UTC).replace(tzinfo=None)


def _amount(row: Row) -> Decimal:
    return {"10.00": Decimal(10), "-3.5": Decimal("-3.5"), "1e1": Decimal(10)}.get(
        row["net_total"] or "", Decimal(0)
    )
