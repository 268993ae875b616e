"""Shaping the spend of campaigns and days into the rows and versions that platforms deliver."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.ad_spend import Spend
from orchestration.demo.calendar import DAY
from orchestration.demo.columns import moment
from orchestration.demo.mess import Columns


def split(
    spend: Spend, campaigns: list[int], shares: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Split each campaign's day into parts without losing a cent: campaign, day, part and the amounts of each row."""
    upto = np.round(np.cumsum(shares) / shares.sum(), 6)[:, None]
    parts = {}
    for name in ("cents", "clicks", "impressions"):
        whole = getattr(spend, name)[campaigns][:, None, :]
        parts[name] = np.diff(np.floor(whole * upto + 1e-9).astype(np.int64), axis=1, prepend=0)
    campaign, part, day = np.nonzero(parts["cents"])
    amounts = {name: values[campaign, part, day] for name, values in parts.items()}
    amounts["impressions"] = np.maximum(amounts["impressions"], amounts["clicks"] + 1)
    return campaign, day, part, amounts


def smaller(*columns: str) -> Callable[[pa.Table], Columns]:
    """The state of a day before its last clicks came in: no figure is larger, impressions are fewer."""

    def state(old: pa.Table) -> dict:
        return {
            name: pc.floor(pc.multiply(old[name].cast(pa.float64()), 0.9)).cast(old[name].type)
            for name in columns
        }

    return state


def renamed(**columns) -> pa.Table:
    """A history of two versions to each row: under another name first, and renamed ten days later."""
    before, after = {}, {}
    for name, values in columns.items():
        if isinstance(values, int):
            rows = len(columns["id"])
            before[name], after[name] = (moment(np.full(rows, values + days * DAY)) for days in (0, 10))
        else:
            before[name] = [f"{value} draft" for value in values] if name == "name" else values
            after[name] = values
    return pa.concat_tables([pa.table(before), pa.table(after)])
