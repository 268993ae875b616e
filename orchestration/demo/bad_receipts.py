"""Receipts and lines that no till should have printed."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.columns import join, nothing, number
from orchestration.demo.keys import BROKEN, keys
from orchestration.demo.mess import Mess, replaced

RECEIPT, LINE = "pos.receipt", "pos.receipt_line"


def bad_receipts(mess: Mess, receipts: pa.Table) -> list[pa.Table]:
    """Copies of sales, each kind with one defect, without any identifier."""
    size = mess.handful()
    receipts = receipts.filter(pc.equal(receipts["is_return"], "false"))
    defects = {
        "key_missing": ("receipt_id", None),
        "not_a_number": ("gross_total", "12,5O"),
        "not_a_timestamp": ("sold_at", "31/02/2026"),
        "unknown_currency": ("currency", "XXX"),
        "no_exchange_rate": ("currency", "CHF"),
    }
    broken = []
    for kind, (reason, (column, value)) in enumerate(defects.items()):
        copies = receipts.slice(kind * size, size)
        rows = copies.num_rows
        fresh = join("R", number(keys(RECEIPT, 0, rows, BROKEN + kind * size)))
        unknown = dict.fromkeys(
            (
                "customer_email",
                "customer_phone",
                "loyalty_number",
                "payment_card_token",
                "original_receipt_id",
            ),
            nothing(rows),
        )
        copies = replaced(copies, {"receipt_id": fresh, **unknown})
        bad = mess.broken(RECEIPT, reason, copies, {column: pa.repeat(pa.scalar(value, pa.string()), rows)})
        if reason == "no_exchange_rate":
            _book_foreign(mess, bad)
        broken.append(bad)
    return broken


def bad_lines(mess: Mess, lines: pa.Table) -> list[pa.Table]:
    """Copies of lines under receipts that do not exist, each kind with one defect."""
    size = mess.handful()
    broken = []
    for kind, (reason, column, value) in enumerate(
        (
            ("key_missing", "receipt_id", None),
            ("not_a_number", "line_total", "12,5O"),
            ("not_a_whole_number", "quantity", "two"),
        )
    ):
        copies = lines.slice(kind * size, size)
        fresh = join("R", number(keys(RECEIPT, 0, copies.num_rows, BROKEN + 100_000 + kind * size)))
        copies = replaced(copies, {"receipt_id": fresh})
        broken.append(
            mess.broken(
                LINE, reason, copies, {column: pa.repeat(pa.scalar(value, pa.string()), copies.num_rows)}
            )
        )
    return broken


def _book_foreign(mess: Mess, bad: pa.Table) -> None:
    """Receipts in a currency without rate count nowhere; their money is written down under that currency."""

    def cents(name: str) -> np.ndarray:
        return pc.multiply(bad[name].cast(pa.decimal128(18, 2)), 100).cast(pa.int64()).to_numpy()

    mess.truth.money(
        "pos",
        np.array(bad["currency"].to_pylist()),
        orders=np.ones(bad.num_rows, np.int64),
        gross=cents("gross_total"),
        discount=cents("discount_total"),
        tax=cents("tax_total"),
        refund=np.zeros(bad.num_rows, np.int64),
    )
