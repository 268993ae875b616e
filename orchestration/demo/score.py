"""How well the warehouse found the people behind the demo's records: `python -m orchestration.demo.score`."""

from decimal import Decimal

import duckdb

from orchestration.warehouse import Paths


def identity_quality(paths: Paths) -> dict[str, Decimal]:
    """The mart `identity_quality` of the current publication, by metric. Raises duckdb.IOException without one."""
    marts = (paths.serving / "current" / "marts.duckdb").resolve()
    with duckdb.connect() as connection:
        connection.execute(f"attach '{marts}' as published (read_only)")
        return dict(
            connection.execute("select metric, value from published.marts.identity_quality").fetchall()
        )


def sentence(quality: dict[str, Decimal]) -> str:
    """The quality in words."""
    return (
        f"Against the labels of {quality['labelled_records']:,.0f} records: "
        f"precision {quality['pairwise_precision']:.5f}, recall {quality['pairwise_recall']:.5f} "
        f"(by common identifiers alone {quality['pairwise_precision_deterministic']:.5f} and "
        f"{quality['pairwise_recall_deterministic']:.5f}); "
        f"{quality['people_mixed']:,.0f} customers are more than one person, "
        f"{quality['people_split']:,.0f} people are more than one customer."
    )


if __name__ == "__main__":
    print(sentence(identity_quality(Paths())))
