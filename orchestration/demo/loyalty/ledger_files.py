"""The ledger and the rewards as the loyalty system exports them: history as Parquet, the last month as CSV."""

import numpy as np
import pyarrow as pa

from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.calendar import DAY, END
from orchestration.demo.columns import as_text, decimals, join, moment, number, pick
from orchestration.demo.keys import keys
from orchestration.demo.loyalty.members import Members
from orchestration.demo.loyalty.points import ENTRY_TYPES, REASONS, REDEEM, REWARDS, Ledger
from orchestration.demo.loyalty.purchases import MemberPurchases
from orchestration.demo.markets import of_markets
from orchestration.demo.mess import Mess
from orchestration.demo.people import People
from orchestration.demo.writing import Raw

ENTRY, REDEMPTION = "loyalty.point_entry", "loyalty.reward_redemption"
CENTS_PER_POINT = 5
_REWARD_CODES = ("TOTE_BAG", "CANDLE_SET", "TAILORING")  # in the order of REWARDS
_RECENT = np.datetime64(END - 30 * DAY, "s")


def write_ledger(
    raw: Raw,
    mess: Mess,
    block: int,
    people: People,
    members: Members,
    purchases: MemberPurchases,
    ledger: Ledger,
) -> None:
    """Write every entry, and a redemption beside each entry that redeems."""
    references = purchases.reference.take(pa.array(ledger.purchase, mask=ledger.purchase < 0))
    ids = members.ids.take(pa.array(ledger.member))
    entries = pa.table(
        {
            "entry_id": join("E", number(keys(ENTRY, block, len(ledger)))),
            "member_id": ids,
            "entry_type": pick(ENTRY_TYPES, ledger.kind),
            "points": ledger.points,
            "occurred_at": moment(ledger.at),
            "expires_at": moment(ledger.expires_at, mask=ledger.points < 0),
            "order_reference": references,
            "reason": pick(REASONS, ledger.reason),
        }
    )
    _write(raw, mess, block, ENTRY, entries, "E", [
        ("key_missing", "entry_id", None),
        ("value_missing", "member_id", None),
        ("not_a_whole_number", "points", "12.5"),
        ("absurd_quantity", "points", "999999"),
    ])  # fmt: skip

    spent = np.flatnonzero(ledger.kind == REDEEM)
    points = -ledger.points[spent]
    market = people.market[members.person[ledger.member[spent]]]
    redemptions = pa.table(
        {
            "redemption_id": join("RR", number(keys(REDEMPTION, block, len(spent)))),
            "member_id": ids.take(pa.array(spent)),
            "reward_code": pick(_REWARD_CODES, np.searchsorted(REWARDS, points)),
            "points_spent": points,
            "redeemed_at": moment(ledger.at[spent]),
            "order_reference": references.take(pa.array(spent)),
            "value_amount": decimals(points * CENTS_PER_POINT),
            "currency": pick(of_markets("currency"), market),
        }
    )
    _write(raw, mess, block, REDEMPTION, redemptions, "RR", [
        ("not_a_number", "value_amount", "1O.00"),
        ("unknown_currency", "currency", "EURO"),
    ])  # fmt: skip


def _write(raw: Raw, mess: Mess, block: int, table: str, rows: pa.Table, prefix: str, defects: list) -> None:
    """The last month comes as text, and the broken rows with it."""
    key, moment_of = (
        rows.column_names[0],
        "occurred_at" if "occurred_at" in rows.column_names else "redeemed_at",
    )
    rows = mess.twice(table, rows)
    recent = rows[moment_of].to_numpy() >= _RECENT
    name = table.split(".")[1]
    raw.parquet(table, f"{name}_{block:03}", rows.filter(pa.array(~recent)))
    printed = as_text(rows.filter(pa.array(recent)))
    if block == 0:
        printed = pa.concat_tables([printed, *bad_rows(mess, table, as_text(rows), key, defects, prefix)])
    raw.csv(table, f"{name}_2026_06_{block:03}", printed, packed=table == ENTRY)
