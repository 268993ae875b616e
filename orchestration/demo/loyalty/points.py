"""The ledger of points: earned, given, redeemed, taken back and expired, and never below zero.

A point is good for twelve months, and the oldest are spent first. So if E points were earned up to and with
one entry, and O points have left the account when that entry is twelve months old, E - O of them expire (if
that is positive): two running sums per member tell everything.
"""

from dataclasses import dataclass

import numpy as np

from orchestration.demo.calendar import DAY, END
from orchestration.demo.effects import Effects
from orchestration.demo.loyalty.members import Members
from orchestration.demo.loyalty.purchases import MemberPurchases

EARN, BONUS, ADJUST, REDEEM, EXPIRE = range(5)
ENTRY_TYPES = ("earn", "bonus", "adjust", "redeem", "expire")
REASONS = ("purchase", "welcome", "double points week", "correction", "return", "reward", "twelve months")
PURCHASE, WELCOME, DOUBLE, CORRECTION, RETURN, REWARD, TWELVE_MONTHS = range(7)

GOOD_FOR = 365 * DAY
REWARDS = (200, 500, 1000)  # what can be had for how many points
WELCOME_POINTS, CORRECTION_POINTS = 100, 50
_CORRECTED_SHARE = 0.005
_DOUBLE_MONTHS = (3, 9)  # the first seven days of which count twice


@dataclass
class Ledger:
    """Entries in order of member and time; `points` are signed, and never zero."""

    member: np.ndarray
    at: np.ndarray
    kind: np.ndarray
    reason: np.ndarray
    points: np.ndarray
    purchase: np.ndarray  # row in the purchases, -1 for none

    def __len__(self) -> int:
        return len(self.member)

    @property
    def expires_at(self) -> np.ndarray:
        """When what an entry gave is good no longer."""
        return self.at + GOOD_FOR


def draw_ledger(
    rng: np.random.Generator, members: Members, purchases: MemberPurchases, effects: Effects
) -> Ledger:
    """Draw what happens to the points of every member, in time, and settle it."""
    ledger = _planned(rng, members, purchases, effects)
    gives = ledger.points > 0
    # twelve months after points came they go, unless they went before
    lots = np.flatnonzero(gives & (ledger.expires_at < END))
    rows = np.concatenate([np.arange(len(ledger)), lots])
    is_expiry = np.arange(len(rows)) >= len(ledger)
    at = np.where(is_expiry, ledger.expires_at[rows], ledger.at[rows])
    kind = np.where(is_expiry, EXPIRE, ledger.kind[rows])
    order = np.lexsort((kind, at, ledger.member[rows]))
    rows, is_expiry, at, kind = rows[order], is_expiry[order], at[order], kind[order]
    member = ledger.member[rows]

    asked = np.where(is_expiry, 0, ledger.points[rows])
    earned = _running(np.maximum(asked, 0), member)
    of_lot = np.zeros(len(ledger), np.int64)
    of_lot[rows[~is_expiry]] = earned[~is_expiry]
    points = _settled(member, kind, asked, earned, of_lot[rows])
    kept = np.flatnonzero(points)
    return Ledger(
        member=member[kept],
        at=at[kept],
        kind=kind[kept],
        reason=np.where(is_expiry, TWELVE_MONTHS, ledger.reason[rows])[kept],
        points=points[kept],
        purchase=np.where(is_expiry, -1, ledger.purchase[rows])[kept],
    )


def _planned(
    rng: np.random.Generator, members: Members, purchases: MemberPurchases, effects: Effects
) -> Ledger:
    """Everything but expiry; what is to be redeemed is not known yet, and what is taken back is a wish."""
    whole = np.abs(purchases.net) // 100
    bought = np.flatnonzero((purchases.net > 0) & (whole > 0))
    returned = np.flatnonzero((purchases.net < 0) & (whole > 0))
    days = purchases.at[bought].astype("datetime64[s]").astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    first_week = (days - months.astype("datetime64[D]")).astype(int) < 7
    double = bought[first_week & np.isin(months.astype(int) % 12 + 1, _DOUBLE_MONTHS)]
    corrected = bought[rng.random(len(bought)) < _CORRECTED_SHARE]
    redeems = bought[rng.random(len(bought)) < effects.redeem_share]
    welcomed = np.arange(len(members))
    parts = [  # rows of purchases, seconds later, kind, reason, points
        (bought, 0, EARN, PURCHASE, whole[bought]),
        (double, 1, BONUS, DOUBLE, whole[double]),
        (corrected, 2 * DAY, ADJUST, CORRECTION, np.full(len(corrected), CORRECTION_POINTS)),
        (returned, 0, ADJUST, RETURN, -whole[returned]),
        (redeems, 60, REDEEM, REWARD, np.zeros(len(redeems), np.int64)),
    ]
    purchase = np.concatenate([np.full(len(welcomed), -1), *(rows for rows, *_ in parts)])
    later, kind, reason = (
        np.repeat([first, *(part[at] for part in parts)], [len(welcomed), *(len(part[0]) for part in parts)])
        for at, first in ((1, 0), (2, BONUS), (3, WELCOME))
    )
    happened = np.concatenate([members.enrolled_at, purchases.at[purchase[len(welcomed) :]]]) + later
    ledger = Ledger(
        member=np.concatenate([welcomed, purchases.member[purchase[len(welcomed) :]]]),
        at=happened,
        kind=kind,
        reason=reason,
        points=np.concatenate([np.full(len(welcomed), WELCOME_POINTS), *(part[4] for part in parts)]),
        purchase=purchase,
    )
    return _rows(ledger, np.flatnonzero(happened < END))


def _running(amount: np.ndarray, member: np.ndarray) -> np.ndarray:
    """The running sum within each member; rows lie in order of members."""
    total = np.cumsum(amount)
    first = np.flatnonzero(np.diff(member, prepend=-1))
    before = total[first] - amount[first]
    return total - np.repeat(before, np.diff(first, append=len(member)))


def _settled(
    member: np.ndarray, kind: np.ndarray, asked: np.ndarray, earned: np.ndarray, of_lot: np.ndarray
) -> np.ndarray:
    """The points of every entry, going through all members at once, entry by entry.

    Nothing leaves an account that is not in it: a return takes back what is left, a reward needs its points.
    """
    points = np.maximum(asked, 0)
    first = np.flatnonzero(np.diff(member, prepend=-1))
    entries = np.diff(first, append=len(member))
    longest = np.argsort(-entries, kind="stable")
    first, entries = first[longest], entries[longest]
    left = np.zeros(len(first), np.int64)  # points that have left each account so far
    for step in range(entries.max(initial=0)):
        open_ = np.searchsorted(-entries, -step, side="left")  # accounts with an entry at this step
        row = first[:open_] + step
        balance = earned[row] - left[:open_]
        affordable = np.searchsorted(REWARDS, balance, side="right")
        reward = np.append(0, REWARDS)[affordable]
        expired = np.maximum(of_lot[row] - left[:open_], 0)
        taken_back = np.minimum(np.maximum(-asked[row], 0), balance)
        leaving = np.select([kind[row] == REDEEM, kind[row] == EXPIRE], [reward, expired], taken_back)
        left[:open_] += leaving
        points[row] -= leaving
    return points


def _rows(ledger: Ledger, rows: np.ndarray) -> Ledger:
    return Ledger(*(getattr(ledger, name)[rows] for name in Ledger.__dataclass_fields__))
