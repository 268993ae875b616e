"""The three countries the retailer sells in: money, tax, phones, and where its stores stand."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Market:
    """One country. Prices and fees are in cents of its currency, tax in whole percent."""

    code: str
    name: str
    currency: str
    share: float
    price_factor: float  # of the list price in euro
    tax_percent: int
    web_tax_included: bool
    shipping: int
    free_shipping_from: int
    timezone: str
    dial: str
    trunk: str
    mobile_prefixes: tuple[tuple[str, ...], tuple[str, ...]]  # of a person's first and second number
    landline_prefix: (
        str  # three digits before the seven; empty where numbers do not tell landline from mobile
    )
    cities: tuple[tuple[str, str, str], ...]  # name, region, postcode of its first district
    street_names: str  # words
    street_kinds: tuple[str, ...]
    mail_hosts: tuple[str, ...]


_GB_STREETS = (
    "Victoria Station Church Mill Park Queen King Albert Bridge Castle Chapel Cross Dale Elm Field "
    "Garden Grange Green Grove High Hill Holly Lake Manor Market Meadow North Orchard Priory School "
    "South Spring Temple Vicarage Water West Windsor Wood York Bank"
)
_DE_STREETS = (
    "Schiller Goethe Linden Garten Bahnhof Haupt Kirch Berg Wald Mozart Beethoven Bismarck Birken "
    "Buchen Eichen Ahorn Rosen Wiesen Feld Mühlen Schul Markt Brunnen Burg Dorf Finken Amsel Lerchen "
    "Hof Kastanien Lessing Mittel Neue Ost Park Zeder Schloss Sonnen Tannen Ufer"
)
_US_STREETS = (
    "Main Oak Maple Washington Lake Cedar Elm Pine Walnut Lincoln Jefferson Park Hill River Church "
    "Center Chestnut Spring Sunset Jackson Franklin Madison Prospect Highland Forest Adams Spruce "
    "Ridge Broad Mill Meadow Union Court Dogwood Cherry Willow Monroe Grant Locust Magnolia"
)

GB = Market(
    "GB",
    "United Kingdom",
    "GBP",
    0.40,
    0.88,
    20,
    True,
    395,
    5000,
    "Europe/London",
    "44",
    "0",
    (("740", "752", "775", "780", "788"), ("741", "753", "777", "785", "796")),
    "207",
    (
        ("London", "England", "N1 7GU"),
        ("Manchester", "England", "M2 5DB"),
        ("Leeds", "England", "LS1 4DY"),
        ("Bristol", "England", "BS1 5TR"),
        ("Edinburgh", "Scotland", "EH1 1YZ"),
        ("Cardiff", "Wales", "CF10 1EP"),
    ),
    _GB_STREETS,
    (" Street", " Road", " Lane", " Close", " Avenue", " Way"),
    ("gmail.com", "outlook.com", "hotmail.co.uk", "yahoo.co.uk", "icloud.com", "btinternet.com"),
)
DE = Market(
    "DE",
    "Germany",
    "EUR",
    0.35,
    1.0,
    19,
    True,
    495,
    6000,
    "Europe/Berlin",
    "49",
    "0",
    (("160", "170", "171", "175"), ("162", "163", "172", "173")),
    "303",
    (
        ("Berlin", "Berlin", "10115"),
        ("Hamburg", "Hamburg", "20095"),
        ("München", "Bayern", "80331"),
        ("Köln", "Nordrhein-Westfalen", "50667"),
        ("Leipzig", "Sachsen", "04109"),
        ("Stuttgart", "Baden-Württemberg", "70173"),
    ),
    _DE_STREETS,
    ("straße", "weg", "allee", "platz", "gasse", "ring"),
    ("gmail.com", "gmx.de", "web.de", "outlook.de", "t-online.de", "icloud.com"),
)
US = Market(
    "US",
    "United States",
    "USD",
    0.25,
    1.1,
    8,
    False,
    695,
    7500,
    "America/New_York",
    "1",
    "",
    (("212", "617", "305", "312"), ("415", "503", "206", "713")),
    "",
    (
        ("New York", "New York", "10001"),
        ("Boston", "Massachusetts", "02108"),
        ("Miami", "Florida", "33101"),
        ("Philadelphia", "Pennsylvania", "19103"),
        ("Atlanta", "Georgia", "30303"),
        ("Charlotte", "North Carolina", "28202"),
    ),
    _US_STREETS,
    (" Street", " Avenue", " Drive", " Road", " Lane", " Boulevard"),
    ("gmail.com", "yahoo.com", "outlook.com", "hotmail.com", "icloud.com", "aol.com"),
)
MARKETS = (GB, DE, US)
REPORTING_CURRENCY = "EUR"


def of_markets(field: str) -> np.ndarray:
    """One field of every market, to be indexed by a person's market."""
    return np.array([getattr(market, field) for market in MARKETS])
