"""Rows that no warehouse should believe: copies of good ones under keys of their own, one defect each."""

from collections.abc import Iterator, Sequence

import pyarrow as pa

from orchestration.demo.columns import join, number
from orchestration.demo.keys import BROKEN, keys
from orchestration.demo.mess import Mess, replaced

Defect = tuple[str, str, object]  # the reason of its rejection, the column, the value put there


def bad_rows(
    mess: Mess, table: str, rows: pa.Table, key: str, defects: Sequence[Defect], prefix: str = ""
) -> Iterator[pa.Table]:
    """Yield a handful of copies per defect; a text key is the table's number behind its `prefix`."""
    size = mess.handful()
    for kind, (reason, column, value) in enumerate(defects):
        copies = rows.slice(kind * size, size)
        count = copies.num_rows
        fresh = pa.array(keys(table, 0, count, BROKEN + kind * size))
        if pa.types.is_string(rows.schema.field(key).type):
            fresh = join(prefix, number(fresh))
        copies = replaced(copies, {key: fresh})
        defect = pa.repeat(pa.scalar(value, rows.schema.field(column).type), count)
        yield mess.broken(table, reason, copies, {column: defect})
