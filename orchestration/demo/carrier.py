"""Parcels on their way: promised, delivered, late, lost; as the carriers report them (carrier.shipment)."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.calendar import DAY, END
from orchestration.demo.columns import as_text, join, moment, number, pick, where
from orchestration.demo.effects import Effects
from orchestration.demo.keys import keys
from orchestration.demo.mess import Mess
from orchestration.demo.shop.orders import Orders, order_names
from orchestration.demo.writing import Raw

TABLE = "carrier.shipment"
CARRIERS = ("Royal Mail", "DHL", "UPS")  # by market

_RECENT = END - 60 * DAY
_PROMISED_DAYS = 3
_PATIENCE = 2 * DAY  # what comes later than this after the promise is very late


@dataclass
class Parcels:
    """One row per order that was shipped; times in seconds since 1970."""

    order: np.ndarray  # row in the orders
    left_at: np.ndarray
    promised_at: np.ndarray
    delivered_at: np.ndarray  # END or later for what has not arrived by the last day, END for what never will
    lost: np.ndarray

    def __len__(self) -> int:
        return len(self.order)

    @property
    def arrived(self) -> np.ndarray:
        """Whether the parcel was delivered within the history."""
        return self.delivered_at < END

    @property
    def very_late(self) -> np.ndarray:
        """Whether more than two days passed after the promise, delivered by now or not."""
        return np.minimum(self.delivered_at, END) > self.patience_ends

    @property
    def patience_ends(self) -> np.ndarray:
        """When a parcel becomes very late."""
        return self.promised_at + _PATIENCE


def draw_parcels(rng: np.random.Generator, orders: Orders, effects: Effects) -> Parcels:
    """Send every shipped order; nearly all arrive by six in the evening of the day that was promised."""
    order = np.flatnonzero(orders.shipped)
    rows = len(order)
    left = orders.at[order] + rng.integers(DAY // 4, 2 * DAY, rows)
    promised = (left // DAY + _PROMISED_DAYS) * DAY + 18 * 3600
    in_time = left + (rng.uniform(0.35, 1.0, rows) * (promised - left)).astype(np.int64)
    delay = (rng.exponential(effects.late_days_mean, rows) * DAY).astype(np.int64) + 3600
    late = rng.random(rows) < effects.late_parcel_share
    lost = rng.random(rows) < effects.lost_parcel_share
    delivered = np.where(late, promised + delay, in_time)
    return Parcels(order, left, promised, np.where(lost, END, delivered), lost)


def write_shipments(raw: Raw, mess: Mess, block: int, orders: Orders, parcels: Parcels) -> None:
    """Write one shipment per parcel: history as Parquet, the last sixty days as the carriers' CSV."""
    rows = _shipments(mess.rng, block, orders, parcels)

    def on_its_way(old: pa.Table) -> dict:
        transit = pa.repeat(pa.scalar("in_transit"), old.num_rows)
        undelivered = pa.nulls(old.num_rows, old["delivered_at"].type)
        return {"status": transit, "delivered_at": undelivered, "updated_at": old["shipped_at"]}

    rows = mess.twice(TABLE, mess.earlier(TABLE, rows, on_its_way))
    recent = rows["shipped_at"].to_numpy() >= np.datetime64(_RECENT, "s")
    raw.parquet(TABLE, f"shipment_{block:03}", rows.filter(pa.array(~recent)))
    printed = as_text(rows.filter(pa.array(recent)))
    if block == 0:
        defects = (
            ("key_missing", "shipment_id", None),
            ("not_a_timestamp", "delivered_at", "31/02/2026"),
            ("before_1990", "delivered_at", "1970-01-01 00:00:00"),
        )
        printed = pa.concat_tables([printed, *bad_rows(mess, TABLE, printed, "shipment_id", defects, "SH")])
    raw.csv(TABLE, f"shipment_recent_{block:03}", printed, packed=True)


def _shipments(rng: np.random.Generator, block: int, orders: Orders, parcels: Parcels) -> pa.Table:
    """The newest version of every shipment; some systems hand over the order's name instead of its id."""
    rows, order = len(parcels), parcels.order
    missed = parcels.lost & (parcels.promised_at + 10 * DAY < END)
    by_name = rng.random(rows) < 0.1
    ids = number(orders.ids[order])
    status = np.where(parcels.arrived, 1, np.where(missed, 2, 0))
    last_seen = np.where(
        missed, parcels.promised_at + 10 * DAY, np.minimum(parcels.left_at + DAY // 4, END - 1)
    )
    return pa.table(
        {
            "shipment_id": join("SH", number(keys(TABLE, block, rows))),
            "order_reference": where(by_name, order_names(orders.ids[order]), ids),
            "carrier": pick(CARRIERS, orders.market[order]),
            "status": pick(["in_transit", "delivered", "lost"], status),
            "shipped_at": moment(parcels.left_at),
            "promised_delivery_at": moment(parcels.promised_at),
            "delivered_at": moment(parcels.delivered_at, mask=~parcels.arrived),
            "updated_at": moment(np.where(parcels.arrived, parcels.delivered_at, last_seen)),
        }
    )
