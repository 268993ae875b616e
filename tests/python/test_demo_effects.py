"""One file says how the demo's people behave; a wrong one is refused in one line."""

import csv
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from orchestration.demo.effects import DEFAULTS, Effects, read_effects
from orchestration.demo.planted_effects import PLANTED_EFFECTS, write_planted_effects

ROOT = Path(__file__).parents[2]


def test_the_file_and_the_class_name_the_same_effects():
    sections = tomllib.loads(DEFAULTS.read_text())
    keys = [key for section in sections.values() for key in section]
    assert len(keys) == len(set(keys))
    assert set(keys) == {field.name for field in fields(Effects)}


def test_the_defaults_lie_within_their_own_limits():
    assert read_effects(DEFAULTS) == read_effects()


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text("[trouble]\ncancelled_share = 0.5\n[acquisition]\nchannel_ltv_factor = {email = 2}\n")
    usual, changed = read_effects(), read_effects(file)
    assert changed.cancelled_share == 0.5
    assert changed.channel_ltv_factor == {**usual.channel_ltv_factor, "email": 2.0}
    assert {
        field.name for field in fields(Effects) if getattr(usual, field.name) != getattr(changed, field.name)
    } == {"cancelled_share", "channel_ltv_factor"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[trouble\n", "mine.toml: "),
        ("[troubles]\ntest_share = 0.1\n", "there is no section [troubles]; there are buying, places"),
        ("trouble = 3\n", "there is no section [trouble]"),
        ("[trouble]\ntset_share = 0.1\n", "[trouble] tset_share does not exist; there are web_return_share"),
        ("[trouble]\ntest_share = 1.1\n", "[trouble] test_share must be a number between 0 and 1, not 1.1"),
        ("[trouble]\ntest_share = -0.1\n", "must be a number between 0 and 1, not -0.1"),
        ("[trouble]\ntest_share = nan\n", "must be a number between 0 and 1, not nan"),
        ("[trouble]\ntest_share = true\n", "must be a number between 0 and 1, not True"),
        ("[trouble]\ntest_share = 'some'\n", "must be a number between 0 and 1, not 'some'"),
        ("[buying]\nrate_mean = -1\n", "[buying] rate_mean must be a number"),
        ("[buying]\nlife_shape = 1.0\n", "[buying] life_shape must be a number of 1.01 or more"),
        ("[places]\nweb_share = 0.9\n", "[places] web_share and till_share come to more than 1"),
        (
            "[subscriptions]\nfailed_per_charge = 1.0\n",
            "cancelled_per_charge and failed_per_charge come to more than",
        ),
        ("[acquisition]\nchannel_share = {email = 0.9}\n", "[acquisition] channel_share must come to 1"),
        ("[acquisition]\nchannel_share = 0.9\n", "[acquisition] channel_share must be a table of"),
        ("[acquisition]\nchannel_ltv_factor = {fax = 1}\n", "must be a table of organic_search"),
        ("[acquisition]\nchannel_ltv_factor = {email = 'x'}\n", "channel_ltv_factor.email must be a number"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(tmp_path, text, complaint):
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(ValueError) as refusal:
        read_effects(file)
    assert complaint in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_the_command_line_refuses_a_file_that_is_not_there(tmp_path):
    missing = tmp_path / "none.toml"
    command = [sys.executable, "-m", "orchestration.demo", "--out", str(tmp_path), "--effects", str(missing)]
    refused = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"demo: {missing}: ")
    assert refused.stderr.count("\n") == 1
    assert not (tmp_path / "raw").exists()


def test_planted_effects_are_written_with_their_sizes(tmp_path):
    write_planted_effects(tmp_path, read_effects())
    with (tmp_path / "planted_effects.csv").open() as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert len(rows) == len(PLANTED_EFFECTS)
    assert float(rows["channel_ltv_factor.paid_social"]["planted_size"]) == 0.5
    assert all(all(row.values()) for row in rows.values())
