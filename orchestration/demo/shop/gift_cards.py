"""Gift cards: sold in one order, they pay for a part or all of a later one."""

import numpy as np

from orchestration.demo.calendar import DAY
from orchestration.demo.effects import Effects
from orchestration.demo.shop.orders import FROM_WEB, Orders
from orchestration.demo.shop.refunds import Refunds


def draw_payments(rng: np.random.Generator, orders: Orders, refunds: Refunds, effects: Effects) -> np.ndarray:
    """Cents of each order that were paid with a gift card bought before, in the same country.

    Whoever gets a card as a present is not known to the shop, so any later order may be paid with it. Orders
    of which something came back are left out, so that each refund has one way back.
    """
    paid = np.zeros(len(orders), np.int64)
    lines = orders.lines
    sold = np.flatnonzero(lines.gift_card & orders.counts[lines.basket])
    sold = sold[rng.random(len(sold)) < effects.gift_card_spent_share]
    spent_from = orders.at[lines.basket[sold]] + (rng.exponential(45.0, len(sold)) * DAY).astype(np.int64)
    possible = orders.counts & (orders.value > 0) & (orders.gift_cards == 0) & (orders.source == FROM_WEB)
    possible[refunds.order] = False
    for market in np.unique(orders.market[lines.basket[sold]]):
        at_checkout = np.flatnonzero(possible & (orders.market == market))
        here = np.flatnonzero(orders.market[lines.basket[sold]] == market)
        next_order = np.searchsorted(orders.at[at_checkout], spent_from[here], side="right")
        in_time = next_order < len(at_checkout)
        # a card that meets an order already paid with another one stays in its drawer
        order, first = np.unique(at_checkout[next_order[in_time]], return_index=True)
        worth = lines.value[sold[here[in_time][first]]]
        paid[order] = np.minimum(worth, orders.total[order])
    return paid
