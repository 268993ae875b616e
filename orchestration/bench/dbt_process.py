"""dbt, and the CPU seconds it takes once it knows the project: `python -m orchestration.bench.dbt_process FILE run ...`.

Reading the project takes several seconds, which differ from time to time by more than a small model costs.
"""

import sys
import time
from pathlib import Path

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt_common.events.base_types import EventMsg


def main() -> int:
    """Runs dbt with the arguments after the file, into which it writes the CPU seconds from dbt's first node to the closed warehouse."""
    file, *arguments = sys.argv[1:]
    began: list[float] = []

    def note(event: EventMsg) -> None:
        if event.info.name == "NodeStart" and not began:
            began.append(time.process_time())

    result = dbtRunner(callbacks=[note]).invoke(arguments)
    DuckDBConnectionManager.close_all_connections()  # which writes what is not yet in the file
    Path(file).write_text(str(time.process_time() - began[0] if began else 0))
    return 0 if result.success else 1


if __name__ == "__main__":
    sys.exit(main())
