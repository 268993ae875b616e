"""Randomised tests on purchases that exist already, and the hold-outs of large e-mail campaigns."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from orchestration.demo.columns import moment

HOLDOUTS = pa.schema(
    [
        ("campaign_id", pa.string()),
        ("klaviyo_person_id", pa.string()),
        ("person_id", pa.string()),
        ("sent_at", pa.timestamp("us")),
        ("bought_within_seven_days", pa.bool_()),
    ]
)


def held_out(rng: np.random.Generator, bought: np.ndarray, share: float, lift: float) -> np.ndarray:
    """Draw who was held out, given who bought.

    With Bayes the joint law is that of a fair test with `share` held out, in which the others buy 1 + `lift`
    times as often: P(held out | bought) = share / (share + (1 - share) (1 + lift)).
    """
    if not len(bought):
        return np.zeros(0, bool)
    mass = share + (1 - share) * (1 + lift)
    overall = bought.mean()
    if_not = share * (1 - overall / mass) / max(1 - overall, 1e-9)
    return rng.random(len(bought)) < np.where(bought, share / mass, if_not)


class Holdouts:
    """Writes truth/campaign_holdouts.parquet block by block: to whom a large campaign was not sent."""

    def __init__(self, folder: Path) -> None:
        self._file = pyarrow.parquet.ParquetWriter(folder / "campaign_holdouts.parquet", HOLDOUTS)

    def add(
        self,
        campaign_ids: pa.Array,
        profile_ids: pa.Array,
        person_ids: pa.Array,
        at: np.ndarray,
        bought: np.ndarray,
    ) -> None:
        """Append rows; `at` in seconds since 1970."""
        columns = [campaign_ids, profile_ids, person_ids, moment(at), pa.array(bought)]
        self._file.write_table(pa.Table.from_arrays(columns, schema=HOLDOUTS))

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
