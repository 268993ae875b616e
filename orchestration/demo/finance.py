"""Exchange rates into the reporting currency, on working days only."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.calendar import DAYS, START
from orchestration.demo.columns import as_text, pick
from orchestration.demo.markets import MARKETS, REPORTING_CURRENCY
from orchestration.demo.mess import Mess
from orchestration.demo.streams import stream
from orchestration.demo.writing import Raw

TABLE = "finance.exchange_rate"
_MEAN = {"GBP": 1.17, "USD": 0.91}
_LEAD_DAYS = 10  # so that a first Saturday finds the Friday before


@dataclass
class Rates:
    """One unit of each currency in the reporting currency, for every day, also those without a published rate."""

    days: np.ndarray
    currencies: list[str]
    rate: np.ndarray  # by currency and day

    def published(self, currency: str, days: np.ndarray) -> np.ndarray:
        """The rate of each day's last working day; 1 for the reporting currency."""
        if currency == REPORTING_CURRENCY:
            return np.ones(len(days))
        at = (np.busday_offset(days, 0, roll="backward") - self.days[0]).astype(int)
        return self.rate[self.currencies.index(currency), at]


def draw_rates(seed: int) -> Rates:
    """Draw the rates of this seed's three years."""
    rng = stream(seed, "rates")
    days = np.concatenate([START - np.arange(_LEAD_DAYS, 0, -1), DAYS])
    currencies = [market.currency for market in MARKETS if market.currency != REPORTING_CURRENCY]
    walk = np.cumsum(rng.normal(0, 0.003, (len(currencies), len(days))), axis=1)
    walk -= 0.02 * np.cumsum(walk, axis=1) / np.arange(1, len(days) + 1)  # pulled back to the mean
    mean = np.array([_MEAN[code] for code in currencies])
    return Rates(days, currencies, np.round(mean[:, None] * np.exp(walk), 6))


def write_rates(raw: Raw, mess: Mess, rates: Rates) -> None:
    """Write the working days: Parquet until 2025, CSV since; two rates of a Saturday are broken."""
    day = np.tile(rates.days, len(rates.currencies))
    currency = np.repeat(np.arange(len(rates.currencies)), len(rates.days))
    rows = pa.table(
        {
            "rate_date": pa.array(day),
            "from_currency": pick(rates.currencies, currency),
            "to_currency": pick([REPORTING_CURRENCY], np.zeros(len(day), int)),
            "rate": pa.array(rates.rate.ravel()).cast(pa.decimal128(18, 6)),
        }
    )
    weekday = np.is_busday(day)
    current = day >= np.datetime64("2026-01-01")
    raw.parquet(TABLE, "exchange_rate", mess.twice(TABLE, rows.filter(pa.array(weekday & ~current))))
    saturdays = rows.filter(pa.array(~weekday & current)).slice(0, 2)
    bad = mess.broken(TABLE, "not_a_number", as_text(saturdays), {"rate": pa.array(["n/a", "1,17O"])})
    raw.csv(
        TABLE,
        "exchange_rate_2026",
        pa.concat_tables([as_text(rows.filter(pa.array(weekday & current))), bad]),
    )
