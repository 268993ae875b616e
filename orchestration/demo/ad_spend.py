"""What the new customers cost: one row of spend to a campaign and day, that comes to the planted cost of each."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from orchestration.demo import advertising
from orchestration.demo.advertising import AD_CAMPAIGNS
from orchestration.demo.calendar import DAY, DAYS, START, second_of
from orchestration.demo.effects import Effects
from orchestration.demo.finance import Rates
from orchestration.demo.lives import CHANNELS, Lives
from orchestration.demo.purchases import Purchases

_MONTH = (DAYS.astype("datetime64[M]") - START.astype("datetime64[M]")).astype(int)
MONTHS = int(_MONTH[-1]) + 1
_FIRST = {  # row of each channel's first campaign in AD_CAMPAIGNS; a channel's campaigns stand together
    channel: AD_CAMPAIGNS.index(advertising.campaigns_of(channel)[0])
    for channel in dict.fromkeys(campaign.channel for campaign in AD_CAMPAIGNS)
}
_CLICK_PRICE = {"paid_search": 0.45, "paid_social": 0.60, "affiliate": 0.30, "display": 0.90}  # euro
_CLICKED = {"paid_search": 0.05, "paid_social": 0.011, "affiliate": 0.02, "display": 0.002}  # of impressions


class Acquired:
    """Counts new customers by campaign and month of their first order, over all blocks."""

    def __init__(self) -> None:
        self.customers = np.zeros((len(AD_CAMPAIGNS), MONTHS), np.int64)

    def add(self, lives: Lives, purchases: Purchases) -> None:
        """Count one block; `purchases` of both channels in order of time."""
        person, first = np.unique(purchases.person, return_index=True)
        first_row = np.array([_FIRST.get(channel, -1) for channel in CHANNELS])[lives.acquisition[person]]
        paid = first_row >= 0
        campaign = first_row[paid] + lives.campaign[person[paid]]
        month = _MONTH[(purchases.at[first[paid]] - second_of(START)) // DAY]
        np.add.at(self.customers, (campaign, month), 1)


@dataclass
class Spend:
    """Spend by campaign (row of AD_CAMPAIGNS) and day of the history; cents of the campaign's currency."""

    cents: np.ndarray
    clicks: np.ndarray
    impressions: np.ndarray


def draw_spend(rng: np.random.Generator, acquired: Acquired, rates: Rates, effects: Effects) -> Spend:
    """Spend what the month's new customers cost, with noise, over the days of the month."""
    cost = np.array([effects.acquisition_cost[campaign.channel] for campaign in AD_CAMPAIGNS])
    noise = 1 + effects.spend_noise * rng.standard_normal(acquired.customers.shape).clip(-3, 3)
    monthly = acquired.customers * cost[:, None] * noise
    weight = rng.uniform(0.6, 1.4, (len(AD_CAMPAIGNS), len(DAYS)))
    total = np.stack([np.bincount(_MONTH, weights=row) for row in weight])
    euro = monthly[:, _MONTH] * weight / total[:, _MONTH]
    into_euro = np.stack([rates.published(campaign.currency, DAYS) for campaign in AD_CAMPAIGNS])
    price = np.array([_CLICK_PRICE[campaign.channel] for campaign in AD_CAMPAIGNS])[:, None]
    clicked = np.array([_CLICKED[campaign.channel] for campaign in AD_CAMPAIGNS])[:, None]
    clicks = rng.poisson(euro / price)
    return Spend(
        cents=np.round(euro / into_euro * 100).astype(np.int64),
        clicks=clicks,
        impressions=clicks + rng.poisson((clicks + 1) * (1 / clicked - 1) * (euro > 0)),
    )


def write_spend_truth(folder: Path, acquired: Acquired, spend: Spend) -> None:
    """Write ad_spend.csv: new customers and spend by campaign and month."""
    months = np.arange(START.astype("datetime64[M]"), START.astype("datetime64[M]") + MONTHS)
    with (folder / "ad_spend.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["channel", "platform", "campaign", "month", "currency", "new_customers", "spend"])
        for row, campaign in enumerate(AD_CAMPAIGNS):
            cents = np.bincount(_MONTH, weights=spend.cents[row]).astype(np.int64)
            for month in range(MONTHS):
                writer.writerow(
                    [
                        campaign.channel,
                        campaign.platform,
                        campaign.utm_campaign,
                        months[month],
                        campaign.currency,
                        acquired.customers[row, month],
                        f"{cents[month] / 100:.2f}",
                    ]
                )
