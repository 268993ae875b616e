"""Events that no clock, phone or shop should have sent."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from orchestration.demo.columns import hexadecimal
from orchestration.demo.mess import Mess, replaced

BLOCK = 0xFFF  # no block of people comes that far
_DEFECTS: dict[str, tuple[tuple[str, str, str | None], ...]] = {
    "pages": (
        ("key_missing", "id", None),
        ("before_1990", "timestamp", "1970-01-01 00:00:00"),
        ("in_the_future", "timestamp", "2126-06-30 12:00:00"),
    ),
    "product_viewed": (("unknown_currency", "currency", "EURO"), ("absurd_quantity", "quantity", "999999")),
    "product_added": (("value_missing", "timestamp", None),),
    "product_removed": (("not_a_number", "price", "12,5O"), ("not_a_whole_number", "quantity", "1.5")),
    "order_completed": (("unknown_currency", "currency", "EURO"),),
    "in_app_message_clicked": (("not_a_timestamp", "timestamp", "31/02/2026"),),
    "product_shared": (("value_missing", "timestamp", None),),
}


def bad_events(mess: Mess, table: str, number: int, rows: pa.Table) -> Iterator[pa.Table]:
    """Copies of events under message ids of their own, one defect to each kind."""
    size = mess.handful()
    for kind, (reason, column, value) in enumerate(_DEFECTS.get(table, ())):
        copies = rows.slice(kind * size, size)
        if not copies.num_rows:
            return
        ids = (number << 44 | BLOCK << 32) + kind * size + np.arange(copies.num_rows)
        copies = replaced(copies, {"id": hexadecimal(ids, 12)})
        wrong = pa.repeat(pa.scalar(value, pa.string()), copies.num_rows)
        yield mess.broken(f"segment.{table}", reason, copies, {column: wrong})
