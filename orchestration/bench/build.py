"""Time and memory of the whole job on the demo, from raw files to a publication, and of doing it again."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from orchestration.bench.measure import HEADER, measure


def bench(customers: int) -> None:
    """Generates a demo in a temporary folder, builds it twice, and prints a line for each step."""
    print(HEADER.replace("     size", "customers"))
    with TemporaryDirectory() as folder:
        data = Path(folder)
        for step, module in [
            ("demo", ["orchestration.demo", "--customers", str(customers), "--out", folder]),
            ("first build", ["orchestration.build"]),
            ("second build", ["orchestration.build"]),
        ]:
            print(measure([sys.executable, "-m", *module], data).line(customers, step), flush=True)
