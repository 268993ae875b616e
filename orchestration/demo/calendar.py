"""The three years of history, and when in them people like to shop."""

import numpy as np

START = np.datetime64("2023-07-01")
AS_OF = np.datetime64("2026-06-30")
YEARS = 3.0
DAY = 86_400

DAYS = np.arange(START, AS_OF + 1)

END = int((AS_OF + 1).astype("datetime64[s]").astype(np.int64))  # the first second after the history

# November and December carry the year, January and July the sales.
_MONTH = np.array([1.05, 0.80, 0.90, 0.95, 1.0, 0.95, 1.1, 0.85, 0.95, 1.0, 1.4, 1.6])
_WEEKDAY = np.array([0.9, 0.9, 0.9, 1.0, 1.1, 1.3, 1.0])
_month = DAYS.astype("datetime64[M]").astype(int) % 12
_weekday = (DAYS.astype("datetime64[D]").astype(int) + 3) % 7
_BUSY = np.concatenate([[0.0], np.cumsum(_MONTH[_month] * _WEEKDAY[_weekday])])

WEB_HOURS = ([0, 0.03, 0.10, 0.45, 0.75, 1], [0, 6, 9, 15, 20, 23.5])
TILL_HOURS = ([0, 0.25, 0.70, 1], [9, 12, 17, 20])


def second_of(day: np.datetime64) -> int:
    """Seconds since 1970 at the beginning of a day."""
    return int(day.astype("datetime64[s]").astype(np.int64))


def days_at(years: np.ndarray) -> np.ndarray:
    """Turn steady time (years since the start, 0 to 3) into days since it; busy days take more of it."""
    return np.interp(years / YEARS * _BUSY[-1], _BUSY, np.arange(len(_BUSY)))


def moments(days: np.ndarray, hours: tuple[list, list]) -> np.ndarray:
    """Seconds since 1970 of `days` since the start; the fraction of the day falls within opening `hours`."""
    whole = np.minimum(np.floor(days), len(DAYS) - 1)
    seconds = np.interp(days - whole, *hours) * 3600
    return (START.astype(int) + whole.astype(np.int64)) * DAY + seconds.astype(np.int64)


def year_of(seconds: np.ndarray) -> np.ndarray:
    """Calendar year of seconds since 1970."""
    return seconds.astype("datetime64[s]").astype("datetime64[Y]").astype(int) + 1970
