"""The model that Splink scores with: findings with their fixed weights."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from splink import SettingsCreator

from orchestration.fuzzy.comparisons import DIFFERENT, FINDINGS, NOT_SAID, UNSAID

WEIGHTS = tomllib.loads(Path(__file__).with_name("weights.toml").read_text())


def settings(profiles: int) -> SettingsCreator:
    """Splink's settings for so many profiles: the more there are, the more two of them must agree in to be one person."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="profile_id",
        probability_two_random_records_match=WEIGHTS["duplicates_per_profile"] / max(profiles, 2),
        comparisons=[_comparison(field) for field in FINDINGS],
        blocking_rules_to_generate_predictions=[],
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )


def findings(field: str) -> list[str]:
    """The words for what may be found about a field, by Splink's number of it: 0 is the weakest, and the last is `not said` (-1)."""
    return [DIFFERENT, *reversed(FINDINGS[field]), NOT_SAID]


def _comparison(field: str) -> dict[str, Any]:
    levels = [_level(field, word, condition) for word, condition in FINDINGS[field].items()]
    remainder = _level(field, DIFFERENT, "ELSE")
    unsaid = {"sql_condition": UNSAID[field], "label_for_charts": NOT_SAID, "is_null_level": True}
    return {"output_column_name": field, "comparison_levels": [unsaid, *levels, remainder]}


def _level(field: str, word: str, condition: str) -> dict[str, Any]:
    weight = WEIGHTS[field][word]
    level = {"sql_condition": condition, "label_for_charts": word, "m_probability": weight["same"]}
    if "others" in weight:
        return level | {"u_probability": weight["others"]}
    # the share of profiles with the value takes the place of u, which Splink must have but takes out again
    return level | {
        "u_probability": 0.001,
        "tf_adjustment_column": weight["frequency"],
        "tf_adjustment_weight": 1.0,
        "disable_tf_exact_match_detection": True,
    }
