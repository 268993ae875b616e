"""Members who recommended the shop to somebody (loyalty.referral); most of the invited never answered."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.calendar import DAY, END
from orchestration.demo.columns import as_text, join, moment, nothing, number, where
from orchestration.demo.effects import Effects
from orchestration.demo.keys import keys
from orchestration.demo.lives import Lives
from orchestration.demo.loyalty.members import INVITED_BEFORE, Members
from orchestration.demo.mess import Mess, replaced
from orchestration.demo.people import People
from orchestration.demo.spelling import typed_email
from orchestration.demo.writing import Raw

TABLE = "loyalty.referral"
_DEFECTS = (("key_missing", "referral_id", ""), ("before_1990", "sent_at", "1970-01-01 00:00:00"))


@dataclass
class FirstOrders:
    """Everybody's first order in either channel: when (END for never) and its order id or receipt id."""

    at: np.ndarray
    reference: pa.Array


def write_referrals(
    raw: Raw,
    mess: Mess,
    rng: np.random.Generator,
    block: int,
    people: People,
    lives: Lives,
    members: Members,
    first_orders: FirstOrders,
    effects: Effects,
) -> None:
    """Write one row per invitation: those that led to a first order, and those that led to nothing."""
    referred = np.flatnonzero(lives.referrer >= 0)
    strangers = rng.poisson(effects.invitations * len(referred)) if len(members) else 0
    inviter = np.concatenate([lives.referrer[referred], rng.choice(members.person, strangers)]).astype(
        np.int64
    )
    member = members.row[inviter]
    rows = len(inviter)
    is_known = np.arange(rows) < len(referred)
    friend = np.append(referred, np.zeros(strangers, np.int64))
    converted = np.where(is_known, first_orders.at[friend], END)
    # An invitation comes before the friend's first contact, but not before the inviter is a customer and a member.
    earliest = np.maximum(lives.entered_at[inviter], members.enrolled_at[member]) + DAY
    invited = rng.integers(np.minimum(earliest, END - 2 * DAY), END - DAY)
    latest = np.minimum(np.where(is_known, lives.entered_at[friend], END), converted)
    sent = np.where(is_known, latest - rng.integers(600, INVITED_BEFORE - 2 * DAY, rows), invited)
    nobody = join("friend", number(keys(TABLE, block, rows)), "@mail.example")
    email = where(is_known, typed_email(rng, people.email(friend, sent)), nobody)
    orders = converted < END
    table = pa.table(
        {
            "referral_id": join("RF", number(keys(TABLE, block, rows))),
            "referrer_member_id": members.ids.take(pa.array(member)),
            "referee_email": email,
            "sent_at": moment(sent),
            "converted_at": moment(converted, ~orders),
            "order_reference": where(orders, first_orders.reference.take(pa.array(friend)), None),
        }
    )
    owner = people.ids.take(pa.array(referred))
    mess.truth.records(TABLE, table["referral_id"].combine_chunks().slice(0, len(referred)), owner)

    def unanswered(old: pa.Table) -> dict:
        return {
            "converted_at": pa.nulls(old.num_rows, pa.timestamp("us")),
            "order_reference": nothing(old.num_rows),
        }

    known = mess.earlier(TABLE, table.filter(pa.array(orders)), unanswered)
    delivered = mess.twice(TABLE, pa.concat_tables([known, table.filter(pa.array(~orders))]))
    if block == 0:
        empty = dict.fromkeys(("referee_email", "converted_at", "order_reference"), nothing(rows))
        copies = replaced(as_text(table), empty)
        bad = bad_rows(mess, TABLE, copies, "referral_id", _DEFECTS, "RF")
        delivered = pa.concat_tables([as_text(delivered), *bad])
        raw.csv(TABLE, f"referral_{block:03}", delivered)
    else:
        raw.parquet(TABLE, f"referral_{block:03}", delivered)
