"""What a gate says of one table."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Verdict:
    """How many expectations a table was held to, and in words those that it does not meet.

    The doubtful ones are of severity warning: worth a look, but no reason to stop. `rows` were judged, the
    newest of which came at `spoke_at`; `unexpected` counts the values that are otherwise, over all expectations of values.
    """

    rows: int = 0
    spoke_at: datetime | None = None
    judged: int = 0
    unexpected: int = 0
    broken: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    @property
    def unmet(self) -> tuple[str, ...]:
        """All that is not met, the worst first."""
        return self.broken + self.doubtful
