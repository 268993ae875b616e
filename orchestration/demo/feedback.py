"""What people say when asked: reviews of products, and surveys after a delivery or a talk with the help desk."""

import numpy as np
import pyarrow as pa

from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.calendar import DAY, END
from orchestration.demo.carrier import Parcels
from orchestration.demo.catalogue import Catalogue
from orchestration.demo.columns import as_text, join, moment, number, pick
from orchestration.demo.effects import Effects
from orchestration.demo.helpdesk.tickets import HOUR, LATE_DELIVERY, Tickets
from orchestration.demo.keys import keys
from orchestration.demo.mess import Mess
from orchestration.demo.people import People
from orchestration.demo.shop.orders import Orders
from orchestration.demo.spelling import typed_email
from orchestration.demo.writing import Raw

REVIEW, RESPONSE = "feedback.review", "feedback.survey_response"
_STARS = [0.03, 0.05, 0.12, 0.30, 0.50]
_CSAT_SHARE = 0.35  # of solved tickets
_TITLES = ("Poor", "Could be better", "Fine", "Good", "Lovely")


def write_reviews(
    raw: Raw,
    mess: Mess,
    rng: np.random.Generator,
    block: int,
    people: People,
    orders: Orders,
    parcels: Parcels,
    catalogue: Catalogue,
    effects: Effects,
) -> None:
    """Write reviews of the first thing in some parcels, as CSV; after a long wait a star is often missing."""
    parcel = np.flatnonzero(parcels.arrived & (rng.random(len(parcels)) < effects.review_share))
    at = parcels.delivered_at[parcel] + rng.integers(2 * DAY, 25 * DAY, len(parcel))
    parcel, at = parcel[at < END], at[at < END]
    order, rows = parcels.order[parcel], len(parcel)
    stars = 1 + rng.choice(5, rows, p=_STARS)
    stars = np.maximum(stars - (parcels.very_late[parcel] & (rng.random(rows) < 0.7)), 1)
    line = np.searchsorted(orders.lines.basket, order)
    person = orders.person[order]
    reviews = pa.table(
        {
            "review_id": join("RV", number(keys(REVIEW, block, rows))),
            "sku": catalogue.skus.take(pa.array(orders.lines.sku[line])),
            "order_reference": number(orders.ids[order]),
            "email": typed_email(rng, people.email(person, at)),
            "rating": stars,
            "title": pick(_TITLES, stars - 1),
            "body": pick(["", "As described."], (stars > 3).astype(int)),
            "created_at": moment(at),
        }
    )
    mess.truth.records(REVIEW, reviews["review_id"].combine_chunks(), people.ids.take(pa.array(person)))
    printed = as_text(mess.twice(REVIEW, reviews))
    if block == 0:
        defects = [
            ("not_a_whole_number", "rating", "4.5"),
            ("in_the_future", "created_at", "9999-12-31 00:00:00"),
        ]
        printed = pa.concat_tables(
            [printed, *bad_rows(mess, REVIEW, as_text(reviews), "review_id", defects, "RV")]
        )
    raw.csv(REVIEW, f"review_{block:03}", printed, bom=True)


def write_responses(
    raw: Raw,
    mess: Mess,
    rng: np.random.Generator,
    block: int,
    people: People,
    orders: Orders,
    parcels: Parcels,
    tickets: Tickets,
    effects: Effects,
) -> None:
    """Write answers to the survey after a delivery (nps, 0 to 10) and after a ticket (csat, 1 to 5)."""
    parcel = np.flatnonzero(parcels.arrived & (rng.random(len(parcels)) < effects.nps_share))
    usual = np.clip(np.rint(rng.normal(7.6, 1.7, len(parcel))), 0, 10).astype(np.int64)
    whole = int(effects.late_parcel_nps_drop)
    drop = whole + (rng.random(len(parcel)) < effects.late_parcel_nps_drop - whole)
    recommends = np.maximum(usual - drop * parcels.very_late[parcel], 0)

    ticket = np.flatnonzero((tickets.solved_at < END) & (rng.random(len(tickets)) < _CSAT_SHARE))
    content = rng.choice([1, 2, 3, 4, 5], len(ticket), p=[0.06, 0.06, 0.13, 0.35, 0.40])
    waited = (tickets.topic[ticket] == LATE_DELIVERY) & (rng.random(len(ticket)) < 0.7)
    content = np.maximum(content - waited, 1)

    person = np.concatenate([orders.person[parcels.order[parcel]], tickets.person[ticket]])
    at = np.concatenate([
        parcels.delivered_at[parcel] + rng.integers(DAY, 8 * DAY, len(parcel)),
        tickets.solved_at[ticket] + rng.integers(HOUR, 3 * DAY, len(ticket)),
    ])  # fmt: skip
    is_nps = np.arange(len(at)) < len(parcel)
    score = np.concatenate([recommends, content])
    answered = np.flatnonzero(at < END)
    by = person[answered]
    ids = join("SV", number(keys(RESPONSE, block, len(answered))))
    responses = pa.table(
        {
            "response_id": ids,
            "email": typed_email(rng, people.email(by, at[answered])),
            "survey": pick(["csat", "nps"], is_nps[answered].astype(int)),
            "comment": pick([None, "Thanks"], (rng.random(len(answered)) < 0.2).astype(int)),
            "score": score[answered],
            "responded_at": moment(at[answered]),
        }
    )
    mess.truth.records(RESPONSE, ids, people.ids.take(pa.array(by)))
    rows = mess.twice(RESPONSE, responses)
    if block == 0:
        defects = [("key_missing", "response_id", None), ("value_missing", "score", None)]
        rows = pa.concat_tables([rows, *bad_rows(mess, RESPONSE, responses, "response_id", defects, "SV")])
    raw.jsonl(RESPONSE, f"survey_response_{block:03}", rows)
