"""What Dagster loads; only puts together."""

import dagster as dg

from orchestration.clv.asset import clv_fits
from orchestration.dbt import LAYER_ASSETS, dbt
from orchestration.expectations.gates import gate_marts, gate_raw
from orchestration.expectations.rejected import gate_staging
from orchestration.fuzzy.asset import fuzzy_links
from orchestration.raw import landing
from orchestration.resources import Asked, DataFolder
from orchestration.schedules import daily, every_morning, every_sunday, refit
from orchestration.serving import publication
from orchestration.why.job import why_job

defs = dg.Definitions(
    assets=[landing, *LAYER_ASSETS, fuzzy_links, clv_fits, publication],
    asset_checks=[gate_raw, gate_staging, gate_marts],
    jobs=[daily, refit, why_job],
    schedules=[every_morning, every_sunday],
    resources={
        "dbt": dbt,
        "folder": DataFolder(),
        "asked": Asked.configure_at_launch(),
    },
    executor=dg.in_process_executor,  # DuckDB has one writer
)
