"""Exchange rates into the reporting currency, on working days only."""

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


def write_rates(raw: Raw, mess: Mess, seed: int) -> None:
    """Write GBP and USD in EUR: Parquet until 2025, CSV since; two rates of a Saturday are broken."""
    rng = stream(seed, "rates")
    days = np.concatenate([START - np.arange(_LEAD_DAYS, 0, -1), DAYS])
    currencies = [market.currency for market in MARKETS if market.currency != REPORTING_CURRENCY]
    day = np.tile(days, len(currencies))
    currency = np.repeat(np.arange(len(currencies)), len(days))
    walk = np.cumsum(rng.normal(0, 0.003, (len(currencies), len(days))), axis=1)
    walk -= 0.02 * np.cumsum(walk, axis=1) / np.arange(1, len(days) + 1)  # pulled back to the mean
    rate = np.array([_MEAN[code] for code in currencies])[currency] * np.exp(walk.ravel())
    rows = pa.table(
        {
            "rate_date": pa.array(day),
            "from_currency": pick(currencies, currency),
            "to_currency": pick([REPORTING_CURRENCY], np.zeros(len(day), int)),
            "rate": pa.array(np.round(rate, 6)).cast(pa.decimal128(18, 6)),
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
