"""Tickets, their tags and their comments as the loader delivers them."""

import numpy as np
import pyarrow as pa

from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.calendar import AS_OF, DAY, END
from orchestration.demo.columns import as_text, moment, nothing, pick
from orchestration.demo.helpdesk.tickets import CHANNELS, HOUR, REFUND, TOPICS, VOICE, Tickets
from orchestration.demo.helpdesk.users import AGENT_KEY, Users
from orchestration.demo.keys import keys
from orchestration.demo.mess import Mess, synced_after
from orchestration.demo.writing import Raw

TICKET, TAG, COMMENT = "zendesk.ticket", "zendesk.ticket_tag", "zendesk.ticket_comment"
_SUBJECTS = ("My order", "A question", "Contact form", "Message from the website")
_STATUSES = ("new", "open", "solved", "closed")
_CLOSED_AFTER = 4 * DAY


def write_tickets(raw: Raw, mess: Mess, block: int, tickets: Tickets, users: Users) -> None:
    """Write ticket (Parquet), ticket_tag (CSV) and ticket_comment (Parquet)."""
    ids = keys(TICKET, block, len(tickets))
    rows = _ticket_rows(mess.rng, tickets, users, ids)

    def just_opened(old: pa.Table) -> dict:
        return {
            "status": pa.repeat(pa.scalar("new"), old.num_rows),
            "updated_at": old["created_at"],
            "priority": nothing(old.num_rows),
        }

    in_time, late = mess.late(rows, AS_OF + 1)
    all_rows = mess.twice(TICKET, mess.earlier(TICKET, in_time, just_opened))
    tags = _tag_rows(tickets, ids)
    all_tags = as_text(mess.twice(TAG, tags))
    comments = _comment_rows(mess.rng, block, tickets, users, ids)
    all_comments = mess.twice(COMMENT, comments)
    if block == 0:
        # the broken ones are copies of tickets whose times lie in order, so nothing else is wrong with them
        defects = [
            ("key_missing", "id", None),
            ("value_missing", "created_at", None),
            ("in_the_future", "created_at", np.datetime64("2126-01-01", "us")),
        ]
        all_rows = pa.concat_tables([all_rows, *bad_rows(mess, TICKET, rows, "id", defects)])
        untagged = [("key_missing", "tag", "")]
        all_tags = pa.concat_tables([all_tags, *bad_rows(mess, TAG, as_text(tags), "ticket_id", untagged)])
        early = [("before_1990", "created", np.datetime64("1970-01-01", "us"))]
        all_comments = pa.concat_tables([all_comments, *bad_rows(mess, COMMENT, comments, "id", early)])
    raw.parquet(TICKET, f"ticket_{block:03}", all_rows)
    raw.parquet(TICKET, f"ticket_late_{block:03}", late)
    raw.csv(TAG, f"ticket_tag_{block:03}", all_tags)
    raw.parquet(COMMENT, f"ticket_comment_{block:03}", all_comments)


def _ticket_rows(rng: np.random.Generator, tickets: Tickets, users: Users, ids: np.ndarray) -> pa.Table:
    rows = len(tickets)
    closed_at = tickets.solved_at + _CLOSED_AFTER
    steps = np.stack([tickets.created_at + 1, tickets.replied_at, tickets.solved_at, closed_at])
    status = (steps[1:] < END).sum(axis=0)
    updated = steps[status, np.arange(rows)]
    requester = users.ids[users.of_ticket]
    return pa.table(
        {
            "id": ids,
            "_fivetran_synced": moment(synced_after(updated)),
            "assignee_id": pa.array(AGENT_KEY + tickets.agent, mask=status == 0),
            "created_at": moment(tickets.created_at),
            "description": pick(["Please help."], np.zeros(rows, int)),
            "external_id": tickets.about,
            "is_public": np.ones(rows, bool),
            "priority": pick([None, "low", "normal", "high"], rng.choice(4, rows, p=[0.5, 0.1, 0.3, 0.1])),
            "requester_id": requester,
            "status": pick(_STATUSES, status),
            "subject": pick(_SUBJECTS, rng.integers(0, len(_SUBJECTS), rows)),
            "submitter_id": requester,
            "type": pick(["question", "problem", "incident"], rng.integers(0, 3, rows)),
            "updated_at": moment(updated),
            "via_channel": pick(CHANNELS, tickets.channel),
        }
    )


def _tag_rows(tickets: Tickets, ids: np.ndarray) -> pa.Table:
    also = np.flatnonzero(tickets.also_refund)
    ticket = np.concatenate([np.arange(len(tickets)), also])
    topic = np.concatenate([tickets.topic, np.full(len(also), REFUND)])
    return pa.table(
        {
            "tag": pick(TOPICS, topic),
            "ticket_id": ids[ticket],
            "_fivetran_synced": moment(synced_after(tickets.created_at[ticket])),
        }
    )


def _comment_rows(
    rng: np.random.Generator, block: int, tickets: Tickets, users: Users, ids: np.ndarray
) -> pa.Table:
    """The request, sometimes a note among agents, the reply, perhaps a word back, and the solution."""
    everyone, rows = np.arange(len(tickets)), len(tickets)
    noted, answered = np.flatnonzero(rng.random(rows) < 0.15), np.flatnonzero(rng.random(rows) < 0.45)
    halfway = (tickets.created_at + tickets.replied_at) // 2
    thanked_at = tickets.replied_at + rng.integers(HOUR // 2, 2 * HOUR, rows)
    said = [  # tickets, when, by an agent, public
        (everyone, tickets.created_at, False, True),
        (noted, halfway[noted], True, False),
        (everyone, tickets.replied_at, True, True),
        (answered, thanked_at[answered], False, True),
        (everyone, tickets.solved_at, True, True),
    ]
    sizes = [len(part[0]) for part in said]
    ticket, at = (np.concatenate([part[column] for part in said]) for column in (0, 1))
    by_agent, public = (np.repeat([part[column] for part in said], sizes) for column in (2, 3))
    in_order = np.lexsort((at, ticket))
    row = in_order[at[in_order] < END]
    ticket, at, by_agent = ticket[row], at[row], by_agent[row]
    author = np.where(by_agent, AGENT_KEY + tickets.agent[ticket], users.ids[users.of_ticket[ticket]])
    return pa.table(
        {
            "id": keys(COMMENT, block, len(row)),
            "_fivetran_synced": moment(synced_after(at)),
            "body": pick(["Thank you for your message.", "Please help."], (~by_agent).astype(int)),
            "created": moment(at),
            "public": public[row],
            "ticket_id": ids[ticket],
            "user_id": author,
            "voice_comment": (tickets.channel[ticket] == VOICE) & ~by_agent,
        }
    )
