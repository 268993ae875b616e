"""Keys that say nothing: every table has its own range, every block of people its own room in it."""

import numpy as np

ROOM = 10_000_000  # keys per block and table
BROKEN = 9_000_000  # where in a block's room the keys of rows planted as bad begin

_STARTS = {
    "shopify.customer": 6_100_000_000,
    "shopify.order": 5_200_000_000,
    "shopify.order_line": 13_300_000_000,
    "shopify.refund": 910_000_000,
    "shopify.order_line_refund": 1_920_000_000,
    "shopify.order_adjustment": 2_930_000_000,
    "shopify.transaction": 7_040_000_000,
    "shopify.fulfillment": 4_350_000_000,
    "shopify.fulfillment_event": 8_460_000_000,
    "shopify.abandoned_checkout": 3_470_000_000,
    "hubspot.contact": 51_000_000,
    "klaviyo.person": 2_600_000_000,
    "klaviyo.event": 14_800_000_000,
    "privacy.consent_event": 1_300_000_000,
    "privacy.erasure_request": 70_000_000,
    "loyalty.referral": 820_000_000,
    "google_ads.campaign_stats": 880_000_000,
    "google_ads.campaign_history": 18_000_000_000,
    "facebook_ads.basic_ad": 24_000_000_000,
    "ads.spend": 500_000_000,
    "social.interaction": 5_900_000_000,
    "carrier.shipment": 300_000_000,
    "zendesk.user": 360_000_000_000,
    "zendesk.ticket": 1_000_000,
    "zendesk.ticket_tag": 9_000_000_000,  # only of rows planted as bad, under tickets that do not exist
    "zendesk.ticket_comment": 380_000_000_000,
    "recharge.customer": 120_000_000,
    "recharge.address": 150_000_000,
    "recharge.subscription": 400_000_000,
    "recharge.charge": 700_000_000,
    "recharge.charge_line_item": 90_000_000_000,  # only of rows planted as bad, under charges that do not exist
    "loyalty.point_entry": 20_000_000_000,
    "loyalty.reward_redemption": 500_000_000,
    "loyalty.voucher": 600_000_000,
    "feedback.review": 30_000_000,
    "feedback.survey_response": 40_000_000,
    "pos.receipt": 100_000_000,
    "loyalty.member": 200_000_000,
}


def keys(table: str, block: int, count: int, skip: int = 0) -> np.ndarray:
    """Return `count` keys of a table in a block, from the `skip`-th on."""
    return _STARTS[table] + block * ROOM + skip + np.arange(count)
