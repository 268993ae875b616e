"""Platforms without a loader (ads.spend): exported by hand, with what their links carry."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.ad_spend import Spend
from orchestration.demo.advertising import AD_CAMPAIGNS
from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.calendar import DAYS
from orchestration.demo.columns import as_text, decimals, join, number, pick
from orchestration.demo.mess import Mess
from orchestration.demo.platforms.parts import smaller, split
from orchestration.demo.writing import Raw

SPEND = "ads.spend"
_WITH_LOADER = ("google_ads", "facebook_ads")
_ROWS = [row for row, campaign in enumerate(AD_CAMPAIGNS) if campaign.platform not in _WITH_LOADER]


def write_exports(raw: Raw, mess: Mess, spend: Spend) -> None:
    """Spend as exported by hand: former years as Parquet, 2026 as CSV with a byte order mark."""
    campaign, day, _, amounts = split(spend, _ROWS, np.ones(1))
    given = [AD_CAMPAIGNS[row] for row in _ROWS]
    texts = ("platform", "name", "utm_source", "utm_medium", "utm_campaign", "currency")
    text = {name: pick([getattr(each, name) for each in given], campaign) for name in texts}
    rows = pa.table(
        {
            "date": DAYS[day],
            "platform": text["platform"],
            "account_id": join(text["platform"], "-main"),
            "campaign_id": join(text["platform"], "-", number(campaign + 101)),
            "campaign_name": text["name"],
            **{name: text[name] for name in texts[2:]},
            "impressions": amounts["impressions"],
            "clicks": amounts["clicks"],
            "spend": decimals(amounts["cents"]),
        }
    )
    defects = (
        ("unknown_currency", "currency", "EURO"),
        ("not_a_number", "spend", "1O.50"),
        ("not_a_whole_number", "clicks", "12.5"),
    )
    bad = bad_rows(mess, SPEND, as_text(rows), "campaign_id", defects)
    rows = mess.twice(SPEND, mess.earlier(SPEND, rows, smaller("impressions", "clicks", "spend")))
    recent = pc.greater_equal(rows["date"], pa.scalar(date(2026, 1, 1)))
    raw.parquet(SPEND, "spend", rows.filter(pc.invert(recent)))
    raw.csv(SPEND, "spend_2026", pa.concat_tables([as_text(rows.filter(recent)), *bad]), bom=True)
