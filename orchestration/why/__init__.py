"""Why records are one customer, or are not, in plain words.

evidence.py    what a publication says about who is who; read-only
answer.py      the shortest way from one record to another, or what parts them
words.py       how records, identifiers and guards are called
job.py         the same question in Dagster's UI
"""

from orchestration.why.answer import shortest_path, why
from orchestration.why.evidence import NoEvidence, Record, Tie

__all__ = ["NoEvidence", "Record", "Tie", "shortest_path", "why"]
