"""Where people live: streets of the market's kind, house numbers, and districts of the city with their postcodes."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.columns import join, number, pick, where
from orchestration.demo.markets import MARKETS

DISTRICTS = 20
_CITIES = [(market.code, *city) for market in MARKETS for city in market.cities]


@dataclass
class Home:
    """Addresses, column by column."""

    street: pa.Array
    city: pa.Array
    region: pa.Array
    postcode: pa.Array


@dataclass
class Homes:
    """Homes to be taken by row."""

    street: pa.Array
    district: np.ndarray  # over all cities of all markets

    def at(self, row: np.ndarray) -> Home:
        """The addresses of rows."""
        district = self.district[row]
        city, region = (pick([city[part] for city in _CITIES], district // DISTRICTS) for part in (1, 2))
        return Home(self.street.take(pa.array(row)), city, region, pick(_POSTCODES, district))


def draw_homes(
    rng: np.random.Generator, market: np.ndarray, city: np.ndarray, kind: np.ndarray, house: np.ndarray
) -> Homes:
    """Find a street of a kind and a district of a city (each an index within the market) for everybody."""
    names = [name for m in MARKETS for name in m.street_names.split()]
    kinds = [ending for m in MARKETS for ending in m.street_kinds]
    per_market = len(names) // len(MARKETS)
    named = pick(names, market * per_market + rng.integers(0, per_market, len(market)))
    street = join(named, pick(kinds, market * len(MARKETS[0].street_kinds) + kind))
    german = market == 1
    written = where(german, join(street, " ", number(house)), join(number(house), " ", street))
    district = (market * len(MARKETS[0].cities) + city) * DISTRICTS + rng.integers(0, DISTRICTS, len(market))
    return Homes(written, district)


def _postcode(country: str, first: str, district: int) -> str:
    """The postcode of a city's district, the first of which is known."""
    if country == "GB":
        outward, inward = first.split()
        return f"{outward} {(int(inward[0]) + district) % 10}{inward[1:] if district < 10 else inward[:0:-1]}"
    return f"{int(first) + district:05}"


_POSTCODES = [_postcode(country, first, d) for country, _, _, first in _CITIES for d in range(DISTRICTS)]
