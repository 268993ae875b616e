"""The scoring step between two steps of dbt: profiles before it, links after it."""

from typing import Any

import dagster as dg

from orchestration.dbt import MANIFEST, FoldersAsGroups
from orchestration.fuzzy.scoring import LINKS, Scored, score
from orchestration.project_vars import project_vars
from orchestration.resources import DataFolder
from orchestration.warehouse import Warehouse, open_warehouse

_DBT = FoldersAsGroups()
_PROFILES = MANIFEST["nodes"]["model.customer_360.int_identity__fuzzy_profiles"]
_SOURCE = MANIFEST["sources"]["source.customer_360.matching.fuzzy_links"]


@dg.asset(
    key=_DBT.get_asset_key(_SOURCE),
    deps=[_DBT.get_asset_key(_PROFILES)],
    group_name="identity",
    kinds={"python", "splink"},
    description="Pairs of profiles that no identifier ties and that may be one person. The var `fuzzy_matching` turns it off.",
)
def fuzzy_links(folder: DataFolder) -> dg.MaterializeResult:
    """Scores the profiles of this run; says how many pairs it found, and never whose."""
    asked = project_vars(folder.paths)
    if not asked["fuzzy_matching"]:
        return dg.MaterializeResult(metadata={"fuzzy_matching": "off"})
    review, accept = (float(asked[f"fuzzy_{decision}_probability"]) for decision in ("review", "accept"))
    if not 0 < review <= accept < 1:
        raise dg.Failure(
            f"fuzzy_review_probability ({review}) must lie between 0 and fuzzy_accept_probability ({accept}), and both below 1",
            allow_retries=False,
        )
    with open_warehouse(folder.paths) as warehouse:
        return dg.MaterializeResult(metadata=_counts(score(warehouse), warehouse, review, accept))


def _counts(scored: Scored, warehouse: Warehouse, review: float, accept: float) -> dict[str, Any]:
    ((accepted, to_review),) = warehouse.query(
        f"""
        select
            count(*) filter (where probability >= {accept}),
            count(*) filter (where probability >= {review} and probability < {accept})
        from {LINKS}
        """
    )
    skipped = "; ".join(f"{blocks} by {rule}" for rule, blocks in scored.blocks.skipped.items())
    return {
        "profiles": scored.profiles,
        "pairs_scored": scored.blocks.pairs,
        "profiles_in_largest_block": scored.blocks.largest,
        "blocks_too_large_to_compare": skipped or "none",
        "pairs_above_acceptance": accepted,
        "pairs_above_review": to_review,
        "seconds": round(scored.seconds, 1),
    }
