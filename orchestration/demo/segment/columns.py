"""What the tracking library sends with every event; many rows of few values stay dictionaries."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.calendar import DAY, END, START
from orchestration.demo.columns import coded, hexadecimal, join, moment, nothing, number, plain
from orchestration.demo.segment.devices import MODELS, addresses, anonymous_ids, device_ids
from orchestration.demo.segment.events import NO_PAGE, Events
from orchestration.demo.segment.presence import Presence
from orchestration.demo.segment.site import HOME, Site
from orchestration.demo.segment.traffic import Traffic
from orchestration.demo.shop.accounts import Accounts

_LOCALES = pa.array(["en-GB", "de-DE", "en-US"])  # in the order of the markets
_RELEASES = pa.array([f"5.{release}.0" for release in range(37)])  # of the app, one a month
_NEXT_DAY = END + DAY - 1  # the last events of the history may still be on their way
_CAMPAIGN = {  # attribute of a source behind each column
    "context_campaign_source": "utm_source",
    "context_campaign_medium": "utm_medium",
    "context_campaign_name": "utm_campaign",
    "context_campaign_content": "utm_content",
    "context_campaign_term": "utm_term",
}


class CommonColumns:
    """Builds the columns that all event tables share, for events behind one `Presence`."""

    def __init__(self, presence: Presence, accounts: Accounts, site: Site, traffic: Traffic) -> None:
        self.presence, self.site = presence, site
        self.accounts = number(accounts.ids)
        self.visitors = anonymous_ids(presence.visitor_numbers)
        self.addresses = addresses(presence.visitor_numbers)
        self.phones = device_ids(presence.visitor_numbers)
        self.models = {
            name: pa.array([getattr(m, name) for m in MODELS])
            for name in ("user_agent", "type", "name", "os")
        }
        self.urls = site.urls
        self.sources = {
            name: traffic.column(name) for name in (*_CAMPAIGN.values(), "referrer", "query", "click_id")
        }
        self.has_query = self.sources["query"].is_valid().to_numpy(zero_copy_only=False)

    def of(
        self, rng: np.random.Generator, events: Events, first_id: int, late_share: float
    ) -> dict[str, pa.Array]:
        """The columns of some events, in the order of the contract; message ids count on from `first_id`."""
        presence, rows = self.presence, len(events)
        visitor, device = presence.visitor[events.visit], presence.device[events.visit]
        in_app, model = presence.in_app[events.visit], presence.devices.model[device]
        account = presence.account[events.visit]
        signed_in = (account >= 0) & (events.at >= presence.signed_in_at[events.visit])
        release = (
            events.at.astype("datetime64[s]").astype("datetime64[M]") - START.astype("datetime64[M]")
        ).astype(int)
        return {
            "id": hexadecimal(first_id + np.arange(rows), 12),
            "anonymous_id": self.visitors.take(pa.array(visitor)),
            "user_id": self.accounts.take(pa.array(account, mask=~signed_in)),
            "timestamp": moment(events.at),
            "received_at": moment(_received(rng, events.at, late_share)),
            "context_ip": self.addresses.take(pa.array(visitor)),
            "context_user_agent": coded(self.models["user_agent"], model),
            "context_locale": coded(_LOCALES, presence.devices.market[device]),
            "context_device_id": self.phones.take(pa.array(visitor, mask=~in_app)),
            "context_device_type": coded(self.models["type"], model),
            "context_device_model": coded(self.models["name"], model),
            "context_os_name": coded(self.models["os"], model),
            "context_app_version": coded(_RELEASES, release, mask=~in_app),
            **self._page(events, in_app),
        }  # fmt: skip

    def _page(self, events: Events, in_app: np.ndarray) -> dict[str, pa.Array]:
        """Where on the site, and on a visit's first page what brought it there."""
        rows = len(events)
        off_site = in_app | (events.page == NO_PAGE)
        if off_site.all():
            names = ("context_page_url", "context_page_path", "context_page_referrer", "context_page_title")
            return dict.fromkeys((*names, *_CAMPAIGN), nothing(rows))
        url = coded(self.urls, events.page, mask=off_site)
        referrer = coded(self.urls, np.full(rows, HOME), mask=off_site)
        campaign = dict.fromkeys(_CAMPAIGN, nothing(rows))
        if "is_landing" in events.facts:
            landing = events.facts["is_landing"] & ~off_site
            source = self.presence.source[events.visit]
            url = self._landing_urls(plain(url), events, landing & self.has_query[source], source)
            arrived = pa.array(landing)
            referrer = pc.if_else(arrived, plain(coded(self.sources["referrer"], source)), plain(referrer))
            campaign = {
                column: coded(self.sources[name], source, mask=~landing) for column, name in _CAMPAIGN.items()
            }
        return {
            "context_page_url": url,
            "context_page_path": coded(self.site.paths, events.page, mask=off_site),
            "context_page_referrer": referrer,
            "context_page_title": coded(self.site.titles, events.page, mask=off_site),
            **campaign,
        }

    def _landing_urls(
        self, url: pa.Array, events: Events, tagged: np.ndarray, source: np.ndarray
    ) -> pa.Array:
        """Addresses with what the link carried: tags, and the click id of platforms that give one."""
        rows = np.flatnonzero(tagged)
        taken = pa.array(source[rows])
        click = hexadecimal(
            _click(self.presence.visitor_numbers[self.presence.visitor[events.visit[rows]]], events.at[rows])
        )
        click_id = join("&", self.sources["click_id"].take(taken), "=", click)
        query = join("?", self.sources["query"].take(taken), pc.fill_null(click_id, ""))
        return pc.replace_with_mask(url, pa.array(tagged), join(url.take(pa.array(rows)), query))


def _received(rng: np.random.Generator, at: np.ndarray, late_share: float) -> np.ndarray:
    """Most events arrive within seconds; a phone without a network sends them days later."""
    delay = rng.integers(1, 5, len(at))
    late = np.flatnonzero(rng.random(len(at)) < late_share)
    delay[late] = rng.integers(DAY, 9 * DAY, len(late))
    return np.minimum(at + delay, np.maximum(_NEXT_DAY, at))


def _click(visitor: np.ndarray, at: np.ndarray) -> np.ndarray:
    x = visitor.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) ^ at.astype(np.uint64)
    return (x ^ (x >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
