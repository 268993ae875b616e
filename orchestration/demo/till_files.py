"""How the tills deliver: history as Parquet with decimals, the last thirty days as one CSV a day."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pyarrow as pa

from orchestration.demo.bad_receipts import LINE, RECEIPT, bad_lines, bad_receipts
from orchestration.demo.calendar import DAY, END
from orchestration.demo.catalogue import Catalogue
from orchestration.demo.columns import as_text, decimals, join, moment, nothing, number, pick, where
from orchestration.demo.markets import of_markets
from orchestration.demo.mess import Mess
from orchestration.demo.tills import Receipts, store_names
from orchestration.demo.writing import Raw

RECENT_DAYS = 30
_TODAY = END // DAY  # days since 1970, the day after the last
_SENT_TWICE = _TODAY - 7


def write_stores(raw: Raw) -> None:
    """Write the stores as CSV."""
    ids, cities, regions, countries, zones = zip(*store_names(), strict=True)
    opened = [f"20{10 + at:02}-03-01" for at in range(len(ids))]
    names = [f"Hearth & Thread {city}" for city in cities]
    columns = {"store_id": ids, "name": names, "city": cities, "region": regions, "country_code": countries}
    raw.csv("pos.store", "store", pa.table({**columns, "timezone": zones, "opened_on": opened}))


def receipt_rows(receipts: Receipts) -> pa.Table:
    """The newest version of every receipt; line sums equal the totals."""
    rows = len(receipts)
    lines = receipts.lines
    gross, discount, tax = (lines.sums(a, rows) for a in (lines.value, lines.discount, lines.tax))
    who = receipts.identification
    stores = [store[0] for store in store_names()]
    till = receipts.at // 97 % 3 + 1
    return pa.table(
        {
            "receipt_id": receipts.ids,
            "store_id": pick(stores, receipts.store),
            "till_id": join(pick(stores, receipts.store), "-T", number(till)),
            "cashier_id": join("C", number(receipts.store * 8 + receipts.at // 7200 % 8, 3)),
            "sold_at": moment(receipts.at),
            "currency": pick(of_markets("currency"), receipts.market),
            "gross_total": decimals(gross),
            "discount_total": decimals(discount),
            "tax_total": decimals(tax),
            "net_total": decimals(gross - discount - tax),
            "customer_email": who.email,
            "customer_phone": who.phone,
            "loyalty_number": who.loyalty_number,
            "payment_card_token": who.card_token,
            "is_return": receipts.is_return,
            "original_receipt_id": where(
                receipts.original >= 0, receipts.ids.take(pa.array(np.maximum(receipts.original, 0))), None
            ),
            "updated_at": moment(receipts.at + 1200),
        }
    )


def line_rows(catalogue: Catalogue, receipts: Receipts) -> pa.Table:
    """Every receipt line."""
    lines = receipts.lines
    return pa.table(
        {
            "receipt_id": receipts.ids.take(pa.array(lines.basket)),
            "line_no": lines.line_no,
            "sku": catalogue.skus.take(pa.array(lines.sku)),
            "quantity": lines.quantity,
            "unit_price": decimals(lines.price),
            "discount_amount": decimals(lines.discount),
            "tax_amount": decimals(lines.tax),
            "line_total": decimals(lines.value - lines.discount),
        }
    )


class TillFiles:
    """Writes the history block by block and keeps the last thirty days, which are few, for the end."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.recent: list[tuple[pa.Table, np.ndarray]] = []
        self.recent_lines: list[tuple[pa.Table, np.ndarray]] = []

    def write_history(self, mess: Mess, block: int, receipts: Receipts, catalogue: Catalogue) -> None:
        """Write what came before the last thirty days; some older receipts come late, with those."""
        day = receipts.at // DAY
        late = mess.rng.random(len(receipts)) < mess.late_share
        delivered = np.where(
            late, np.maximum(day, _TODAY - 1 - mess.rng.integers(0, RECENT_DAYS, len(day))), day
        )
        # The row number travels along, so that copies and earlier states go where their receipt goes.
        rows = receipt_rows(receipts).append_column("row", pa.array(np.arange(len(receipts))))
        rows = mess.twice(RECEIPT, mess.earlier(RECEIPT, rows, _loyalty_forgotten))
        lines = line_rows(catalogue, receipts).append_column("row", pa.array(receipts.lines.basket))
        lines = mess.twice(LINE, lines)
        for table, all_rows, kept in ((RECEIPT, rows, self.recent), (LINE, lines, self.recent_lines)):
            arrival = delivered[all_rows["row"].to_numpy()]
            is_recent = arrival >= _TODAY - RECENT_DAYS
            all_rows = all_rows.drop_columns("row")
            self.raw.parquet(
                table, f"{table.split('.')[1]}_{block:03}", all_rows.filter(pa.array(~is_recent))
            )
            kept.append((as_text(all_rows.filter(pa.array(is_recent))), arrival[is_recent]))

    def write_recent(self, mess: Mess) -> None:
        """Write the daily files, broken rows among them; one day is delivered twice."""
        receipts, receipt_days = _with_bad(*_together(self.recent), partial(bad_receipts, mess))
        lines, line_days = _with_bad(*_together(self.recent_lines), partial(bad_lines, mess))
        for days_ago in range(RECENT_DAYS, 0, -1):
            day = _TODAY - days_ago
            name = str(np.datetime64(day, "D"))
            today = receipts.filter(pa.array(receipt_days == day))
            today_lines = lines.filter(pa.array(line_days == day))
            self.raw.csv(RECEIPT, f"receipt_{name}", today, packed=days_ago % 3 == 0)
            self.raw.csv(LINE, f"receipt_line_{name}", today_lines, packed=days_ago % 3 == 0)
            if day == _SENT_TWICE:
                self.raw.csv(RECEIPT, f"receipt_{name}_again", today)
                mess.file_again(RECEIPT, today)


def _loyalty_forgotten(old: pa.Table) -> dict:
    """The customer came back with the loyalty card after paying."""
    return {"loyalty_number": nothing(old.num_rows), "updated_at": old["sold_at"]}


def _together(parts: list[tuple[pa.Table, np.ndarray]]) -> tuple[pa.Table, np.ndarray]:
    return pa.concat_tables([table for table, _ in parts]), np.concatenate([days for _, days in parts])


def _with_bad(
    rows: pa.Table, days: np.ndarray, bad_of: Callable[[pa.Table], list[pa.Table]]
) -> tuple[pa.Table, np.ndarray]:
    """Spread broken rows over the days, except the one that is sent twice."""
    bad = pa.concat_tables(bad_of(rows))
    possible = np.setdiff1d(np.arange(_TODAY - RECENT_DAYS, _TODAY), _SENT_TWICE)
    return pa.concat_tables([rows, bad]), np.concatenate([days, np.resize(possible, bad.num_rows)])
