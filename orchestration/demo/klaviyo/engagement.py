"""What people did with the e-mails: opened and clicked them, left, and ordered in the shop."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo.calendar import DAY, END
from orchestration.demo.consents import EMAIL_MARKETING, Consents
from orchestration.demo.effects import Effects
from orchestration.demo.klaviyo.company import BOUNCED, CLICKED, OPENED, ORDERED, RECEIVED, SPAM, UNSUBSCRIBED
from orchestration.demo.klaviyo.profiles import Profiles
from orchestration.demo.klaviyo.sends import Sends
from orchestration.demo.purchases import Purchases

_SPAM_SHARE = 0.06  # of those who unsubscribe from an e-mail
_CREDIT_DAYS = 5  # an order is credited to the last e-mail opened in the days before
_BLAME_DAYS = 14


@dataclass
class Events:
    """E-mail events and orders in order of time."""

    person: np.ndarray
    at: np.ndarray
    metric: np.ndarray  # index into company.METRICS
    campaign: np.ndarray  # row in the campaigns, -1 for none
    flow: np.ndarray  # index into FLOWS, -1 for none
    message: np.ndarray  # place in the flow's series
    order: np.ndarray  # row of the web order, -1 for none
    cause: np.ndarray  # row of the event that an order is credited to, -1 for none

    def __len__(self) -> int:
        return len(self.at)

    def last_by(self, profiles: Profiles) -> np.ndarray:
        """Seconds of the last event of each profile, 0 for none."""
        last = np.zeros(len(profiles.person), np.int64)
        np.maximum.at(last, profiles.of_person[self.person], self.at)
        return last


def draw_events(
    rng: np.random.Generator,
    profiles: Profiles,
    consents: Consents,
    sends: Sends,
    web_orders: Purchases,
    effects: Effects,
) -> Events:
    """Let every e-mail arrive or bounce, be opened and clicked; let people unsubscribe and order."""
    mails = len(sends.at)
    fate = np.where(rng.random(mails) < effects.bounced_share, BOUNCED, RECEIVED)
    # Some open nearly everything, many nearly nothing.
    interest = np.minimum(rng.gamma(1.6, effects.opened_share / 1.6, len(profiles.of_person)), 0.95)
    opened = np.flatnonzero((fate == RECEIVED) & (rng.random(mails) < interest[sends.person]))
    opened_at = sends.at[opened] + 60 + rng.exponential(8 * 3600, len(opened)).astype(np.int64)
    clicks = rng.random(len(opened)) < effects.clicked_share
    clicked, clicked_at = opened[clicks], opened_at[clicks] + rng.integers(4, 200, clicks.sum())

    withdrawn = consents.withdrawn[EMAIL_MARKETING]
    left_by = np.flatnonzero((withdrawn < END) & (profiles.of_person >= 0))
    left_at = withdrawn[left_by]
    received = np.flatnonzero(fate == RECEIVED)
    last = _latest(sends.person[received], sends.at[received], left_by, left_at, _BLAME_DAYS)
    link = np.append(received, -1)[last]
    spam = (link >= 0) & (rng.random(len(link)) < _SPAM_SHARE)

    created = np.append(profiles.created, END)[profiles.of_person]
    ordered = np.flatnonzero(web_orders.at >= created[web_orders.person])
    order_by, order_at = web_orders.person[ordered], web_orders.at[ordered]
    credit = _latest(sends.person[opened], opened_at, order_by, order_at, _CREDIT_DAYS)

    nothing = np.full(len(ordered), -1)
    parts = (  # metric, person, moment, row of the e-mail
        (fate, sends.person, sends.at, np.arange(mails)),
        (OPENED, sends.person[opened], opened_at, opened),
        (CLICKED, sends.person[clicked], clicked_at, clicked),
        (UNSUBSCRIBED, left_by, left_at, link),
        (SPAM, left_by[spam], left_at[spam], link[spam]),
        (ORDERED, order_by, order_at, nothing),
    )
    metric = np.concatenate([np.broadcast_to(part[0], len(part[1])) for part in parts])
    person, at, mail = (np.concatenate([part[column] for part in parts]) for column in (1, 2, 3))
    order = np.append(np.full(len(at) - len(ordered), -1), ordered)
    cause = np.append(np.full(len(at) - len(ordered), -1), np.where(credit >= 0, mails + credit, -1))

    in_time = np.argsort(at, kind="stable")
    in_time = in_time[at[in_time] < END]
    place = np.full(len(at) + 1, -1)
    place[in_time] = np.arange(len(in_time))
    campaign, flow, message = (
        np.append(column, -1)[mail[in_time]] for column in (sends.campaign, sends.flow, sends.message)
    )
    return Events(
        person[in_time],
        at[in_time],
        metric[in_time],
        campaign,
        flow,
        message,
        order[in_time],
        place[cause[in_time]],
    )


def _latest(
    person: np.ndarray, at: np.ndarray, by: np.ndarray, before: np.ndarray, within_days: int
) -> np.ndarray:
    """Row of each `by`'s last event before a moment and at most so many days earlier, -1 for none.

    `person` and `at` are the events, `by` and `before` the questions.
    """
    moments = person * END + at  # one number that orders by person, then time
    order = np.append(np.argsort(moments, kind="stable"), -1)
    row = order[np.searchsorted(moments, by * END + before, sorter=order[:-1]) - 1]
    found = (row >= 0) & (np.append(person, -1)[row] == by)
    return np.where(found & (before - np.append(at, 0)[row] <= within_days * DAY), row, -1)
