"""The advertising campaigns: what visitors' links carry, which account pays, and in which currency."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AdCampaign:
    """One campaign that runs all three years; `share` is its part of the customers its channel brings."""

    channel: str
    name: str
    utm_source: str
    utm_medium: str
    utm_campaign: str
    platform: str
    account: int  # row of the account within its platform
    currency: str
    share: float


# Google and Facebook fill {campaign name} into the link, so that name and utm_campaign are one there.
AD_CAMPAIGNS = (
    AdCampaign("paid_search", "search_brand", "google", "cpc", "search_brand", "google_ads", 0, "EUR", 0.30),
    AdCampaign("paid_search", "search_home", "google", "cpc", "search_home", "google_ads", 0, "EUR", 0.22),
    AdCampaign("paid_search", "shopping_fashion", "google", "cpc", "shopping_fashion", "google_ads", 1, "GBP", 0.28),
    AdCampaign("paid_search", "shopping_home", "google", "cpc", "shopping_home", "google_ads", 1, "GBP", 0.20),
    AdCampaign("paid_social", "fb_prospecting", "facebook", "paid_social", "fb_prospecting", "facebook_ads", 0, "EUR", 0.35),
    AdCampaign("paid_social", "fb_lookalikes", "facebook", "paid_social", "fb_lookalikes", "facebook_ads", 1, "EUR", 0.20),
    AdCampaign("paid_social", "ig_stories", "instagram", "paid_social", "ig_stories", "facebook_ads", 2, "EUR", 0.25),
    AdCampaign("paid_social", "TikTok Outfits", "tiktok", "paid_social", "tt_outfits", "tiktok", 0, "USD", 0.20),
    AdCampaign("affiliate", "Awin Cashback", "awin", "affiliate", "awin_cashback", "awin", 0, "GBP", 0.60),
    AdCampaign("affiliate", "Awin Style Blogs", "awin", "affiliate", "awin_blogs", "awin", 0, "GBP", 0.40),
    AdCampaign("display", "Criteo Retargeting", "criteo", "display", "criteo_retargeting", "criteo", 0, "USD", 0.55),
    AdCampaign("display", "Criteo Living Rooms", "criteo", "display", "criteo_living", "criteo", 0, "USD", 0.45),
)  # fmt: skip


def campaigns_of(channel: str) -> tuple[AdCampaign, ...]:
    """The campaigns of one channel, in the order that `Lives.campaign` counts them."""
    return tuple(campaign for campaign in AD_CAMPAIGNS if campaign.channel == channel)
