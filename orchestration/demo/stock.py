"""What was sold out in the web shop, and when: some sizes of popular products, for some weeks."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

from orchestration.demo.calendar import DAY, END, START, second_of
from orchestration.demo.catalogue import Catalogue
from orchestration.demo.columns import as_text, moment
from orchestration.demo.effects import Effects
from orchestration.demo.streams import stream


@dataclass
class StockOuts:
    """At most one gap per variant, as times in seconds since 1970: from `since` until before `until`.

    `until` is END for what is still sold out. Variants that never sell out have a gap of no length.
    """

    since: np.ndarray
    until: np.ndarray

    def cover(self, variant: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Whether each variant is sold out at its moment."""
        return (self.since[variant] <= at) & (at < self.until[variant])

    @property
    def variants(self) -> np.ndarray:
        """Rows of the variants that were sold out at all."""
        return np.flatnonzero(self.since < self.until)

    def popularity_of_the_others(self, catalogue: Catalogue) -> np.ndarray:
        """How likely each variant that never sells out is taken instead; sums to 1."""
        others = np.where(self.since < self.until, 0.0, catalogue.popularity)
        return others / others.sum()


def no_stock_outs(catalogue: Catalogue) -> StockOuts:
    """A place where nothing ever sells out, as a store of its own stock."""
    never = np.full(len(catalogue), END)
    return StockOuts(never, never)


def draw_stock_outs(seed: int, catalogue: Catalogue, effects: Effects) -> StockOuts:
    """Let a share of the variants sell out, of the more popular half; a product keeps its first size."""
    rng = stream(seed, "stock")
    possible = np.flatnonzero(
        (catalogue.position > 0) & (catalogue.popularity > np.median(catalogue.popularity))
    )
    count = min(round(effects.stock_out_share * len(catalogue)), len(possible))
    variant = np.sort(rng.choice(possible, count, replace=False))
    begin = rng.integers(second_of(START) + 60 * DAY, END - 10 * DAY, count)
    since, until = np.full((2, len(catalogue)), END)
    since[variant] = begin
    until[variant] = np.minimum(begin + rng.integers(14 * DAY, 70 * DAY, count), END)
    return StockOuts(since, until)


def write_stock_truth(folder: Path, catalogue: Catalogue, stock_outs: StockOuts) -> None:
    """Write stock_outs.csv: what was sold out, since when, and until when if it came back."""
    variant = stock_outs.variants
    until = stock_outs.until[variant]
    rows = pa.table(
        {
            "sku": catalogue.skus.take(pa.array(variant)),
            "sold_out_at": moment(stock_outs.since[variant]),
            "back_at": moment(until, mask=until == END),
        }
    )
    pyarrow.csv.write_csv(as_text(rows), folder / "stock_outs.csv")
