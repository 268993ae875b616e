"""Orders no warehouse should believe, and the lines they leave behind."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.keys import BROKEN, keys
from orchestration.demo.mess import Mess, replaced

ORDER, LINE = "shopify.order", "shopify.order_line"


def bad_orders(mess: Mess, order: pa.Table, line: pa.Table) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Copies of paid orders of signed-in buyers under new keys, a defect to each kind, and their lines."""
    size = mess.handful()
    usable = pc.and_(
        pc.equal(order["financial_status"], "paid"),
        pc.and_(pc.is_valid(order["customer_id"]), pc.invert(order["test"])),
    )
    with_gift_card = pc.is_in(order["id"], value_set=line["order_id"].filter(line["gift_card"]))
    candidates = order.filter(pc.and_(usable, pc.invert(with_gift_card)))
    defects: dict[str, dict] = {
        "key_missing": {"id": pa.nulls(size, pa.int64())},
        "not_finite": {"total_price": pa.repeat(pa.scalar(float("nan")), size)},
        "unknown_currency": {"currency": pa.repeat(pa.scalar("XXX"), size)},
        "no_exchange_rate": {"currency": pa.repeat(pa.scalar("CHF"), size)},
    }
    for kind, (reason, defect) in enumerate(defects.items()):
        originals = candidates.slice(kind * size, size)
        ids = keys(ORDER, 0, originals.num_rows, BROKEN + kind * size)
        copies = replaced(originals, {"id": pa.array(ids)})
        defect = {name: values.slice(0, originals.num_rows) for name, values in defect.items()}
        bad = mess.broken(ORDER, reason, copies, defect)
        lines = _lines_of(line, originals["id"], ids, kind) if reason != "key_missing" else line.slice(0, 0)
        if reason == "no_exchange_rate":  # can be read, and so can its lines
            _book_foreign(mess, bad)
        else:
            mess.truth.orphans[LINE] += lines.num_rows
        yield bad, lines


def _lines_of(line: pa.Table, originals: pa.ChunkedArray, ids: np.ndarray, kind: int) -> pa.Table:
    """The lines of the original orders, with keys of their own, under the keys of the copies."""
    at = pc.index_in(line["order_id"], originals)
    copied = line.filter(pc.is_valid(at))
    to = pa.array(ids).take(pc.drop_null(at))
    fresh = keys(LINE, 0, copied.num_rows, BROKEN + kind * 10_000)
    return replaced(copied, {"order_id": to, "id": pa.array(fresh)})


def _book_foreign(mess: Mess, bad: pa.Table) -> None:
    """Orders in a currency without rate count nowhere; their money is written down under that currency."""

    def cents(name: str) -> np.ndarray:
        return np.rint(bad[name].to_numpy() * 100).astype(np.int64)

    added = np.where(bad["taxes_included"].to_numpy(), 0, cents("total_tax"))
    mess.truth.money(
        "shopify",
        np.array(bad["currency"].to_pylist()),
        orders=np.ones(bad.num_rows, np.int64),
        gross=cents("total_line_items_price") + added,
        discount=cents("total_discounts"),
        tax=cents("total_tax"),
        refund=np.zeros(bad.num_rows, np.int64),
    )
