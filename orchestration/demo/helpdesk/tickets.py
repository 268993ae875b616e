"""Why and when people write to the help desk, and how each request goes on."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.calendar import DAY, END
from orchestration.demo.carrier import Parcels
from orchestration.demo.columns import number, where
from orchestration.demo.effects import Effects
from orchestration.demo.people import People
from orchestration.demo.shop.orders import Orders
from orchestration.demo.tills import Receipts

TOPICS = ("late_delivery", "refund", "size", "sizing", "damaged", "wrong_item", "praise", "question")
LATE_DELIVERY, REFUND = TOPICS.index("late_delivery"), TOPICS.index("refund")
_OTHER_TOPICS = [0.03, 0.24, 0.13, 0.09, 0.12, 0.09, 0.08, 0.22]
CHANNELS = ("email", "web", "chat", "voice", "mobile")
VOICE = CHANNELS.index("voice")
AGENTS = 12
_STORE_SHARE = 0.1  # tickets per receipt, relative to those per parcel
HOUR = 3600


@dataclass
class Tickets:
    """Tickets of one block in order of time, seconds since 1970; what has not happened yet lies at or after END."""

    person: np.ndarray
    email_slot: np.ndarray
    topic: np.ndarray  # index into TOPICS
    also_refund: np.ndarray  # whether money is asked back as well
    channel: np.ndarray  # index into CHANNELS
    about: pa.Array  # order id or receipt id, null where nobody wrote it down
    agent: np.ndarray  # 0 to AGENTS - 1
    created_at: np.ndarray
    replied_at: np.ndarray
    solved_at: np.ndarray

    def __len__(self) -> int:
        return len(self.person)


def draw_tickets(
    rng: np.random.Generator,
    people: People,
    orders: Orders,
    parcels: Parcels,
    receipts: Receipts,
    effects: Effects,
) -> Tickets:
    """Draw the tickets about parcels, more of them where one is more than two days late, and about receipts."""
    late = parcels.very_late
    factor = effects.late_parcel_ticket_factor
    share = np.minimum(effects.ticket_share * np.where(late, factor, 1.0), 1.0)
    parcel = np.flatnonzero(rng.random(len(parcels)) < share)
    receipt = np.flatnonzero(
        receipts.identification.known & (rng.random(len(receipts)) < effects.ticket_share * _STORE_SHARE)
    )
    order = parcels.order[parcel]
    waited = parcels.patience_ends[parcel] + rng.integers(HOUR, 3 * DAY, len(parcel))
    asked = orders.at[order] + rng.integers(DAY, 20 * DAY, len(parcel))
    # what the delay brought on top of the usual tickets is about the delay
    because_late = late[parcel] & (rng.random(len(parcel)) < 1 - 1 / max(factor, 1.0))
    created = np.concatenate([
        np.where(because_late, waited, asked),
        receipts.at[receipt] + rng.integers(HOUR, 10 * DAY, len(receipt)),
    ])  # fmt: skip
    rows = len(created)
    topic = rng.choice(len(TOPICS), rows, p=_OTHER_TOPICS)
    topic[: len(parcel)][because_late] = LATE_DELIVERY
    topic[len(parcel) :][topic[len(parcel) :] == LATE_DELIVERY] = REFUND  # nothing is late in a store
    person = np.concatenate([orders.person[order], receipts.person[receipt]])
    reference = pa.concat_arrays([number(orders.ids[order]), receipts.ids.take(pa.array(receipt))])
    replied = created + (rng.lognormal(np.log(5.0), 1.0, rows) * HOUR).astype(np.int64) + 120
    tickets = Tickets(
        person=person,
        email_slot=np.where(rng.random(rows) < 0.06, people.email_slots[person] - 1, 0),
        topic=topic,
        also_refund=(topic != REFUND) & (rng.random(rows) < 0.12),
        channel=rng.choice(len(CHANNELS), rows, p=[0.45, 0.25, 0.15, 0.10, 0.05]),
        about=where(rng.random(rows) < 0.75, reference, None),
        agent=rng.integers(0, AGENTS, rows),
        created_at=created,
        replied_at=replied,
        solved_at=replied + rng.integers(2 * HOUR, 4 * DAY, rows),
    )
    by_time = np.argsort(created, kind="stable")
    happened = by_time[created[by_time] < END]
    columns = (getattr(tickets, name) for name in Tickets.__dataclass_fields__)
    return Tickets(
        *(c[happened] if isinstance(c, np.ndarray) else c.take(pa.array(happened)) for c in columns)
    )
