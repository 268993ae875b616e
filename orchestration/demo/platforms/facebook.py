"""Facebook Ads: spend by ad and day, in euro."""

import numpy as np
import pyarrow as pa

from orchestration.demo.ad_spend import Spend
from orchestration.demo.advertising import AD_CAMPAIGNS
from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.calendar import DAYS, START, second_of
from orchestration.demo.columns import moment
from orchestration.demo.mess import Mess
from orchestration.demo.platforms.parts import renamed, smaller, split
from orchestration.demo.writing import Raw

AD, CAMPAIGN, ACCOUNT = (
    f"facebook_ads.{name}" for name in ("basic_ad", "campaign_history", "account_history")
)
_ROWS = [row for row, campaign in enumerate(AD_CAMPAIGNS) if campaign.platform == "facebook_ads"]
_ACCOUNT_KEY, _CAMPAIGN_KEY = 120_330_044_000, 23_850_033_000
_ADS = np.array([0.5, 0.3, 0.2])  # of each campaign
_BEGAN = second_of(START)


def write_facebook(raw: Raw, mess: Mess, spend: Spend) -> None:
    """Every campaign has an account of its own, and several ads; amounts are in euro."""
    campaign, day, part, amounts = split(spend, _ROWS, _ADS)
    rows = pa.table(
        {
            "ad_id": _CAMPAIGN_KEY + 100 + campaign * 10 + part,
            "date": DAYS[day],
            "account_id": _ACCOUNT_KEY + campaign,
            "impressions": amounts["impressions"],
            "inline_link_clicks": amounts["clicks"],
            "spend": amounts["cents"] / 100,
            "reach": amounts["impressions"] * 2 // 3,
        }
    )
    bad = bad_rows(
        mess, AD, rows, "ad_id", (("key_missing", "ad_id", None), ("not_finite", "spend", float("nan")))
    )
    grown = smaller("impressions", "inline_link_clicks", "spend")
    rows = mess.twice(AD, mess.earlier(AD, rows, grown))
    raw.parquet(AD, "basic_ad", pa.concat_tables([rows, *bad]))

    names = [AD_CAMPAIGNS[row].name for row in _ROWS]
    ids = np.arange(len(names))
    history = renamed(
        id=_CAMPAIGN_KEY + ids,
        account_id=_ACCOUNT_KEY + ids,
        name=names,
        _fivetran_synced=_BEGAN,
        updated_time=_BEGAN,
    )
    mess.truth.older_versions[CAMPAIGN] += len(names)
    raw.parquet(CAMPAIGN, "campaign_history", history)
    account = {
        "id": _ACCOUNT_KEY + ids,
        "name": [f"Hearth & Thread {name}" for name in names],
        "_fivetran_synced": moment(np.full(len(ids), _BEGAN)),
    }
    raw.parquet(ACCOUNT, "account_history", pa.table(account))
