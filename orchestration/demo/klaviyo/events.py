"""The events as delivered (klaviyo.event), in folders by month."""

import numpy as np
import pyarrow as pa

from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.calendar import DAY, END
from orchestration.demo.campaigns import FLOWS, EmailCampaigns
from orchestration.demo.columns import coded, join, moment, number, where
from orchestration.demo.keys import keys
from orchestration.demo.klaviyo.company import BOUNCED, CLICKED, METRIC_KEYS, METRICS, OPENED
from orchestration.demo.klaviyo.engagement import Events
from orchestration.demo.klaviyo.profiles import Profiles
from orchestration.demo.markets import of_markets
from orchestration.demo.mess import Mess, replaced, synced_after
from orchestration.demo.shop.orders import Orders
from orchestration.demo.writing import Raw

TABLE = "klaviyo.event"
_DELETED_SHARE = 0.0002
_LATE_DAYS = 3
_CLIENTS = ("Apple Mail", "Gmail", "Outlook", "Thunderbird")
_CLIENT_SHARES = (0.52, 0.26, 0.18, 0.04)
_CLIENT_TYPES = ("Mobile", "Desktop")  # of the first two and the last two clients
_DEFECTS = (
    ("key_missing", "id", None),
    ("before_1990", "timestamp", np.datetime64("1970-01-01", "us")),
    ("in_the_future", "timestamp", np.datetime64("2126-03-01", "us")),
)
_SERIES = [f"{flow.key}M{place}" for flow in FLOWS for place in (1, 2)]


def write_events(
    raw: Raw,
    mess: Mess,
    rng: np.random.Generator,
    block: int,
    campaigns: EmailCampaigns,
    profiles: Profiles,
    events: Events,
    orders: Orders,
) -> None:
    """Write the events, one file to a month and block; the broken rows lie in the first file."""
    deleted = rng.random(len(events)) < _DELETED_SHARE
    mess.truth.soft_deleted[TABLE] += int(deleted.sum())
    late = rng.random(len(events)) < mess.late_share
    synced = np.minimum(synced_after(events.at + late * _LATE_DAYS * DAY), END + 600)
    client = rng.choice(len(_CLIENTS), len(events), p=_CLIENT_SHARES)
    # Rows that are sent twice travel as numbers until their month is written.
    row = np.sort(mess.twice(TABLE, pa.table({"row": np.arange(len(events))}))["row"].to_numpy())
    month = events.at[row].astype("datetime64[s]").astype("datetime64[M]")
    first = True
    for each in np.unique(month):
        chosen = row[slice(*np.searchsorted(month, [each, each + 1]))]
        rows = _mail_columns(block, campaigns, profiles, events, client, chosen)
        rows |= _order_columns(block, campaigns, events, orders, chosen)
        rows |= {"_fivetran_deleted": pa.array(deleted[chosen]), "_fivetran_synced": moment(synced[chosen])}
        table = pa.table(rows)
        if block == 0 and first:
            kept = replaced(table, {"_fivetran_deleted": pa.repeat(False, table.num_rows)})
            table = pa.concat_tables([table, *bad_rows(mess, TABLE, kept, "id", _DEFECTS, "ev")])
        raw.parquet(TABLE, f"occurred_month={each}/part-{block:03}", table)
        first = False


def _mail_columns(
    block: int,
    campaigns: EmailCampaigns,
    profiles: Profiles,
    events: Events,
    client: np.ndarray,
    row: np.ndarray,
) -> dict[str, pa.Array]:
    """Who, what, when and with which programme."""
    metric, campaign, flow = events.metric[row], events.campaign[row], events.flow[row]
    message = np.where(flow >= 0, flow * 2 + events.message[row], -1)
    read = np.where((metric == OPENED) | (metric == CLICKED), client[row], -1)
    at = moment(events.at[row])
    return {
        "id": _key(block, row),
        "person_id": profiles.ids.take(pa.array(profiles.of_person[events.person[row]])),
        "campaign_id": _word(campaigns.ids, campaign),
        "flow_id": _word([each.key for each in FLOWS], flow),
        "flow_message_id": _word(_SERIES, message),
        "datetime": at,
        "timestamp": at,
        "metric_id": _word(METRIC_KEYS, metric),
        "type": _word([name.lower().replace(" ", "_") for name in METRICS], metric),
        "property_campaign_name": _word(campaigns.names, campaign),
        "property_subject": _word(campaigns.subjects, campaign),
        "property_bounce_type": _word(("Soft", "Hard"), np.where(metric == BOUNCED, row % 2, -1)),
        "property_client_name": _word(_CLIENTS, read),
        "property_client_type": _word(_CLIENT_TYPES, read // 2),
    }


def _order_columns(
    block: int, campaigns: EmailCampaigns, events: Events, orders: Orders, row: np.ndarray
) -> dict[str, pa.Array]:
    """What an order event says: the order, its worth, and as JSON the e-mail it is credited to."""
    order, cause = events.order[row], events.cause[row]
    credited = np.flatnonzero(cause >= 0)
    campaign, flow = events.campaign[cause[credited]], events.flow[cause[credited]]
    programmes = pa.concat_arrays([campaigns.ids, pa.array([each.key for each in FLOWS])])
    mail = programmes.take(pa.array(np.where(campaign >= 0, campaign, len(campaigns) + flow)))
    json = join('{"$attributed_event_id": "', _key(block, cause[credited]), '", "$message": "', mail, '"}')
    place = np.full(len(row), -1)
    place[credited] = np.arange(len(credited))
    is_order = order >= 0
    return {
        "property_event_id": where(is_order, number(np.append(orders.ids, 0)[order]), None),
        "property_value": pa.array(np.append(orders.total, 0)[order] / 100, mask=~is_order),
        "property_currency_code": _word(
            of_markets("currency"), np.where(is_order, np.append(orders.market, 0)[order], -1)
        ),
        "property_attribution": json.take(pa.array(place, mask=place < 0)),
    }


def _key(block: int, row: np.ndarray) -> pa.Array:
    return join("ev", number(int(keys(TABLE, block, 1)[0]) + row))


def _word(words, at: np.ndarray) -> pa.Array:
    """`words[at]`, null where `at` is -1."""
    return coded(words if isinstance(words, pa.Array) else pa.array(list(words), pa.string()), at, at < 0)
