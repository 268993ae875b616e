"""The three years of history, when in them people like to shop, and what the clocks on the walls say."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.markets import MARKETS

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
TILL_HOURS = ([0, 0.25, 0.68, 0.96, 1], [9, 12, 17, 20, 22])  # by the clock on the wall
OPENS_AT = 9 * 3600
_LONG_NIGHT_FROM = 18 * 3600  # when the clocks go back, those who come later stay past midnight


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


def utc_of(market: np.ndarray, wall: np.ndarray) -> np.ndarray:
    """Turn clock times in the stores of each market into UTC, both in seconds since 1970.

    In the hour that the clocks strike twice every other moment is of the second time; a moment that they
    skip in spring becomes the next one that exists.
    """
    utc = np.empty(len(wall), np.int64)
    for at, zone in enumerate(MARKETS):
        here = np.flatnonzero(market == at)
        second_time = wall[here] // 60 % 2 == 1
        for ambiguous, rows in (("earliest", here[~second_time]), ("latest", here[second_time])):
            clock = pa.array(wall[rows].astype("datetime64[s]"))
            instants = pc.assume_timezone(clock, zone.timezone, ambiguous=ambiguous, nonexistent="latest")
            utc[rows] = instants.cast(pa.int64()).to_numpy()
    return utc


def wall_of(market: np.ndarray, utc: np.ndarray) -> np.ndarray:
    """Turn UTC into clock times in the stores of each market, both in seconds since 1970."""
    wall = np.empty(len(utc), np.int64)
    for at, zone in enumerate(MARKETS):
        here = np.flatnonzero(market == at)
        instants = pa.array(utc[here]).cast(pa.timestamp("s", zone.timezone))
        wall[here] = pc.local_timestamp(instants).cast(pa.int64()).to_numpy()
    return wall


def with_long_nights(wall: np.ndarray) -> np.ndarray:
    """On the Saturdays before the clocks go back, move those who come after six to the hours after midnight.

    Europe's clocks go back on the last Sunday of October, America's on the first of November.
    """
    day, second = wall // DAY, wall % DAY
    tomorrow = (day + 1).astype("datetime64[D]")
    month = tomorrow.astype("datetime64[M]")
    of_month = (tomorrow - month.astype("datetime64[D]")).astype(int) + 1
    number = month.astype(int) % 12 + 1
    goes_back = ((number == 10) & (of_month > 24)) | ((number == 11) & (of_month <= 7))
    is_saturday = (day + 3) % 7 == 5
    late = is_saturday & goes_back & (second >= _LONG_NIGHT_FROM)
    past_midnight = DAY + (second - _LONG_NIGHT_FROM) * 3 // 2
    return np.where(late, day * DAY + past_midnight, wall)
