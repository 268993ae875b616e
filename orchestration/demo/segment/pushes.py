"""Push notifications: sent by day to those who have the app, tapped by some."""

from dataclasses import dataclass

import numpy as np

from orchestration.demo.calendar import DAY, END
from orchestration.demo.campaigns import APP_CAMPAIGNS
from orchestration.demo.effects import Effects
from orchestration.demo.lives import Lives

YEAR = 365.25 * DAY
_HOURS = (8 * 3600, 20 * 3600)
PUSH_CAMPAIGNS = np.array([row for row, campaign in enumerate(APP_CAMPAIGNS) if campaign.is_push])
IN_APP_CAMPAIGNS = np.array([row for row, campaign in enumerate(APP_CAMPAIGNS) if not campaign.is_push])


@dataclass
class Pushes:
    """One row per notification that reached a phone; `tapped_at` is END where nobody tapped."""

    person: np.ndarray
    at: np.ndarray
    campaign: np.ndarray  # row in APP_CAMPAIGNS
    tapped_at: np.ndarray


def draw_pushes(rng: np.random.Generator, lives: Lives, effects: Effects) -> Pushes:
    """Draw the notifications of one block, from the day after people came on."""
    installed = lives.entered_at + DAY
    years = np.maximum(END - installed, 0) / YEAR
    person = np.repeat(
        np.arange(len(installed)), rng.poisson(np.where(lives.uses_app, effects.pushes_a_year * years, 0))
    )
    rows = len(person)
    day = (installed[person] + rng.random(rows) * (END - installed[person])).astype(np.int64) // DAY
    at = day * DAY + rng.integers(*_HOURS, rows)
    at = np.where(at < END, at, END - DAY // 2)
    tapped = np.minimum(at + rng.integers(5, 7200, rows), END - 900)
    is_tapped = (tapped > at) & (rng.random(rows) < effects.push_tapped_share)
    return Pushes(person, at, rng.choice(PUSH_CAMPAIGNS, rows), np.where(is_tapped, tapped, END))
