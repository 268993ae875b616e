"""What members bought under their number: signed-in web orders, and receipts that show the card."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.columns import number
from orchestration.demo.loyalty.members import Members
from orchestration.demo.shop.orders import Orders
from orchestration.demo.shop.refunds import Refunds
from orchestration.demo.tills import Receipts

_LONGEST = 2**33  # more seconds than any time since 1970 has


@dataclass
class MemberPurchases:
    """Purchases and returns of members since they enrolled; amounts are cents of goods without tax."""

    member: np.ndarray
    at: np.ndarray
    net: np.ndarray  # negative for a return
    reference: pa.Array  # order id or receipt id
    order: np.ndarray  # row in the web orders, -1 for a receipt

    def __len__(self) -> int:
        return len(self.member)

    @property
    def bought(self) -> np.ndarray:
        """Rows that are purchases, in order of member and time."""
        rows = np.flatnonzero(self.net > 0)
        return rows[np.lexsort((self.at[rows], self.member[rows]))]

    def next_after(self, member: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Row of the first purchase of each member after a moment, -1 for none."""
        rows = self.bought
        following = np.searchsorted(
            self.member[rows] * _LONGEST + self.at[rows], member * _LONGEST + at, side="right"
        )
        rows = np.append(rows, -1)
        found = rows[following]
        return np.where((found >= 0) & (np.append(self.member, -1)[found] == member), found, -1)


def purchases_of(members: Members, orders: Orders, refunds: Refunds, receipts: Receipts) -> MemberPurchases:
    """Collect a block's purchases and returns."""
    member = np.where(orders.guest | ~orders.counts, -1, members.row[orders.person])
    without_tax = orders.goods - np.where(orders.tax_included, orders.tax, 0)
    returned = refunds.returned
    inside = np.where(orders.tax_included[refunds.order[refunds.refund_of_line]], returned.tax, 0)
    back = np.bincount(
        refunds.refund_of_line,
        weights=returned.value - returned.discount - inside,
        minlength=len(refunds.ids),
    ).astype(np.int64)

    shown = receipts.identification.loyalty_number.is_valid().to_numpy(zero_copy_only=False)
    with_card = np.where(shown, members.row[receipts.person], -1)
    lines, count = receipts.lines, len(receipts)
    net = lines.sums(lines.value - lines.discount - lines.tax, count)
    everything = MemberPurchases(
        member=np.concatenate([member, member[refunds.order], with_card]),
        at=np.concatenate([orders.at, refunds.at, receipts.at]),
        net=np.concatenate([without_tax, -back, net]),
        reference=pa.concat_arrays([number(orders.ids), number(orders.ids[refunds.order]), receipts.ids]),
        order=np.concatenate([np.arange(len(orders)), refunds.order, np.full(count, -1)]),
    )
    enrolled = np.append(members.enrolled_at, 0)[everything.member]
    kept = np.flatnonzero((everything.member >= 0) & (everything.at >= enrolled) & (everything.net != 0))
    return MemberPurchases(
        everything.member[kept],
        everything.at[kept],
        everything.net[kept],
        everything.reference.take(pa.array(kept)),
        everything.order[kept],
    )
