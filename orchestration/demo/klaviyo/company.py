"""What exists once: campaign, flow and metric."""

import numpy as np
import pyarrow as pa

from orchestration.demo.calendar import AS_OF, DAY, START, second_of
from orchestration.demo.campaigns import FLOWS, EmailCampaigns
from orchestration.demo.columns import moment, pick
from orchestration.demo.mess import Mess, synced_after
from orchestration.demo.writing import Raw

CAMPAIGN, FLOW, METRIC = "klaviyo.campaign", "klaviyo.flow", "klaviyo.metric"
METRICS = (
    "Received Email",
    "Opened Email",
    "Clicked Email",
    "Bounced Email",
    "Marked Email as Spam",
    "Unsubscribed",
    "Placed Order",
)
RECEIVED, OPENED, CLICKED, BOUNCED, SPAM, UNSUBSCRIBED, ORDERED = range(len(METRICS))
METRIC_KEYS = tuple(f"MET{at}aQ" for at in range(1, len(METRICS) + 1))
_BEGAN, _LAST = second_of(START) - 30 * DAY, second_of(AS_OF)


def write_company(raw: Raw, mess: Mess, campaigns: EmailCampaigns) -> None:
    """Write the campaigns (one in a hundred deleted since), flows and metrics."""
    sent = _campaign_rows(campaigns)

    def still_a_draft(old: pa.Table) -> dict:
        return {"status": pa.repeat("Draft", old.num_rows), "status_label": pa.repeat("Draft", old.num_rows)}

    raw.parquet(CAMPAIGN, "campaign", mess.twice(CAMPAIGN, mess.earlier(CAMPAIGN, sent, still_a_draft)))
    mess.truth.soft_deleted[CAMPAIGN] += sum(sent["_fivetran_deleted"].to_pylist())
    raw.parquet(FLOW, "flow", _flow_rows())
    raw.parquet(METRIC, "metric", _metric_rows())


def _campaign_rows(campaigns: EmailCampaigns) -> pa.Table:
    count, nothing = len(campaigns), np.zeros(len(campaigns), int)
    return pa.table(
        {
            "id": campaigns.ids,
            "from_name": pick(["Hearth & Thread"], nothing),
            "campaign_type": pick(["Regular"], nothing),
            "status_label": pick(["Sent"], nothing),
            "from_email": pick(["news@hearth-and-thread.example"], nothing),
            "subject": campaigns.subjects,
            "name": campaigns.names,
            "status": pick(["Sent"], nothing),
            "created": moment(campaigns.at - 3 * DAY),
            "updated": moment(campaigns.at + 1200),
            "send_time": moment(campaigns.at),
            "sent_at": moment(campaigns.at),
            "_fivetran_deleted": np.arange(count) % 100 == 50,
            "_fivetran_synced": moment(synced_after(campaigns.at + 1200)),
            "archived": np.zeros(count, bool),
            "scheduled": moment(campaigns.at - DAY),
        }
    )


def _flow_rows() -> pa.Table:
    count = len(FLOWS)
    return pa.table(
        {
            "id": [flow.key for flow in FLOWS],
            "name": [flow.name for flow in FLOWS],
            "status": ["live"] * count,
            "created": moment(np.full(count, _BEGAN)),
            "updated": moment(np.full(count, _LAST - 40 * DAY)),
            "_fivetran_deleted": np.zeros(count, bool),
            "_fivetran_synced": moment(np.full(count, _LAST)),
            "archived": np.zeros(count, bool),
            "trigger_type": [flow.trigger_type for flow in FLOWS],
        }
    )


def _metric_rows() -> pa.Table:
    count = len(METRICS)
    return pa.table(
        {
            "id": METRIC_KEYS,
            "name": METRICS,
            "created": moment(np.full(count, _BEGAN)),
            "updated": moment(np.full(count, _BEGAN)),
            "_fivetran_deleted": np.zeros(count, bool),
            "_fivetran_synced": moment(np.full(count, _LAST)),
            "integration_category": ["Internal"] * ORDERED + ["eCommerce"],
            "integration_name": ["Klaviyo"] * ORDERED + ["Shopify"],
        }
    )
