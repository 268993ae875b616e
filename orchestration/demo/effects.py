"""How the retailer's people behave: every planted parameter in one object, read from effects.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

DEFAULTS = Path(__file__).with_name("effects.toml")

Share = Annotated[float, (0.0, 1.0)]
Positive = Annotated[float, (0.0, inf)]
AboveZero = Annotated[float, (0.01, inf)]
AtLeastOne = Annotated[float, (1.0, inf)]
AboveOne = Annotated[float, (1.01, inf)]
Lift = Annotated[float, (-1.0, inf)]
Noise = Annotated[float, (0.0, 0.3)]
PerChannel = Mapping[str, Positive]

_NO_MORE_THAN_ALL = (
    ("places", "web_share", "till_share"),
    ("subscriptions", "cancelled_per_charge", "failed_per_charge"),
)


@dataclass(frozen=True, kw_only=True)
class Effects:
    """The keys of effects.toml, which says what each number means; sections there are comments here."""

    # buying
    rate_shape: AboveZero
    rate_mean: AboveZero
    life_shape: AboveOne
    life_scale: AboveZero
    early_share: Share
    never_buys_share: Share

    # places
    web_share: Share
    till_share: Share
    web_share_of_both: Share

    # acquisition
    store_share_of_both: Share
    channel_share: PerChannel
    channel_ltv_factor: PerChannel
    hero_share: Share
    hero_ltv_factor: Positive

    # app
    uses_app_share: Share
    app_order_share: Share
    ios_share: Share
    second_device_share: Share
    third_device_share: Share

    # visits
    idle_visits_a_year: Positive
    till_visits_a_year: Positive
    strangers_per_person: Positive
    bounce_share: Share
    views_per_visit: AtLeastOne
    searches_per_visit: Positive
    basket_share: Share
    checkout_share: Share
    untracked_order_share: Share
    app_visit_share: Share
    sign_in_share: Share
    stays_signed_in_share: Share
    guest_identified_share: Share
    cleared_cookies_share: Share
    shared_tablet_share: Share
    product_shared_share: Share
    pushes_a_year: Positive
    push_tapped_share: Share
    in_app_message_share: Share
    in_app_clicked_share: Share

    # experiments
    checkout_button_lift: Lift
    free_shipping_banner_lift: Lift

    # consent
    email_marketing_share: Share
    sms_marketing_share: Share
    advertising_share: Share
    profiling_share: Share
    late_consent_share: Share
    withdrawn_share: Share

    # email
    holdout_share: Share
    campaign_lift: Positive
    opened_share: Share
    clicked_share: Share
    bounced_share: Share
    regranted_share: Share

    # advertising
    acquisition_cost: PerChannel
    spend_noise: Noise

    # voices
    invitations: Positive
    social_share: Share
    erasure_share: Share

    # subscriptions
    subscriber_share: Share
    cancelled_per_charge: Share
    failed_per_charge: Share
    retried_charge_share: Share
    paused_share: Share
    reactivated_share: Share

    # gift_cards
    gift_card_share: Share
    only_gift_card_share: Share
    gift_card_spent_share: Share

    # stock
    stock_out_share: Share

    # deliveries
    late_parcel_share: Share
    late_days_mean: Positive
    lost_parcel_share: Share

    # service
    ticket_share: Share
    late_parcel_ticket_factor: Positive
    apology_voucher_share: Share

    # loyalty
    redeem_share: Share
    voucher_used_share: Share

    # feedback
    review_share: Share
    nps_share: Share
    late_parcel_nps_drop: Positive

    # identity
    second_email_share: Share
    third_email_share: Share
    second_phone_share: Share
    second_card_share: Share
    account_share: Share
    second_account_share: Share
    guest_order_share: Share
    member_share_web: Share
    member_share_till: Share
    member_share_both: Share
    crm_share: Share
    second_contact_share: Share
    merged_contact_share: Share
    family_share: Share
    family_pairs_share: Share
    twins_share: Share
    twins_sharing_share: Share
    landline_share: Share
    moved_share: Share
    renamed_share: Share
    recycled_phone_share: Share
    apart_share: Share
    contact_details_share: Share
    lone_guest_share: Share
    email_typo_share: Share
    name_typo_share: Share

    # till
    shows_loyalty_card: Share
    card_token_seen: Share
    email_for_receipt: Share
    phone_given: Share
    shared_phone_share: Share
    noreply_share: Share

    # trouble
    web_return_share: Share
    till_return_share: Share
    blind_return_share: Share
    goodwill_share: Share
    shipping_refund_share: Share
    cancelled_share: Share
    test_share: Share

    # delivery_of_rows
    duplicate_share: Share
    older_version_share: Share
    late_share: Share


def read_effects(path: Path = DEFAULTS) -> Effects:
    """Read a file of effects; what it leaves out is as in effects.toml.

    Raises ValueError, in one line that names file and key, for a file that cannot be read, for a section or
    key that does not exist, and for a value of the wrong type or out of range.
    """
    sections = _load(DEFAULTS)
    for section, given in (_load(path) if path != DEFAULTS else {}).items():
        if section not in sections or not isinstance(given, dict):
            raise ValueError(f"{path}: there is no section [{section}]; there are {', '.join(sections)}")
        for key, value in given.items():
            where = f"{path}: [{section}] {key}"
            if key not in sections[section]:
                raise ValueError(f"{where} does not exist; there are {', '.join(sections[section])}")
            sections[section][key] = _checked(where, key, value, sections[section][key])
    values = {key: value for section in sections.values() for key, value in section.items()}
    for section, one, other in _NO_MORE_THAN_ALL:
        if values[one] + values[other] > 1:
            raise ValueError(f"{path}: [{section}] {one} and {other} come to more than 1")
    if abs(sum(values["channel_share"].values()) - 1) > 1e-9:
        raise ValueError(f"{path}: [acquisition] channel_share must come to 1")
    if values["cancelled_per_charge"] + values["failed_per_charge"] > 1:
        raise ValueError(
            f"{path}: [subscriptions] cancelled_per_charge and failed_per_charge come to more than 1"
        )
    return Effects(**values)


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as reason:
        raise ValueError(f"{path}: {reason}") from reason


def _checked(where: str, key: str, value: Any, default: Any) -> Any:
    kind = get_type_hints(Effects, include_extras=True)[key]
    if isinstance(default, dict):
        if not isinstance(value, dict) or not value.keys() <= default.keys():
            raise ValueError(f"{where} must be a table of {', '.join(default)}, not {value!r}")
        per_key = get_args(kind)[1]
        return default | {at: _number(f"{where}.{at}", per_key, given) for at, given in value.items()}
    return _number(where, kind, value)


def _number(where: str, kind: Any, value: Any) -> float:
    low, high = get_args(kind)[1]
    fits = isinstance(value, int | float) and not isinstance(value, bool)
    if not fits or not isfinite(value) or not low <= value <= high:
        limits = f"between {low:g} and {high:g}" if isfinite(high) else f"of {low:g} or more"
        raise ValueError(f"{where} must be a number {limits}, not {value!r}")
    return float(value)
