"""The words in which records, identifiers and guards are told to a person."""

from collections.abc import Iterable
from typing import Literal

from orchestration.why.evidence import Record

Values = Literal["hidden", "masked", "shown"]

RECORDS = {
    "shopify.customer": "web account",
    "shopify.order": "guest order",
    "shopify.abandoned_checkout": "abandoned checkout",
    "pos.receipt": "till receipt",
    "hubspot.contact": "CRM contact",
    "loyalty.member": "loyalty member",
    "loyalty.referral": "referral",
    "klaviyo.person": "e-mail profile",
    "zendesk.user": "help-desk user",
    "recharge.customer": "subscriber",
    "segment.device": "device",
    "feedback.review": "review",
    "feedback.survey_response": "survey answer",
    "social.interaction": "social media contact",
    "privacy.consent_event": "consent",
}
IDENTIFIERS = {  # the strongest first: the order in which they are told
    "shop_customer_id": "web account number",
    "crm_contact_id": "CRM contact number",
    "loyalty_number": "loyalty number",
    "email": "e-mail address",
    "payment_card": "payment card",
    "phone": "phone",
    "order": "order",
}
KEYS = {"shop_customer_id", "crm_contact_id", "order"}  # the retailer's own numbers, which marts hold too
DECISIONS = {
    "override": "were declared one person (seeds/identity_overrides.csv)",
    "fuzzy": "are alike in name and other details (a scored match)",
}
GUARDS = {  # the guards of identity_audit
    "blocked": "it is on the list of blocked values",
    "no_rule": "identifiers of its kind tie nothing",
    "too_many_records": "too many records have it",
    "shared": "it is seen with more people than one person knows",
    "too_many_people": "people of too many names have it",
    "several_people": "people of different names have it, so it ties only records of one name",
    "handed_on": "it went from one person to another, so it ties only records of one time",
    "shared_device": "several people sign in on it",
    "ownerless_device": "what its sign-ins say is of no use, or somebody ruled its owner out",
    "conflict": "its group held people who contradict each other, and was cut at its weakest ties",
    "override": "somebody decided that its group is more than one person",
    "": "no guard stands against it alone, so the groups were parted for another reason",
}
NAMED = 10  # records, in one line


def named(record: Record) -> str:
    """A record as people call it: loyalty member M5."""
    return f"{RECORDS.get(f'{record.system}.{record.table}', f'{record.system} {record.table}')} {record.key}"


def listed(records: Iterable[Record]) -> str:
    """Several records, the first few by name."""
    names = [named(record) for record in records]
    more = [f"{len(names) - NAMED:,} more"] if len(names) > NAMED else []
    *others, last = names[:NAMED] + more
    return f"{', '.join(others)} and {last}" if others else last


def common(shared: set[tuple[str, str]], values: Values, records: int = 2) -> str:
    """What so many records have in common, as the end of a sentence."""
    told = sorted(shared, key=lambda tie: (rank(tie[0]), tie[1]))
    identifiers = [identifier(kind, value, values) for kind, value in told if kind not in DECISIONS]
    have = [f"{'both' if records == 2 else 'all'} have {' and '.join(identifiers)}"] if identifiers else []
    return "; ".join([*have, *(DECISIONS[kind] for kind, _ in told if kind in DECISIONS)])


def identifier(kind: str, value: str, values: Values) -> str:
    """An identifier, and of its value what may be told."""
    name = IDENTIFIERS.get(kind, kind.replace("_", " "))
    if values == "hidden":
        return f"the same {name}"
    return f"the {name} {value if values == 'shown' or kind in KEYS else masked(value)}"


def masked(value: str) -> str:
    """Enough of an identifier to tell it from the next, not enough to use it: +447700900121 is +44...21."""
    if len(value) < 8:
        return "..."
    return f"{value[: 3 if value[0] == '+' else 1]}...{value[-2:]}"


def rank(kind: str) -> int:
    """The place of a type among the identifiers; what is none comes last."""
    return [*IDENTIFIERS, kind].index(kind)
