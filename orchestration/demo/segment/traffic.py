"""Where visits come from: what the first page's address and referrer say about it."""

from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
import pyarrow as pa

from orchestration.demo.advertising import AD_CAMPAIGNS, AdCampaign
from orchestration.demo.calendar import DAY
from orchestration.demo.campaigns import draw_email_campaigns
from orchestration.demo.lives import CHANNELS, STORE, Lives

_REFERRERS = {  # of the platforms that tell
    "google": "https://www.google.com/",
    "facebook": "https://l.facebook.com/",
    "instagram": "https://l.instagram.com/",
    "tiktok": "https://www.tiktok.com/",
    "awin": "https://www.awin1.com/",
}
_CLICK_IDS = {
    "google": "gclid",
    "facebook": "fbclid",
    "instagram": "fbclid",
    "tiktok": "ttclid",
    "awin": "awc",
}
_SEARCH_ENGINES = ("https://www.google.com/", "https://www.bing.com/", "https://duckduckgo.com/")
_ENGINE_SHARES = (0.85, 0.10, 0.05)
_KEYWORDS = {
    "search_brand": "hearth and thread",
    "search_home": "linen bedding",
    "shopping_fashion": "wool coat",
    "shopping_home": "oak lamp",
}
_ADS = ("paid_search", "paid_social", "affiliate", "display")
# How people come back: mostly by themselves.
_RETURN_SHARES = {
    "direct": 0.42,
    "organic_search": 0.24,
    "email": 0.12,
    "paid_search": 0.09,
    "paid_social": 0.05,
    "affiliate": 0.03,
    "display": 0.05,
}
_EMAIL_LIVES = 5 * DAY  # how long after a campaign people still come by it


@dataclass(frozen=True)
class Source:
    """One way to the shop; None where the first page says nothing of the kind."""

    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    utm_content: str | None = None
    utm_term: str | None = None
    referrer: str | None = None
    click_id: str | None = None  # name of the parameter that carries the platform's own click id

    @property
    def query(self) -> str | None:
        """The query of the first page's address, but for the click id."""
        tags = {name: value for name in _TAGS if (value := getattr(self, name))}
        return urlencode(tags) or None


_TAGS = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")


class Traffic:
    """All sources of one seed's retailer, and where those of each channel begin."""

    def __init__(self, seed: int) -> None:
        emails = draw_email_campaigns(seed)
        self.email_at = emails.at
        by_channel: dict[str, list[Source]] = {
            "direct": [Source()],
            "organic_search": [Source(referrer=engine) for engine in _SEARCH_ENGINES],
            "referral": [Source("friend", "referral", "refer_a_friend")],
            "email": [Source("klaviyo", "email", name) for name in emails.names.to_pylist()],
        }
        for channel in _ADS:
            by_channel[channel] = [_of_ad(ad) for ad in AD_CAMPAIGNS if ad.channel == channel]
        self.first = dict(
            zip(by_channel, np.cumsum([0, *map(len, by_channel.values())])[:-1].tolist(), strict=True)
        )
        self.sources = [source for sources in by_channel.values() for source in sources]

    def column(self, name: str) -> pa.Array:
        """One attribute of every source."""
        return pa.array([getattr(source, name) for source in self.sources], pa.string())

    def draw_first(
        self, rng: np.random.Generator, lives: Lives, person: np.ndarray, at: np.ndarray
    ) -> np.ndarray:
        """What brought people: the source behind their acquisition; those whom a store won just come."""
        first = np.array([self.first.get(name, self.first["direct"]) for name in CHANNELS])
        source = first[lives.acquisition[person]] + np.maximum(lives.campaign[person], 0)
        source = np.where(lives.came_by("organic_search")[person], self._organic(rng, len(person)), source)
        source = np.where(lives.came_by("email")[person], self._email(at), source)
        return np.where(lives.acquisition[person] == STORE, self.first["direct"], source)

    def draw_return(self, rng: np.random.Generator, mailed: np.ndarray, at: np.ndarray) -> np.ndarray:
        """What brings people back at a moment; by e-mail only those who are `mailed`, soon after a campaign."""
        rows, channels = len(at), list(_RETURN_SHARES)
        channel = rng.choice(len(channels), rows, p=list(_RETURN_SHARES.values()))
        source = np.array([self.first[name] for name in channels])[channel]
        for number, name in enumerate(channels):
            if name in _ADS:
                chosen = np.flatnonzero(channel == number)
                shares = [ad.share for ad in AD_CAMPAIGNS if ad.channel == name]
                source[chosen] += rng.choice(len(shares), len(chosen), p=shares)
        source = np.where(channel == channels.index("organic_search"), self._organic(rng, rows), source)
        newest = self._email(at)
        fresh = mailed & (at - self.email_at[newest - self.first["email"]] < _EMAIL_LIVES)
        by_email = np.where(fresh, newest, self.first["direct"])
        return np.where(channel == channels.index("email"), by_email, source)

    def _organic(self, rng: np.random.Generator, rows: int) -> np.ndarray:
        return self.first["organic_search"] + rng.choice(len(_SEARCH_ENGINES), rows, p=_ENGINE_SHARES)

    def _email(self, at: np.ndarray) -> np.ndarray:
        """The last campaign sent before a moment."""
        return self.first["email"] + np.maximum(np.searchsorted(self.email_at, at) - 1, 0)


def _of_ad(ad: AdCampaign) -> Source:
    return Source(
        ad.utm_source,
        ad.utm_medium,
        ad.utm_campaign,
        utm_term=_KEYWORDS.get(ad.utm_campaign),
        referrer=_REFERRERS.get(ad.utm_source),
        click_id=_CLICK_IDS.get(ad.utm_source),
    )
