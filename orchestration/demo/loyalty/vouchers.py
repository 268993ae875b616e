"""Vouchers: for a birthday, as an apology, to win somebody back, as a welcome, as a gift.

A voucher is used like money at the till, so it is no part of an order's discount.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.calendar import AS_OF, DAY, END, START, second_of, year_of
from orchestration.demo.carrier import Parcels
from orchestration.demo.columns import decimals, join, moment, nothing, number, pick
from orchestration.demo.effects import Effects
from orchestration.demo.keys import keys
from orchestration.demo.loyalty.members import Members
from orchestration.demo.loyalty.purchases import MemberPurchases
from orchestration.demo.markets import of_markets
from orchestration.demo.mess import Mess
from orchestration.demo.people import People
from orchestration.demo.shop.orders import Orders
from orchestration.demo.writing import Raw

TABLE = "loyalty.voucher"
KINDS = ("birthday", "apology", "win_back", "welcome", "gift")
BIRTHDAY, APOLOGY, WIN_BACK, WELCOME, GIFT = range(5)
_FACE_VALUE = np.array([1000, 1000, 1500, 500, 2000])  # cents, by kind
_MINIMUM = np.array([5000, 0, 6000, 2500, 0])
_GOOD_FOR = np.array([30, 90, 45, 60, 365]) * DAY
_LAPSED_AFTER = 180 * DAY
_SHARES = {"birthday": 0.5, "win_back": 0.6, "welcome": 0.6, "gift": 0.03}


@dataclass
class Vouchers:
    """One row per voucher; times in seconds since 1970."""

    member: np.ndarray
    kind: np.ndarray
    issued_at: np.ndarray
    used_for: np.ndarray  # row in the purchases, -1 for none

    @property
    def expires_at(self) -> np.ndarray:
        """When the voucher is good no longer."""
        return self.issued_at + _GOOD_FOR[self.kind]


def draw_vouchers(
    rng: np.random.Generator,
    people: People,
    members: Members,
    purchases: MemberPurchases,
    orders: Orders,
    parcels: Parcels,
    effects: Effects,
) -> Vouchers:
    """Issue vouchers by the rules of each kind, and use a part of them for the next purchase."""
    given = (
        _birthdays(rng, people, members),
        _apologies(rng, members, orders, parcels, effects),
        _win_backs(rng, purchases),
        (np.arange(len(members)), members.enrolled_at + 60),
        (np.arange(len(members)), rng.integers(second_of(START), END, len(members))),
    )
    kind = np.repeat(np.arange(len(KINDS)), [len(member) for member, _ in given])
    member = np.concatenate([member for member, _ in given])
    issued = np.concatenate([at for _, at in given])
    share = np.array([_SHARES.get(name, 1.0) for name in KINDS])
    kept = (issued >= members.enrolled_at[member]) & (issued >= second_of(START)) & (issued < END)
    kept = np.flatnonzero(kept & (rng.random(len(kind)) < share[kind]))
    member, kind, issued = member[kept], kind[kept], issued[kept]

    purchase = purchases.next_after(member, issued)
    at, net = (np.append(values, -1)[purchase] for values in (purchases.at, purchases.net))
    usable = (purchase >= 0) & (at <= issued + _GOOD_FOR[kind]) & (net >= _MINIMUM[kind])
    usable &= rng.random(len(kind)) < effects.voucher_used_share
    # one voucher to a purchase: of two, the first one listed
    candidates = np.flatnonzero(usable)
    _, first = np.unique(purchase[candidates], return_index=True)
    used = np.full(len(kind), -1)
    used[candidates[first]] = purchase[candidates[first]]
    return Vouchers(member, kind, issued, used)


def _birthdays(rng: np.random.Generator, people: People, members: Members) -> tuple[np.ndarray, np.ndarray]:
    """A week before each birthday within the history, at nine in the morning."""
    born = people.birth_day[members.person].astype("datetime64[D]")
    of_year = (born - born.astype("datetime64[Y]").astype("datetime64[D]")).astype(int)
    first, last = (int(day.astype("datetime64[Y]").astype(int)) for day in (START, AS_OF))
    years = np.arange(first, last + 1).astype("datetime64[Y]").astype("datetime64[D]").astype(int)
    days = years[:, None] + of_year[None, :] - 7
    member = np.tile(np.arange(len(members)), len(years))
    return member, days.ravel() * DAY + 9 * 3600 + rng.integers(0, 900, days.size)


def _apologies(
    rng: np.random.Generator, members: Members, orders: Orders, parcels: Parcels, effects: Effects
) -> tuple[np.ndarray, np.ndarray]:
    """To members who waited too long for a parcel, the day after."""
    late = np.flatnonzero(parcels.very_late & (rng.random(len(parcels)) < effects.apology_voucher_share))
    member = members.row[orders.person[parcels.order[late]]]
    is_member = member >= 0
    return member[is_member], parcels.patience_ends[late[is_member]] + DAY


def _win_backs(rng: np.random.Generator, purchases: MemberPurchases) -> tuple[np.ndarray, np.ndarray]:
    """To members who have not bought for half a year."""
    rows = purchases.bought
    member, at = purchases.member[rows], purchases.at[rows]
    next_at = np.where(np.append(member[1:], -1) == member, np.append(at[1:], END), END)
    lapsed = np.flatnonzero(next_at - at > _LAPSED_AFTER)
    return member[lapsed], at[lapsed] + _LAPSED_AFTER + rng.integers(0, DAY, len(lapsed))


def write_vouchers(
    raw: Raw,
    mess: Mess,
    block: int,
    people: People,
    members: Members,
    purchases: MemberPurchases,
    vouchers: Vouchers,
) -> None:
    """Write the vouchers as JSON lines, some of the used ones also as they were before."""
    rows, used = len(vouchers.kind), vouchers.used_for
    is_used = used >= 0
    year = number(year_of(vouchers.issued_at))
    market = people.market[members.person[vouchers.member]]
    table = pa.table(
        {
            "voucher_id": join("V", number(keys(TABLE, block, rows))),
            "member_id": members.ids.take(pa.array(vouchers.member)),
            "campaign": join(pick(KINDS, vouchers.kind), "_", year),
            "kind": pick(KINDS, vouchers.kind),
            "face_value": decimals(_FACE_VALUE[vouchers.kind]),
            "minimum_order": decimals(_MINIMUM[vouchers.kind]),
            "currency": pick(of_markets("currency"), market),
            "issued_at": moment(vouchers.issued_at),
            "expires_at": moment(vouchers.expires_at),
            "redeemed_at": moment(np.append(purchases.at, 0)[used], mask=~is_used),
            "order_reference": purchases.reference.take(pa.array(used, mask=~is_used)),
        }
    )

    def unused(old: pa.Table) -> dict:
        never = pa.nulls(old.num_rows, old["redeemed_at"].type)
        return {"redeemed_at": never, "order_reference": nothing(old.num_rows)}

    with_older = mess.earlier(TABLE, table.filter(pa.array(is_used)), unused)
    all_rows = mess.twice(TABLE, pa.concat_tables([with_older, table.filter(pa.array(~is_used))]))
    if block == 0:
        defects = [("key_missing", "voucher_id", None), ("unknown_currency", "currency", "XXX")]
        all_rows = pa.concat_tables([all_rows, *bad_rows(mess, TABLE, table, "voucher_id", defects, "V")])
    raw.jsonl(TABLE, f"voucher_{block:03}", all_rows)
