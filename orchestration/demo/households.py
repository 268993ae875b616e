"""Who lives with whom: families of one surname at one address, the twins among them, and the landline some share."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo.effects import Effects
from orchestration.demo.markets import of_markets

_SIZES, _SIZE_SHARES = (2, 3, 4), (0.55, 0.25, 0.20)


@dataclass
class Households:
    """One row per person of the block."""

    head: np.ndarray  # row of the person whose surname and address all of the household have
    position: np.ndarray  # within the household, 0 for its head and for whoever lives alone
    twin: np.ndarray  # row of the twin, on the younger one's row only, else -1
    landline: np.ndarray  # row of the person whose landline it is, -1 without

    @property
    def alone(self) -> np.ndarray:
        """Whether each person lives alone."""
        return np.bincount(self.head, minlength=len(self.head))[self.head] == 1

    @property
    def couples(self) -> np.ndarray:
        """Rows of everybody who comes second in a household; the partner is its head."""
        return np.flatnonzero(self.position == 1)


def draw_households(rng: np.random.Generator, market: np.ndarray, effects: Effects) -> Households:
    """Put a share of people into households of two to four; one that would lie in two countries falls apart."""
    count = len(market)
    head, position, twin = np.arange(count), np.zeros(count, np.int64), np.full(count, -1)
    members = rng.permutation(count)[: int(count * effects.family_share)]
    members = members[np.argsort(market[members], kind="stable")]
    sizes = rng.choice(_SIZES, len(members) // 2 + 1, p=_SIZE_SHARES)
    group = np.repeat(np.arange(len(sizes)), sizes)[: len(members)]
    _, first, group = np.unique(
        group * len(of_markets("code")) + market[members], return_index=True, return_inverse=True
    )
    head[members] = members[first[group]]
    position[members] = np.arange(len(members)) - first[group]

    couples = np.flatnonzero(position == 1)
    twins = rng.permutation(couples)[: int(count * effects.twins_share)]
    twin[twins] = head[twins]
    # Where mobile phones have no prefixes of their own nobody can tell a landline.
    wired = np.isin(head, head[couples]) & (of_markets("landline_prefix") != "")[market]
    wired &= (rng.random(count) < effects.landline_share)[head]
    return Households(head, position, twin, np.where(wired, head, -1))
