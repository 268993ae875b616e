"""Who was sent which e-mail and when: only those who allowed it at that moment, but for the hold-outs."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.calendar import AS_OF, DAY, END, START
from orchestration.demo.campaigns import (
    BIRTHDAY,
    CART,
    FLOWS,
    POST_PURCHASE,
    SUNSET,
    WELCOME,
    WIN_BACK,
    EmailCampaigns,
)
from orchestration.demo.consents import EMAIL_MARKETING, Consents
from orchestration.demo.effects import Effects
from orchestration.demo.holdouts import Holdouts, held_out
from orchestration.demo.klaviyo.profiles import Profiles
from orchestration.demo.people import People
from orchestration.demo.purchases import Purchases

LIFT_DAYS = 7
_MAILING_TAKES = 1800
_AFTER_ORDER_SHARE = 0.6  # of orders; the platform does not write too often

Part = tuple[np.ndarray, np.ndarray, int, int, int]  # person, at, campaign, flow, message


@dataclass
class Sends:
    """E-mails that left, one row each."""

    person: np.ndarray
    at: np.ndarray
    campaign: np.ndarray  # row in the campaigns, -1 in a flow
    flow: np.ndarray  # index into FLOWS, -1 in a campaign
    message: np.ndarray  # place in the flow's series, 0 in a campaign


@dataclass
class Occasions:
    """What sets flows off: purchases of both channels in order of time, and baskets left at the checkout."""

    purchases: Purchases
    web_orders: Purchases
    abandoned: Purchases


def draw_sends(
    rng: np.random.Generator,
    people: People,
    profiles: Profiles,
    consents: Consents,
    campaigns: EmailCampaigns,
    occasions: Occasions,
    effects: Effects,
    holdouts: Holdouts,
) -> Sends:
    """Send every campaign and flow; the hold-outs of large campaigns go into the truth instead."""
    has_profile = np.flatnonzero(profiles.of_person >= 0)
    parts = list(_flow_sends(rng, people, consents, occasions))
    for campaign in range(len(campaigns)):
        at = campaigns.at[campaign]
        allowed = [consents.allows(EMAIL_MARKETING, has_profile, at + wait) for wait in (0, _MAILING_TAKES)]
        person = has_profile[allowed[0] & allowed[1]]
        if campaigns.large[campaign]:
            bought = _buyers(occasions.purchases, len(people), at)[person]
            out = held_out(rng, bought, effects.holdout_share, effects.campaign_lift)
            _record(holdouts, people, profiles, campaigns, campaign, person[out], bought[out])
            person = person[~out]
        else:
            person = person[rng.random(len(person)) < campaigns.audience[campaign]]
        parts.append((person, at + rng.integers(0, _MAILING_TAKES, len(person)), campaign, -1, 0))
    who, when = (np.concatenate([part[column] for part in parts]) for column in (0, 1))
    what = np.repeat([part[2:] for part in parts], [len(part[0]) for part in parts], axis=0)
    possible = (profiles.of_person[who] >= 0) & (when < END)
    possible &= consents.allows(EMAIL_MARKETING, who, when)
    return Sends(who[possible], when[possible], *what[possible].T)


def _buyers(purchases: Purchases, people: int, at: int) -> np.ndarray:
    """Whether each person bought in the days after a moment."""
    first, last = np.searchsorted(purchases.at, [at, at + LIFT_DAYS * DAY])
    bought = np.zeros(people, bool)
    bought[purchases.person[first:last]] = True
    return bought


def _record(
    holdouts: Holdouts,
    people: People,
    profiles: Profiles,
    campaigns: EmailCampaigns,
    campaign: int,
    person: np.ndarray,
    bought: np.ndarray,
) -> None:
    holdouts.add(
        pa.repeat(campaigns.ids[campaign], len(person)),
        profiles.ids.take(pa.array(profiles.of_person[person])),
        people.ids.take(pa.array(person)),
        np.full(len(person), campaigns.at[campaign]),
        bought,
    )


def _flow_sends(
    rng: np.random.Generator, people: People, consents: Consents, occasions: Occasions
) -> Iterator[Part]:
    """Every message that a flow would send, whether it may be or not."""
    granted = consents.granted[EMAIL_MARKETING]
    joined = np.flatnonzero(granted < END)
    ordered = rng.random(len(occasions.web_orders)) < _AFTER_ORDER_SHARE
    triggers = {
        WELCOME: (joined, granted[joined]),
        CART: (occasions.abandoned.person, occasions.abandoned.at),
        POST_PURCHASE: (occasions.web_orders.person[ordered], occasions.web_orders.at[ordered]),
        WIN_BACK: _gone_quiet(occasions.purchases, FLOWS[WIN_BACK].after[0]),
        BIRTHDAY: _birthdays(people),
        SUNSET: _gone_quiet(occasions.purchases, FLOWS[SUNSET].after[0]),
    }
    for flow, (person, at) in triggers.items():
        for message, after in enumerate(FLOWS[flow].after):
            yield person, at + after, -1, flow, message


def _gone_quiet(purchases: Purchases, seconds: int) -> tuple[np.ndarray, np.ndarray]:
    """Purchases after which nothing followed for so long."""
    order = np.argsort(purchases.person, kind="stable")
    person, at = purchases.person[order], purchases.at[order]
    same = np.append(person[1:] == person[:-1], False)
    following = np.where(same, np.append(at[1:], END), END)
    quiet = following - at > seconds
    return person[quiet], at[quiet]


def _birthdays(people: People) -> tuple[np.ndarray, np.ndarray]:
    """Midnight of the members' birthdays in the years of the history; others never told theirs."""
    member = np.flatnonzero(people.member)
    born = people.birth_day[member].astype("datetime64[D]")
    months = born.astype("datetime64[M]")
    day, month = (born - months).astype(int), months.astype(int) % 12
    years = np.arange(START.astype("datetime64[Y]"), AS_OF.astype("datetime64[Y]") + 1).astype(
        "datetime64[M]"
    )
    dates = ((years[:, None] + month).astype("datetime64[D]") + day).astype("datetime64[s]").astype(np.int64)
    return np.tile(member, len(years)), dates.ravel()
