"""When the pipeline runs by itself, and how long it may take."""

import dagster as dg

from orchestration.clv.asset import FITS, PARAMETERS, Refit, clv_fits
from orchestration.resources import Asked

# a run that lost its power stays "started" for ever, and the queue holds one: after this time it is ended
LIMIT = {"dagster/max_runtime": str(6 * 60 * 60)}
ANEW = {clv_fits.op.name: Refit(anew=True)}

daily = dg.define_asset_job(
    "daily",
    description="Everything: land, judge, build, judge again, publish.",
    selection=dg.AssetSelection.all(),
    tags=LIMIT,
)
refit = dg.define_asset_job(
    "refit",
    description="Fit the models of customer value anew to what the daily job of the same day has counted, predict, judge and publish.",
    selection=dg.AssetSelection.assets(FITS, PARAMETERS).downstream(),
    config=dg.RunConfig(ops=ANEW),
    tags=LIMIT,
)


@dg.schedule(job=daily, cron_schedule="0 5 * * *", execution_timezone="UTC")
def every_morning(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """As of the day on which the run was due, even if it starts late. Off until somebody turns it on in the UI."""
    due = context.scheduled_execution_time.date()
    return dg.RunRequest(run_config=dg.RunConfig(resources={"asked": Asked(as_of=due.isoformat())}))


@dg.schedule(job=refit, cron_schedule="0 6 * * 0", execution_timezone="UTC")
def every_sunday(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """As of the day on which it is due, after the daily run of that day, behind which it waits. Off until turned on, as that is."""
    due = context.scheduled_execution_time.date()
    return dg.RunRequest(run_config=dg.RunConfig(ops=ANEW, resources={"asked": Asked(as_of=due.isoformat())}))
