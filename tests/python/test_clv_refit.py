"""The fit as a step of Dagster: fitted once, again when asked, never half, and without a word about anybody."""

import base64
import os
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import numpy as np
import pyarrow as pa
import pytest
from conftest import AS_OF, Built

from orchestration.clv.asset import FITS, PARAMETERS, Refit, clv_fits
from orchestration.clv.buying import MBG_NBD
from orchestration.clv.refit import refit
from orchestration.clv.simulate import simulate
from orchestration.clv.tables import read_fits
from orchestration.definitions import defs
from orchestration.instance import open_instance
from orchestration.publish import current_version
from orchestration.resources import Asked, DataFolder
from orchestration.schedules import every_sunday
from orchestration.warehouse import DuckDBWarehouse, Paths

SUNDAY = date(2026, 6, 28)
CUSTOMERS = 3_000
TRUE = {"r": 0.6, "alpha": 40.0, "a": 0.9, "b": 2.5}
# what dbt has made of orders, from one row per customer
COUNTS = """
    create schema if not exists intermediate;

    create or replace table intermediate.int_value__repeat_histories as
    select
        purpose,
        'person-' || number as customer_id,
        cut_off,
        cut_off - cast(age as integer) as first_order_date,
        repeats,
        last_repeat_age,
        age
    from histories
    cross join (
        values ('prediction', date '{day}'), ('backtest', date '{day}' - {hold_out})
    ) as cut_offs (purpose, cut_off);

    create or replace table intermediate.int_value__repeat_counts as
    select
        purpose,
        scope,
        cut_off,
        repeats,
        last_repeat_age as last_repeat_age_days,
        age as age_days,
        count(*) as customers
    from intermediate.int_value__repeat_histories
    cross join (values ('all'), ('it''s a channel')) as scopes (scope)
    where scope = 'all' or repeats > 3
    group by all;

    create or replace table intermediate.int_value__spend_per_repeater as
    select purpose, scope, cut_off, repeats, cast(20 + hash(age) % 50 as decimal(18, 2)) as mean_spend, customers
    from (select purpose, scope, cut_off, repeats, age_days as age, customers from intermediate.int_value__repeat_counts)
    where repeats > 0;

    create or replace table intermediate.int_value__subscriptions_lost as
    select * from (values ('all', 1, 40, 3), ('all', 2, 30, 2)) as losses (scope, period, at_risk, lost);

    create or replace table intermediate.int_value__occasions as
    select customer_id, first_order_date + cast(last_repeat_age as integer) as occasion_date
    from intermediate.int_value__repeat_histories
    where purpose = 'backtest' and repeats > 0
"""


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("C360_DATA", str(tmp_path))
    count_as_of(SUNDAY)
    return Paths()


def count_as_of(day: date, customers: int = CUSTOMERS) -> None:
    """The counts of a warehouse after dbt, the same on each day: everybody came later by as much."""
    rng = np.random.default_rng(8)
    seen = simulate(MBG_NBD, TRUE, rng.integers(100, 729, customers), rng)
    histories = pa.table(
        {
            "number": np.arange(customers),
            "repeats": seen.repeats,
            "last_repeat_age": np.ceil(seen.last_repeat_age).astype(int),
            "age": seen.age.astype(int),
        }
    )
    with DuckDBWarehouse(Paths().warehouse) as warehouse:
        warehouse.connection.register("histories", histories)
        warehouse.execute(COUNTS.format(day=day, hold_out=90))


def materialise(day: date, anew: bool = False) -> dict[dg.AssetKey, dict]:
    """The metadata of a run of the step."""
    result = dg.materialize(
        [clv_fits],
        instance=dg.DagsterInstance.ephemeral(),
        resources={"folder": DataFolder(), "asked": Asked(as_of=day.isoformat())},
        run_config=dg.RunConfig(ops={"clv_fits": Refit(anew=anew)}),
    )
    return {
        event.asset_key: event.materialization.metadata for event in result.get_asset_materialization_events()
    }


def fitted_on(paths: Paths) -> dict[tuple[str, str, str], list[date]]:
    with DuckDBWarehouse(paths.warehouse, read_only=True) as warehouse:
        rows = warehouse.query(
            "select purpose, model, scope, list(fitted_on order by fitted_on) from value.clv_fits group by all"
        )
    return {tuple(subject): days for *subject, days in rows}


def test_a_fit_is_made_once_and_again_when_asked(paths):
    assert (
        materialise(SUNDAY)[FITS]["fitted_now"].value == 13
    )  # 3 models, 2 purposes, 2 scopes; and subscriptions
    monday = SUNDAY + timedelta(days=1)
    count_as_of(monday)
    said = materialise(monday)[FITS]
    assert said["fitted_now"].value == 6, "the back-tests, whose cut-off has moved"
    assert said["oldest_fit_days"].value == 1
    assert {row.data["age_days"] for row in said["fits"].records if row.data["purpose"] == "prediction"} == {
        1
    }
    assert materialise(monday)[FITS]["fitted_now"].value == 0
    assert materialise(monday, anew=True)[FITS]["fitted_now"].value == 13
    days = fitted_on(paths)
    assert len(days) == 13 and all(made == [SUNDAY, monday] for made in days.values())


def test_a_fit_made_again_on_its_day_takes_the_place_of_the_first(paths):
    materialise(SUNDAY)
    tables = ("select * from value.clv_fits order by all", "select * from value.clv_parameters order by all")
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        first = [warehouse.query(table) for table in tables]
        refit(warehouse, SUNDAY, anew=True)
        assert [warehouse.query(table) for table in tables] == first


def test_a_run_for_an_earlier_day_does_not_use_what_was_learned_later(paths):
    materialise(SUNDAY)
    earlier = SUNDAY - timedelta(days=30)
    count_as_of(earlier)
    assert materialise(earlier)[FITS]["fitted_now"].value == 13
    assert fitted_on(paths)["prediction", "bg_nbd", "all"] == [earlier, SUNDAY]


def test_what_cannot_be_used_says_why_and_has_no_parameters(paths):
    count_as_of(SUNDAY, customers=40)
    said = materialise(SUNDAY)
    assert said[FITS]["fits_in_use"].value == 0 and said[PARAMETERS]["parameters"].records == []
    assert said[FITS].keys().isdisjoint({"repeat orders", "back-test"}), "nothing to draw"
    verdicts = {
        row.data["model"]: row.data["verdict"]
        for row in said[FITS]["fits"].records
        if row.data["scope"] == "all"
    }
    assert verdicts["bg_nbd"] == "40 customers are fewer than 100"
    assert verdicts["sbg"] == "40 subscriptions are fewer than 50"
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        assert warehouse.query("select count(*) from value.clv_parameters") == [(0,)]
        assert warehouse.query("select count(*) from value.clv_fits where is_usable or reason is null") == [
            (0,)
        ]
        assert refit(warehouse, SUNDAY)[1] == [], "it was tried, and that is an answer too"


def test_nothing_to_fit_is_no_error(paths):
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        for table in ("repeat_counts", "spend_per_repeater", "subscriptions_lost"):
            warehouse.execute(f"delete from intermediate.int_value__{table}")
    said = materialise(SUNDAY)[FITS]
    assert said["fitted_now"].value == 0 and said["fits"].records == []


def test_counts_of_another_day_are_not_fitted(paths):
    with pytest.raises(
        dg.Failure, match="counted as of 2026-06-28, and this run is as of 2026-07-05: run the daily job"
    ):
        materialise(SUNDAY + timedelta(days=7), anew=True)


def test_a_run_that_is_killed_leaves_no_half_of_a_fit(paths, monkeypatch):
    materialise(SUNDAY)
    before = fitted_on(paths)
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        monkeypatch.setattr("orchestration.clv.tables.FITS", "value.no.such.table")  # after the parameters
        with pytest.raises(Exception, match="no"):
            refit(warehouse, SUNDAY, anew=True)
    monkeypatch.undo()
    os.environ["C360_DATA"] = str(paths.root)
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        assert len(read_fits(warehouse)) == len(before) == 13
        # on Spark, where the two tables are written one after the other, the first may be gone
        warehouse.execute("delete from value.clv_parameters where fit_id like 'prediction/bg_nbd/%'")
        _, made = refit(warehouse, SUNDAY)
        assert {dated.subject.model for dated in made} == {"bg_nbd"}


def test_the_page_shows_the_fits_and_nobody(paths):
    said = materialise(SUNDAY)
    parameters = {
        row.data["parameter"]: (row.data["estimate"], row.data["standard_error"])
        for row in said[PARAMETERS]["parameters"].records
        if row.data["fit"] == f"prediction/mbg_nbd/all/{SUNDAY}"
    }
    assert all(abs(parameters[name][0] - TRUE[name]) < 4 * parameters[name][1] for name in TRUE)
    for picture in ("repeat orders", "back-test"):
        drawn = re.fullmatch(r"!\[.+\]\(data:image/png;base64,(.+)\)", said[FITS][picture].md_str)
        assert base64.b64decode(drawn[1]).startswith(b"\x89PNG")
    told = repr([said[key] for key in (FITS, PARAMETERS)])
    assert "mbg_nbd" in told and "person-" not in told


def test_the_weekly_job_is_due_on_sundays_and_fits_anew():
    due = datetime(2026, 6, 28, 6, tzinfo=UTC)
    request = every_sunday(dg.build_schedule_context(scheduled_execution_time=due))
    assert request.run_config["resources"]["asked"]["config"]["as_of"] == "2026-06-28"
    assert request.run_config["ops"]["clv_fits"]["config"] == {"anew": True}
    assert every_sunday.cron_schedule.endswith("* * 0")


def test_the_weekly_job_predicts_and_publishes(built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """On a folder that the daily job has built; that job has fitted what had no fit."""
    with open_instance(built.paths) as instance:
        daily = instance.get_latest_materialization_event(FITS).asset_materialization.metadata
    assert daily["fitted_now"].value == len(daily["fits"].records) > 0
    shutil.copytree(built.paths.root, tmp_path / "data", symlinks=True, ignore=shutil.ignore_patterns("raw"))
    monkeypatch.setenv("C360_DATA", str(tmp_path / "data"))
    with DuckDBWarehouse(Paths().warehouse) as warehouse:
        warehouse.execute("update value.clv_fits set fitted_on = fitted_on - 7, fit_id = 'old ' || fit_id")
        warehouse.execute("update value.clv_parameters set fit_id = 'old ' || fit_id")
    with open_instance(Paths()) as instance:
        result = defs.resolve_job_def("refit").execute_in_process(
            instance=instance,
            run_config={
                "ops": {"clv_fits": {"config": {"anew": True}}},
                "resources": {"asked": {"config": {"as_of": AS_OF}}},
            },
        )
    assert result.success
    assert current_version(Paths().serving) == 2
    days = fitted_on(Paths())
    assert all(made == [date(2026, 6, 23), date(2026, 6, 30)] for made in days.values()) and days
