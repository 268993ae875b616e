"""Keys that say nothing: every table has its own range, every block of people its own room in it."""

import numpy as np

ROOM = 10_000_000  # keys per block and table
BROKEN = 9_000_000  # where in a block's room the keys of rows planted as bad begin

_STARTS = {
    "shopify.customer": 6_100_000_000,
    "shopify.order": 5_200_000_000,
    "shopify.order_line": 13_300_000_000,
    "shopify.refund": 910_000_000,
    "shopify.order_line_refund": 1_920_000_000,
    "shopify.order_adjustment": 2_930_000_000,
    "shopify.transaction": 7_040_000_000,
    "shopify.fulfillment": 4_350_000_000,
    "shopify.fulfillment_event": 8_460_000_000,
    "shopify.abandoned_checkout": 3_470_000_000,
    "hubspot.contact": 51_000_000,
    "pos.receipt": 100_000_000,
    "loyalty.member": 200_000_000,
}


def keys(table: str, block: int, count: int, skip: int = 0) -> np.ndarray:
    """Return `count` keys of a table in a block, from the `skip`-th on."""
    return _STARTS[table] + block * ROOM + skip + np.arange(count)
