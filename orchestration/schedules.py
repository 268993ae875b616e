"""When the pipeline runs by itself, and how long it may take."""

import dagster as dg

from orchestration.resources import Asked

daily = dg.define_asset_job(
    "daily",
    description="Everything: land, judge, build, judge again, publish.",
    selection=dg.AssetSelection.all(),
    # a run that lost its power stays "started" for ever, and the queue holds one: after this time it is ended
    tags={"dagster/max_runtime": str(6 * 60 * 60)},
)


@dg.schedule(job=daily, cron_schedule="0 5 * * *", execution_timezone="UTC")
def every_morning(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """As of the day on which the run was due, even if it starts late. Off until somebody turns it on in the UI."""
    due = context.scheduled_execution_time.date()
    return dg.RunRequest(run_config=dg.RunConfig(resources={"asked": Asked(as_of=due.isoformat())}))
