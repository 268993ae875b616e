"""Google Ads: spend by campaign, day, network and device, in millionths of the account's currency."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.ad_spend import Spend
from orchestration.demo.advertising import AD_CAMPAIGNS
from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.calendar import DAY, DAYS, START, second_of
from orchestration.demo.columns import as_text, hexadecimal, moment, number, pick
from orchestration.demo.mess import Mess, synced_after
from orchestration.demo.platforms.parts import renamed, smaller, split
from orchestration.demo.writing import Raw

STATS, CAMPAIGN, ACCOUNT = (
    f"google_ads.{name}" for name in ("campaign_stats", "campaign_history", "account_history")
)
_ROWS = [row for row, campaign in enumerate(AD_CAMPAIGNS) if campaign.platform == "google_ads"]
_ACCOUNT_KEY, _CAMPAIGN_KEY = 4_412_700_300, 17_220_400_100
_DEVICES, _NETWORKS = ("MOBILE", "DESKTOP", "TABLET"), ("SEARCH", "SEARCH_PARTNERS")
_SEEN_BY = np.array([0.52, 0.33, 0.05, 0.05, 0.04, 0.01])  # network by network, the devices of each
_DEFECTS = (
    ("key_missing", "_fivetran_id", None),
    ("in_the_future", "date", "2126-02-01"),
    ("not_a_date", "date", "2025-13-01"),
)
_BEGAN = second_of(START)
_LOADER_DOWN = date(2026, 6, 1)  # from then on figures were exported by hand
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no two cells get one id


def write_google(raw: Raw, mess: Mess, spend: Spend) -> None:
    """Write the figures, some of them restated later, and the campaigns and accounts they belong to."""
    campaign, day, part, amounts = split(spend, _ROWS, _SEEN_BY)
    of = np.array([AD_CAMPAIGNS[row].account for row in _ROWS])[campaign]
    device, network = part % len(_DEVICES), part // len(_DEVICES)
    cell = np.ravel_multi_index((campaign, part, day), (len(_ROWS), len(_SEEN_BY), len(DAYS)))
    rows = pa.table(
        {
            "_fivetran_id": hexadecimal(cell.astype(np.uint64) * _MIX),
            "customer_id": _ACCOUNT_KEY + of,
            "date": DAYS[day],
            "_fivetran_synced": moment(_next_morning(day)),
            "ad_network_type": pick(_NETWORKS, network),
            "base_campaign": number(_CAMPAIGN_KEY + campaign),
            "clicks": amounts["clicks"],
            "cost_micros": amounts["cents"] * 10_000,
            "device": pick(_DEVICES, device),
            "id": _CAMPAIGN_KEY + campaign,
            "impressions": amounts["impressions"],
            "interactions": amounts["clicks"],
        }
    )
    bad = bad_rows(mess, STATS, as_text(rows), "_fivetran_id", _DEFECTS)
    rows = mess.twice(STATS, mess.earlier(STATS, rows, smaller("clicks", "cost_micros", "impressions")))
    by_hand = pc.greater_equal(rows["date"], pa.scalar(_LOADER_DOWN))
    raw.parquet(STATS, "campaign_stats", rows.filter(pc.invert(by_hand)))
    raw.csv(STATS, "campaign_stats_2026_06", pa.concat_tables([as_text(rows.filter(by_hand)), *bad]))

    names = [AD_CAMPAIGNS[row].name for row in _ROWS]
    accounts = [AD_CAMPAIGNS[row].account for row in _ROWS]
    history = renamed(
        id=_CAMPAIGN_KEY + np.arange(len(names)),
        updated_at=_BEGAN,
        name=names,
        customer_id=_ACCOUNT_KEY + np.array(accounts),
        advertising_channel_type=["SHOPPING" if "shopping" in name else "SEARCH" for name in names],
        start_date=[str(START)] * len(names),
        end_date=["2037-12-30"] * len(names),
        serving_status=["SERVING"] * len(names),
        status=["ENABLED"] * len(names),
    )
    mess.truth.older_versions[CAMPAIGN] += len(names)
    raw.csv(CAMPAIGN, "campaign_history", as_text(history))
    currencies = {AD_CAMPAIGNS[row].account: AD_CAMPAIGNS[row].currency for row in _ROWS}
    account = pa.table(
        {
            "id": _ACCOUNT_KEY + np.array(list(currencies)),
            "updated_at": moment(np.full(len(currencies), _BEGAN)),
            "_fivetran_synced": moment(np.full(len(currencies), _BEGAN + DAY)),
            "currency_code": list(currencies.values()),
            "descriptive_name": [f"Hearth & Thread {code}" for code in currencies.values()],
            "hidden": np.zeros(len(currencies), bool),
            "time_zone": ["Europe/London"] * len(currencies),
        }
    )
    raw.parquet(ACCOUNT, "account_history", account)


def _next_morning(day: np.ndarray) -> np.ndarray:
    return synced_after(second_of(START) + (day + 1) * DAY)
