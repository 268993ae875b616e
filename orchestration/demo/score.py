"""How well the warehouse found the people behind the demo's records: `python -m orchestration.demo.score`."""

from dataclasses import dataclass

import duckdb

from orchestration.warehouse import Paths

PAIRS = """
    with records as (
        select truth.person_id, found.customer_id
        from read_parquet(?) as truth
        semi join (select distinct source_system, source_table from published.marts.customer_identities)
            using (source_system, source_table)
        left join published.marts.customer_identities as found using (source_system, source_table, source_key)
    ),
    pairs (kind, n) as (
        select 'together', sum(n * (n - 1) / 2) from (select count(*) as n from records group by person_id, customer_id)
        union all
        select 'found', sum(n * (n - 1) / 2) from (select count(*) as n from records group by customer_id)
        union all
        select 'true', sum(n * (n - 1) / 2) from (select count(*) as n from records group by person_id)
    )
    select
        (select count(*) from records),
        (select count(*) from records where customer_id is null),
        (select n from pairs where kind = 'together') / (select n from pairs where kind = 'found'),
        (select n from pairs where kind = 'together') / (select n from pairs where kind = 'true'),
        (select count(*) from (select 1 from records group by customer_id having count(distinct person_id) > 1)),
        (select count(*) from (select 1 from records group by person_id having count(distinct customer_id) > 1))
"""


@dataclass(frozen=True)
class IdentityQuality:
    """Over all pairs of records: of the pairs put together, the share that is one person (precision), and of the pairs
    that are one person, the share put together (recall); both 0 to 1."""

    records: int  # of the tables that customer_identities reads
    unresolved: int  # records of the truth that the warehouse does not know
    precision: float
    recall: float
    customers_mixed: int  # customers who are more than one person
    people_split: int  # people who are more than one customer


def identity_quality(paths: Paths) -> IdentityQuality:
    """The current publication held against the truth that lies beside the demo's raw files."""
    marts = (paths.serving / "current" / "marts.duckdb").resolve()
    with duckdb.connect() as connection:
        connection.execute(f"attach '{marts}' as published (read_only)")
        found = connection.execute(PAIRS, [str(paths.root / "truth" / "record_persons.parquet")]).fetchall()[
            0
        ]
    return IdentityQuality(*found)


def sentence(quality: IdentityQuality) -> str:
    """The quality in words."""
    return (
        f"Against the truth of {quality.records:,} records: precision {quality.precision:.5f}, recall {quality.recall:.5f}; "
        f"{quality.customers_mixed:,} customers are more than one person, "
        f"{quality.people_split:,} people are more than one customer."
    )


if __name__ == "__main__":
    print(sentence(identity_quality(Paths())))
