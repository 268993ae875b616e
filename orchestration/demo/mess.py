"""What happens to good rows on the way: sent twice, sent in an earlier state, sent late, sent broken.

Every function returns the rows to write and books what it planted in the truth. Broken rows get keys of their
own, so that no good row hides behind them, and are never sent twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isqrt

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.calendar import DAY
from orchestration.demo.truth import Truth

Columns = Mapping[str, pa.Array | pa.ChunkedArray]


@dataclass
class Mess:
    """Plants trouble for one block of people; `share`s are per row."""

    truth: Truth
    rng: np.random.Generator
    duplicate_share: float
    older_version_share: float
    late_share: float
    customers: int

    def twice(self, table: str, rows: pa.Table) -> pa.Table:
        """Send some rows twice, byte for byte."""
        again = self._some(rows, self.duplicate_share)
        self.truth.exact_duplicates[table] += again.num_rows
        return pa.concat_tables([rows, again])

    def file_again(self, table: str, rows: pa.Table) -> None:
        """Book a file that is delivered a second time under another name, byte for byte."""
        self.truth.exact_duplicates[table] += rows.num_rows
        self.truth.resent[table] += rows.num_rows

    def earlier(self, table: str, rows: pa.Table, state: Callable[[pa.Table], Columns]) -> pa.Table:
        """Send some rows in an earlier state too: columns as `state` says, and earlier times of change."""
        old = self._some(rows, self.older_version_share)
        hours = pa.array(self.rng.integers(1, 20, old.num_rows) * 3600 * 10**6).cast(pa.duration("us"))
        times = {
            name: pc.subtract(old[name], hours)
            for name in ("updated_at", "updated", "_fivetran_synced")
            if name in old.column_names
        }
        old = replaced(old, {**times, **state(old)})
        self.truth.older_versions[table] += old.num_rows
        return pa.concat_tables([old, rows])

    def late(self, rows: pa.Table, delivered_at: np.datetime64) -> tuple[pa.Table, pa.Table]:
        """Hold some rows back: (in time, late), the late ones loaded at `delivered_at`."""
        is_late = self.rng.random(rows.num_rows) < self.late_share
        late = rows.filter(pa.array(is_late))
        synced = pa.repeat(pa.scalar(delivered_at.astype("datetime64[us]")), late.num_rows)
        return rows.filter(pa.array(~is_late)), replaced(late, {"_fivetran_synced": synced})

    def broken(
        self, table: str, reason: str, rows: pa.Table, defect: Columns | Callable[[pa.Table], Columns]
    ) -> pa.Table:
        """Give copies that already carry keys of their own a defect."""
        columns = defect(rows) if callable(defect) else defect
        self.truth.bad_rows[table][reason] += rows.num_rows
        return replaced(rows, columns)

    def handful(self) -> int:
        """How many bad rows of a kind: 3 for 5,000 customers, 40 for a million."""
        return max(2, isqrt(self.customers) // 25 + 1)

    def _some(self, rows: pa.Table, share: float) -> pa.Table:
        count = self.rng.binomial(rows.num_rows, share)
        return rows.take(pa.array(np.sort(self.rng.choice(rows.num_rows, count, replace=False))))


def replaced(rows: pa.Table, columns: Columns) -> pa.Table:
    """Put other values into columns that exist, keeping their types and order."""
    for name, values in columns.items():
        at = rows.schema.get_field_index(name)
        rows = rows.set_column(at, rows.schema.field(at), values.cast(rows.schema.field(at).type))
    return rows


def synced_after(seconds: np.ndarray) -> np.ndarray:
    """The loader's next run: every six hours, ten minutes past."""
    return (seconds // (DAY // 4) + 1) * (DAY // 4) + 600
