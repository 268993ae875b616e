"""The figures of each raw table in a run: what the next runs are compared with, once this one is published."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from orchestration.warehouse import Paths

FILE = "figures.json"


@dataclass(frozen=True)
class Figures:
    """One raw table: its rows, its usual (median) headline amount, and when its source last spoke (UTC)."""

    rows: int
    usual: float | None = None
    spoke_at: datetime | None = None

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> Self:
        """From what `write` or a manifest holds."""
        spoke_at = facts["spoke_at"]
        return cls(facts["rows"], facts["usual"], datetime.fromisoformat(spoke_at) if spoke_at else None)


def write_figures(paths: Paths, figures: Mapping[str, Figures | None]) -> None:
    """Keep the figures of some tables beside the landing report, over those that they had before; None forgets them."""
    others = {table: facts for table, facts in read_figures(paths).items() if table not in figures}
    known = others | {table: asdict(one) for table, one in figures.items() if one}
    paths.landing.mkdir(parents=True, exist_ok=True)
    (paths.landing / FILE).write_text(json.dumps(known, indent=2, default=str) + "\n")


def read_figures(paths: Paths) -> dict[str, dict[str, Any]]:
    """The figures of every raw table, as a manifest holds them; none before the first gate."""
    file = paths.landing / FILE
    return json.loads(file.read_text()) if file.exists() else {}
