"""The bench at a size at which it only shows that it runs, and that what it compares agrees."""

import re

import pytest

from orchestration.bench.__main__ import main


def costs(said: str) -> dict[str, float]:
    """CPU seconds by step, read off the table."""
    rows = re.findall(r"^ *[\d,]+  (\S.*?) +[\d.]+ +([\d.]+) +[\d.]+$", said, re.MULTILINE)
    return {step: float(cpu) for step, cpu in rows}


def test_both_ways_of_grouping_are_measured_on_the_same_edges(capsys):
    main(["grouping", "3000"])
    said = capsys.readouterr().out
    assert costs(said).keys() == {"grouping, by dbt", "grouping, by Splink"}
    assert all(cpu > 0 for cpu in costs(said).values())
    assert re.search(r"edges, [\d,]+ groups, the same in both", said)


def test_a_day_gives_the_groups_of_a_full_job(capsys):
    main(["identity", "3000"])
    said = capsys.readouterr().out
    steps = ("starting", "starting a day", "first run", "a day", "all anew")
    assert costs(said).keys() == {f"identity, {step}" for step in steps}
    assert "Same groups." in said


def test_scores_cost_what_reading_and_writing_does_and_some_more(capsys):
    main(["rfm", "3000"])
    said = capsys.readouterr().out
    assert costs(said).keys() == {
        f"RFM, {way}" for way in ("by distinct value", "reading and writing alone", "by ntile")
    }
    assert re.search(r"ours is -?[\d.]+ times the floor", said)


def test_sessions_are_those_of_the_plain_query(capsys):
    main(["sessions", "3000"])
    said = capsys.readouterr().out
    steps = ("plain query", "starting", "by dbt", "starting dbt", "a day by dbt")
    assert costs(said).keys() == {f"sessions, {step}" for step in steps}
    assert re.search(r"sessions, the same in both", said)


def test_a_part_that_does_not_exist_is_refused():
    with pytest.raises(SystemExit):
        main(["guesses"])
