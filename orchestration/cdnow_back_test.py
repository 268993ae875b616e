"""What models of repeat purchase are known to find in the sample of CDNOW's customers, beside what the marts say.

Fader, Hardie and Lee, "Counting Your Customers the Easy Way", Marketing Science 24, 2005. They print three digits of the parameters (alpha in
weeks), with which 1,653.9 orders are predicted at a mean absolute error of .786; all digits of the same estimates give the two figures below.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

_FIT = "from clv_fits where purpose = 'backtest' and model = 'bg_nbd' and is_in_use and parameter"
_TEST = "from clv_backtest where method = 'bg_nbd'"
_EXPECTED = (  # what, how much, digits after the point, and where the marts have it
    ("customers", 2_357, 0, f"select customers {_TEST}"),
    ("repeats in 39 weeks", 2_457, 0, f"select observations {_FIT} = 'r'"),
    ("orders in the next 39", 1_882, 0, f"select actual_orders {_TEST}"),
    ("of which predicted", 1_653.4, 1, f"select predicted_orders {_TEST}"),
    ("correlation", 0.626, 3, f"select correlation {_TEST}"),
    ("mean absolute error", 0.785, 3, f"select mean_absolute_error {_TEST}"),
    ("share of the top decile", 0.467, 3, f"select top_decile_share {_TEST}"),
    ("r", 0.243, 3, f"select estimate {_FIT} = 'r'"),
    ("alpha, in weeks", 4.414, 3, f"select estimate / 7 {_FIT} = 'alpha'"),
    ("a", 0.793, 3, f"select estimate {_FIT} = 'a'"),
    ("b", 2.426, 3, f"select estimate {_FIT} = 'b'"),
)


@dataclass(frozen=True)
class Figure:
    """A figure of the back-test as it was found, which is none without a usable fit, and as it is expected."""

    name: str
    found: float | None
    expected: float
    digits: int

    @property
    def agrees(self) -> bool:
        """Whether it is the expected one to the last digit of that."""
        return self.found is not None and round(float(self.found), self.digits) == self.expected

    def __str__(self) -> str:
        found = "none" if self.found is None else f"{self.found:,.{self.digits}f}"
        return f"  {self.name:<24}{found:>10}{self.expected:>10,.{self.digits}f}"


def back_tested(marts: Path) -> list[Figure]:
    """The figures in the file of published marts."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{marts}' as published (read_only)")
        connection.execute("use published.marts")
        found = [connection.execute(query).fetchall() for *_, query in _EXPECTED]
    return [
        Figure(name, rows[0][0] if rows else None, expected, digits)
        for (name, expected, digits, _), rows in zip(_EXPECTED, found, strict=True)
    ]
