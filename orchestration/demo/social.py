"""What people do in social networks (social.interaction): a CSV a year; a few leave an e-mail."""

import numpy as np
import pyarrow as pa

from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.calendar import END, year_of
from orchestration.demo.columns import as_text, join, moment, nothing, number, pick, where
from orchestration.demo.effects import Effects
from orchestration.demo.identifiers import MOST_PEOPLE
from orchestration.demo.keys import keys
from orchestration.demo.lives import Lives
from orchestration.demo.mess import Mess, replaced
from orchestration.demo.people import People
from orchestration.demo.spelling import typed_email
from orchestration.demo.writing import Raw

TABLE = "social.interaction"
_DEFECTS = (("value_missing", "network", ""), ("not_a_timestamp", "occurred_at", "yesterday"))
_NETWORKS = ("instagram", "facebook", "tiktok", "pinterest")
_KINDS = ("like", "share", "comment", "mention")
_EMAIL_SHARE = 0.35
_POSTS = 400


def write_interactions(
    raw: Raw,
    mess: Mess,
    rng: np.random.Generator,
    block: int,
    people: People,
    lives: Lives,
    effects: Effects,
) -> None:
    """Write what those who talk about the shop did since they know it; each has one handle."""
    talker = np.flatnonzero(rng.random(len(people)) < effects.social_share)
    person = np.repeat(talker, 1 + rng.poisson(2.0, len(talker)))
    rows = len(person)
    network = rng.choice(len(_NETWORKS), len(people), p=[0.45, 0.25, 0.2, 0.1])[person]
    at = rng.integers(np.minimum(lives.entered_at[person], END - 600), END)
    has_email = (rng.random(len(people)) < _EMAIL_SHARE)[person]
    ids = join("SI", number(keys(TABLE, block, rows)))
    table = pa.table(
        {
            "interaction_id": ids,
            "network": pick(_NETWORKS, network),
            "handle": join(
                "@",
                pick(("home", "style", "thread", "maker"), person % 4),
                number(people.numbers[person] * 7919 % MOST_PEOPLE),
            ),
            "email": where(has_email, typed_email(rng, people.email(person, at)), None),
            "interaction_type": pick(_KINDS, rng.choice(len(_KINDS), rows, p=[0.6, 0.12, 0.2, 0.08])),
            "post_id": join("post-", number(rng.integers(1, _POSTS, rows), 4)),
            "occurred_at": moment(at),
        }
    )
    mess.truth.records(TABLE, ids.filter(pa.array(has_email)), people.ids.take(pa.array(person[has_email])))
    text = as_text(table)
    years = year_of(at)
    for year in np.unique(years):
        chosen = mess.twice(TABLE, text.filter(pa.array(years == year)))
        if block == 0 and year == years.max():
            nameless = replaced(text, {"email": nothing(rows)})
            bad = bad_rows(mess, TABLE, nameless, "interaction_id", _DEFECTS, "SI")
            chosen = pa.concat_tables([chosen, *bad])
        raw.csv(TABLE, f"interaction_{year}_{block:03}", chosen)
