"""The last step: what the gates let through becomes the publication that BI tools read."""

from datetime import timedelta

import dagster as dg

from orchestration.dbt import LAYER_ASSETS
from orchestration.expectations.figures import read_figures
from orchestration.publish import publish
from orchestration.resources import Asked, DataFolder

PUBLISHED = ("marts", "restricted")  # the last layer also builds what the predictions in them stand on


@dg.asset(
    key=["serving", "publication"],
    deps=[key for key in LAYER_ASSETS[-1].keys if key.path[0] in PUBLISHED],
    group_name="serving",
    kinds={"duckdb", "parquet"},
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=30)),  # a day and a long run
)
def publication(context: dg.AssetExecutionContext, folder: DataFolder, asked: Asked) -> dg.MaterializeResult:
    """The marts as an immutable version under serving/, made current by one rename."""
    paths = folder.paths
    published = publish(
        paths.warehouse, paths.serving, asked.day, read_figures(paths), after_step=context.log.debug
    )
    return dg.MaterializeResult(
        metadata={
            "version": published.folder,
            "as of": asked.day.isoformat(),
            "tables": published.tables,
            "dagster/row_count": published.rows,
            "path": dg.MetadataValue.path(paths.serving / published.folder),
            "data docs": dg.MetadataValue.path(paths.root / "data_docs" / "index.html"),
        }
    )
