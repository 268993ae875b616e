"""Dagster's UI and daemon on $C360_DATA: `python -m orchestration.ui`."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from orchestration.instance import dagster_home, end_lost_runs, open_instance
from orchestration.resources import AnotherRunAtWork
from orchestration.warehouse import Paths


def main() -> None:
    """Become `dagster dev`, with whatever arguments follow."""
    paths = Paths()
    with open_instance(paths) as instance, suppress(AnotherRunAtWork):
        end_lost_runs(instance, paths)
    os.environ |= {"DAGSTER_HOME": str(dagster_home(paths)), "C360_DATA": str(paths.root)}
    dagster = str(Path(sys.executable).with_name("dagster"))
    os.execv(dagster, [dagster, "dev", *sys.argv[1:]])


if __name__ == "__main__":
    main()
