"""Every dbt seed, model and test as a Dagster asset or check: one step per layer, so that a gate or a scoring fits between them."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliInvocation, DbtCliResource, DbtProject, dbt_assets
from packaging.version import Version

from orchestration.artefact import REGISTRY
from orchestration.chain import PREDICTED, PROFILES
from orchestration.registry import restore_if_lost
from orchestration.resources import Asked, DataFolder
from orchestration.warehouse import Warehouse, open_warehouse

PROJECT = DbtProject(Path(__file__).resolve().parents[1], target_path=Path("target", "dagster"))
EXECUTABLE = str(Path(sys.executable).with_name("dbt"))  # the environment need not be activated
PARSED = ("dbt_project.yml", "profiles.yml", "macros", "models", "seeds", "tests")
LAYERS = {
    "staging": "path:seeds path:models/staging",
    "profiles": f"{PROFILES},path:models/intermediate",
    "intermediate": "path:models/intermediate",
    "marts": f"path:models/marts path:models/restricted {PREDICTED}",
}
# between the profiles and the rest stands the scoring of pairs; before the marts stands the fit, and with them is built what follows from it
EXCLUDED = {"intermediate": f"{PROFILES} {PREDICTED}"}
UNIT_TESTS = "resource_type:unit_test"  # they prove the SQL, not the data: `make test` runs them


class Dbt(DbtCliResource):
    """dbt, without what the library does before each command: asking the package index for news, and connecting."""

    @cached_property
    def _cli_version(self) -> Version:
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args):
        """None: a second connection would hold the warehouse file that dbt is about to write."""


class FoldersAsGroups(DagsterDbtTranslator):
    """models/marts/rfm/customer_rfm.sql is in the group `rfm`, and described by its yml alone."""

    def get_group_name(self, dbt_resource_props):
        """The folder; in staging with the layer, because a system has raw tables too."""
        folders = dbt_resource_props["fqn"][1:-1] or ["seeds"]
        return "_".join(folders) if folders[0] == "staging" else folders[-1]

    def get_description(self, dbt_resource_props):
        """What the yml says, which ends with the grain."""
        return dbt_resource_props["description"]


def read_manifest() -> dict[str, Any]:
    """What dbt makes of the project; parsed anew when a file of it has changed since."""
    manifest = PROJECT.manifest_path
    if not manifest.exists() or manifest.stat().st_mtime < _newest(PROJECT.project_dir / p for p in PARSED):
        manifest.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=manifest.parent) as draft:  # another process may be reading the old one
            parse = [EXECUTABLE, "parse", "--quiet", "--target-path", draft, "--log-path", draft]
            subprocess.run(parse, cwd=PROJECT.project_dir, check=True)
            Path(draft, manifest.name).replace(manifest)
    return json.loads(manifest.read_text())


def _newest(paths: Iterable[Path]) -> float:
    """When anything in these files and folders last changed; a folder changes when a file in it goes away."""
    everything = (file for path in paths for file in [path, *path.rglob("*")] if file.exists())
    return max(file.stat().st_mtime for file in everything)


MANIFEST = read_manifest()


def layer(name: str, select: str, exclude: str) -> dg.AssetsDefinition:
    """The models of one layer, with their tests, as one step."""

    @dbt_assets(
        manifest=MANIFEST,
        project=PROJECT,
        select=select,
        exclude=exclude,
        name=name,
        dagster_dbt_translator=FoldersAsGroups(),
    )
    def build(context: dg.AssetExecutionContext, dbt: Dbt, folder: DataFolder, asked: Asked) -> Iterator:
        if restored := restore_if_lost(folder.paths):  # before dbt begins a registry of its own
            context.log_event(dg.AssetObservation(REGISTRY, description=str(restored)))
        arguments = ["build", "--vars", json.dumps(asked.dbt_vars)]
        if context.is_subset:  # models by name, which bring their unit tests along
            arguments += ["--exclude-resource-type", "unit_test"]
        else:  # a test over two layers waits for the later one
            arguments += ["--indirect-selection", "buildable"]
        # one folder for all runs: dbt parses once a day, and its logs, which may quote data, lie with the data
        target = folder.paths.root / "dbt"
        invocation = dbt.cli(arguments, context=context, raise_on_error=False, target_path=target)
        events = list(invocation.stream())
        succeeded = invocation.is_successful()
        with open_warehouse(folder.paths, read_only=True) as warehouse:
            yield from (_with_rows(event, warehouse) for event in events)
        if not succeeded:
            raise dg.Failure(_what_failed(invocation), allow_retries=False)

    return build


def _with_rows(event: Any, warehouse: Warehouse) -> Any:
    """The event of a table with its row count; a view's would cost running it."""
    if not isinstance(event, dg.Output):
        return event
    node = MANIFEST["nodes"][event.metadata["unique_id"].value]
    if node["config"]["materialized"] == "view":
        return event
    rows = warehouse.query(f"select count(*) from {node['schema']}.{node['alias']}")[0][0]
    return event.with_metadata({**event.metadata, "dagster/row_count": rows})


def _what_failed(invocation: DbtCliInvocation) -> str:
    """Each failed model and test in a sentence. dbt's own words may quote a value of the data: they stay in its log."""
    results = invocation.target_path / "run_results.json"
    log = f"see {invocation.target_path / 'dbt.log'}"
    if not results.exists():
        return f"dbt could not start: {log}"
    failed = [
        f"{result['unique_id'].split('.')[2]} ({result['failures']} rows)"
        if result["status"] == "fail"
        else f"{result['unique_id'].split('.')[2]} (could not be built)"
        for result in json.loads(results.read_text())["results"]
        if result["status"] in ("fail", "error")
    ]
    return f"dbt failed at {', '.join(failed) or 'an unknown place'}; {log}"


LAYER_ASSETS = [
    layer(name, select, f"{UNIT_TESTS} {EXCLUDED.get(name, '')}") for name, select in LAYERS.items()
]
dbt = Dbt(project_dir=str(PROJECT.project_dir), dbt_executable=EXECUTABLE)
