"""How events are delivered: the big tables by month, the small ones in a file per block, some as JSON or CSV."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from orchestration.demo.columns import as_text, plain
from orchestration.demo.mess import Mess
from orchestration.demo.segment.bad_events import bad_events
from orchestration.demo.segment.columns import CommonColumns
from orchestration.demo.segment.events import Events
from orchestration.demo.segment.tables import OwnColumns
from orchestration.demo.writing import Raw

TABLES = (  # the place of each is part of its message ids
    "pages",
    "screens",
    "identifies",
    "products_searched",
    "product_viewed",
    "product_added",
    "product_removed",
    "checkout_started",
    "order_completed",
    "experiment_viewed",
    "product_shared",
    "push_notification_received",
    "push_notification_tapped",
    "in_app_message_viewed",
    "in_app_message_clicked",
)
_BY_MONTH = ("pages", "screens", "product_viewed")
_AS_JSON = ("product_shared",)
_AS_CSV = ("product_removed", "in_app_message_clicked")
_SENT_TWICE = ("product_viewed", "occurred_month=2026-05/part-000")


class EventFiles:
    """Writes the events of one block."""

    def __init__(self, raw: Raw, mess: Mess, block: int, own: OwnColumns) -> None:
        self.raw, self.mess, self.block, self.own = raw, mess, block, own

    def write(self, table: str, events: Events, common: CommonColumns) -> None:
        """Write the events of one table, in order of time; a file is sent twice, broken rows come in files apart."""
        events = events.in_order()
        source, number = f"segment.{table}", TABLES.index(table)
        first_id = (number << 44) | (self.block << 32)
        for name, chosen in _files(table, self.block, events):
            rows = self.mess.twice(source, self._rows(table, chosen, common, first_id))
            first_id += len(chosen)
            self._deliver(table, name, rows)
            if (table, name) == _SENT_TWICE:
                self._deliver(table, f"{name}-again", rows)
                self.mess.file_again(source, rows)
        if self.block == 0:
            sample = self._rows(table, events.where(slice(0, 8 * self.mess.handful())), common, 0)
            sample = _as_delivered(table, sample)
            for kind, bad in enumerate(bad_events(self.mess, table, number, sample)):
                self._deliver(table, f"{_folder(table, str(bad['timestamp'][0]))}part-bad-{kind}", bad)

    def _rows(self, table: str, events: Events, common: CommonColumns, first_id: int) -> pa.Table:
        shared = common.of(self.mess.rng, events, first_id, self.mess.late_share)
        return pa.table({**shared, **self.own.of(table, events, shared)})

    def _deliver(self, table: str, name: str, rows: pa.Table) -> None:
        if table in _AS_JSON:
            self.raw.jsonl(f"segment.{table}", name, as_text(rows))
        elif table in _AS_CSV:
            self.raw.csv(f"segment.{table}", name, as_text(rows), packed=True)
        else:
            self.raw.parquet(f"segment.{table}", name, rows)


def _files(table: str, block: int, events: Events) -> Iterator[tuple[str, Events]]:
    """Cut events, which are in order of time, into the files they are delivered in."""
    if table not in _BY_MONTH:
        yield f"part-{block:03}", events
        return
    months = events.at.astype("datetime64[s]").astype("datetime64[M]")
    for month in np.unique(months):
        start, stop = np.searchsorted(months, [month, month + 1])
        yield f"{_folder(table, month)}part-{block:03}", events.where(slice(start, stop))


def _folder(table: str, month: np.datetime64 | str) -> str:
    """The folder of a month within a table that is cut by month, with a slash behind."""
    return f"occurred_month={str(month)[:7]}/" if table in _BY_MONTH else ""


def _as_delivered(table: str, rows: pa.Table) -> pa.Table:
    """Rows as plain values, or as text where they are delivered as text."""
    if table in (*_AS_JSON, *_AS_CSV):
        return as_text(rows)
    return pa.table({name: plain(rows[name]) for name in rows.column_names})
