"""What kind of customers people are: what brought them, what they are worth, what they allow and use."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo import advertising, calendar
from orchestration.demo.calendar import DAY, END
from orchestration.demo.catalogue import PRODUCTS, Catalogue
from orchestration.demo.effects import Effects
from orchestration.demo.people import BOTH, TILL, People

CHANNELS = (
    "organic_search",
    "direct",
    "paid_search",
    "paid_social",
    "email",
    "referral",
    "affiliate",
    "display",
    "store",
)
PURPOSES = ("email_marketing", "sms_marketing", "advertising", "profiling")
DIRECT, REFERRAL, STORE = (CHANNELS.index(name) for name in ("direct", "referral", "store"))
IOS, ANDROID = 0, 1


@dataclass
class Lives:
    """One row per person of the block; times in seconds since 1970, END for never."""

    entered: np.ndarray  # years since the start of the history, 0 to 3
    entered_at: np.ndarray  # the same as a moment, in waking hours; no purchase comes before its day
    acquisition: np.ndarray  # index into CHANNELS
    campaign: np.ndarray  # index into advertising.campaigns_of(channel), -1 where the channel has none
    ltv_factor: np.ndarray  # orders of a lifetime, relative to an ordinary customer's
    first_product: np.ndarray  # row of the catalogue's product that the first order begins with
    uses_app: np.ndarray
    os: np.ndarray  # IOS or ANDROID
    devices: np.ndarray  # 1 to 3
    granted_at: np.ndarray  # by purpose (PURPOSES) and person
    withdrawn_at: np.ndarray  # likewise; END without a grant too
    subscriber: np.ndarray
    referrer: np.ndarray  # row of the person who recommended the shop, -1 for nobody

    def granted(self, purpose: str) -> np.ndarray:
        """When each person first allowed a purpose."""
        return self.granted_at[PURPOSES.index(purpose)]

    def withdrawn(self, purpose: str) -> np.ndarray:
        """When each person took the consent back."""
        return self.withdrawn_at[PURPOSES.index(purpose)]

    def came_by(self, channel: str) -> np.ndarray:
        """Whether each person came by a channel."""
        return self.acquisition == CHANNELS.index(channel)


def draw_lives(rng: np.random.Generator, people: People, catalogue: Catalogue, effects: Effects) -> Lives:
    """Draw the lives of one block of people."""
    count = len(people)
    early = rng.random(count) < effects.early_share
    entered = rng.random(count) * np.where(early, 0.4, calendar.YEARS)
    entered_at = calendar.moments(calendar.days_at(entered), calendar.WEB_HOURS)
    on_web = people.habit != TILL

    acquisition = _channels(rng, people, effects)
    referrer = _referrers(rng, people.member, entered, acquisition == REFERRAL)
    acquisition = np.where((acquisition == REFERRAL) & (referrer < 0), DIRECT, acquisition)
    hero = hero_product(catalogue)
    first_product = _first_products(rng, count, catalogue, hero, effects)
    worth = np.array([effects.channel_ltv_factor[name] for name in CHANNELS])
    granted_at, withdrawn_at = _consents(rng, entered_at, effects)
    chance = rng.random(count)
    return Lives(
        entered=entered,
        entered_at=entered_at,
        acquisition=acquisition,
        campaign=_campaigns(rng, acquisition),
        ltv_factor=worth[acquisition] * np.where(first_product == hero, effects.hero_ltv_factor, 1.0),
        first_product=first_product,
        uses_app=on_web & (rng.random(count) < effects.uses_app_share),
        os=np.where(rng.random(count) < effects.ios_share, IOS, ANDROID),
        devices=1 + (chance < effects.second_device_share) + (chance < effects.third_device_share),
        granted_at=granted_at,
        withdrawn_at=withdrawn_at,
        subscriber=people.has_account & (rng.random(count) < effects.subscriber_share),
        referrer=referrer,
    )


def hero_product(catalogue: Catalogue) -> int:
    """The product after which people come back: of the ten most popular, the one of the most usual price."""
    popularity = np.bincount(catalogue.product, weights=catalogue.popularity, minlength=PRODUCTS)
    price = np.zeros(PRODUCTS)
    price[catalogue.product] = catalogue.prices[0]
    popular = np.argsort(-popularity, kind="stable")[:10]
    return int(popular[np.argmin(np.abs(price[popular] - popularity @ price))])


def _channels(rng: np.random.Generator, people: People, effects: Effects) -> np.ndarray:
    """Those who only shop in stores came by one, as did a part of those who also do."""
    count = len(people)
    shares = np.array([effects.channel_share.get(name, 0.0) for name in CHANNELS])
    by_store = (people.habit == TILL) | (
        (people.habit == BOTH) & (rng.random(count) < effects.store_share_of_both)
    )
    return np.where(by_store, STORE, rng.choice(len(CHANNELS), count, p=shares / shares.sum()))


def _campaigns(rng: np.random.Generator, acquisition: np.ndarray) -> np.ndarray:
    campaign, chance = np.full(len(acquisition), -1), rng.random(len(acquisition))
    for at, channel in enumerate(CHANNELS):
        if shares := [campaign.share for campaign in advertising.campaigns_of(channel)]:
            came = acquisition == at
            campaign[came] = np.searchsorted(np.cumsum(shares[:-1]), chance[came], side="right")
    return campaign


def _first_products(
    rng: np.random.Generator, count: int, catalogue: Catalogue, hero: int, effects: Effects
) -> np.ndarray:
    """The hero for its share of people, else any other product as popular as it is."""
    share = np.bincount(catalogue.product, weights=catalogue.popularity, minlength=PRODUCTS)
    share[hero] = 0.0
    share *= (1 - effects.hero_share) / share.sum()
    share[hero] = effects.hero_share
    return rng.choice(PRODUCTS, count, p=share)


def _referrers(
    rng: np.random.Generator, member: np.ndarray, entered: np.ndarray, referred: np.ndarray
) -> np.ndarray:
    """A member who has been a customer for a month; -1 where there is none yet."""
    members = np.flatnonzero(member)
    members = members[np.argsort(entered[members], kind="stable")]
    possible = np.searchsorted(entered[members], entered - 1 / 12)
    chosen = (rng.random(len(entered)) * possible).astype(np.int64)
    if not len(members):
        return np.full(len(entered), -1)
    return np.where(referred & (possible > 0), members[chosen], -1)


def _consents(
    rng: np.random.Generator, entered_at: np.ndarray, effects: Effects
) -> tuple[np.ndarray, np.ndarray]:
    """Most consents are given at the first contact, some months later; a part is taken back some day."""
    shape = (len(PURPOSES), len(entered_at))
    shares = np.array([getattr(effects, f"{purpose}_share") for purpose in PURPOSES])
    later = np.where(
        rng.random(shape) < effects.late_consent_share, rng.integers(20, 400, shape) * DAY, 0
    ) + rng.integers(0, 1800, shape)
    granted = np.where(rng.random(shape) < shares[:, None], np.minimum(entered_at + later, END), END)
    stayed = (rng.random(shape) * (END - granted)).astype(np.int64)
    gone = (granted < END) & (rng.random(shape) < effects.withdrawn_share)
    return granted, np.where(gone, granted + 1 + stayed, END)
