"""How the retailer's people behave: every planted parameter, in one place and written beside the truth."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Effects:
    """Shares are of people unless the name says otherwise; times are in years."""

    # When people buy: a gamma rate of repeat purchases a year, and a gamma-exponential life as a customer.
    rate_shape: float = 0.8
    rate_mean: float = 1.9
    life_shape: float = 2.2
    life_scale: float = 2.0
    early_share: float = 0.25  # customers from before the history; they return within months
    never_buys_share: float = 0.04

    # Where they buy.
    web_share: float = 0.45
    till_share: float = 0.28
    web_share_of_both: float = 0.5

    # What they are known by.
    second_email_share: float = 0.25
    third_email_share: float = 0.05
    second_phone_share: float = 0.12
    second_card_share: float = 0.20
    account_share: float = 0.82  # of people who use the web
    second_account_share: float = 0.03  # of account holders
    guest_order_share: float = 0.14  # of an account holder's orders
    member_share_web: float = 0.10
    member_share_till: float = 0.45
    member_share_both: float = 0.60
    crm_share: float = 0.30
    second_contact_share: float = 0.15  # of people in the CRM
    merged_contact_share: float = 0.45  # of second contacts
    family_pairs_share: float = 0.00025  # pairs who share an e-mail, a phone or a card

    # What the till learns, per receipt.
    shows_loyalty_card: float = 0.62  # of members
    card_token_seen: float = 0.36
    email_for_receipt: float = 0.10
    phone_given: float = 0.07
    shared_phone_share: float = 0.0025
    noreply_share: float = 0.0025

    # What goes wrong with an order.
    web_return_share: float = 0.17
    till_return_share: float = 0.06
    blind_return_share: float = 0.15  # of till returns
    goodwill_share: float = 0.015
    shipping_refund_share: float = 0.02
    cancelled_share: float = 0.015
    test_share: float = 0.003

    # What goes wrong with a delivery of rows.
    duplicate_share: float = 0.003
    older_version_share: float = 0.02
    late_share: float = 0.01
