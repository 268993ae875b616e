"""A believable retailer of fashion and home, drawn from a seed, with the truth about it written down.

Hearth & Thread sells in Great Britain, Germany and the United States, on the web and in twelve stores.
Three years of its life, up to 30 June 2026, are written as the raw files that loaders and tills would leave
(`raw/<system>/<table>/`), with everything that makes such files hard: people with several e-mails, guests,
shared phones, three currencies, returns, rows sent twice, late, changed or broken. What is true (whose each
record is, what was planted, the money that counts) lies beside them in `truth/`. Equal seed and size give
equal bytes; another seed is another retailer.
"""

from pathlib import Path

from orchestration.demo.effects import Effects, read_effects
from orchestration.demo.retailer import Retailer

DEFAULT_CUSTOMERS = 5000


def generate(
    out: Path, customers: int = DEFAULT_CUSTOMERS, seed: int = 1, effects: Effects | None = None
) -> None:
    """Write the retailer into `out/raw` and `out/truth`, replacing an earlier demo there.

    Raises ValueError for a size below 1 or above 10 million, FileExistsError if `out/raw` holds other files.
    """
    Retailer(Path(out), customers, seed, effects or read_effects()).write()
