"""Time and memory of `make build` on the demo: `python -m orchestration.bench [CUSTOMERS ...]`."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def measure(command: list[str], data: Path) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak memory in GiB (of the largest process) of a command and all it starts.

    Raises CalledProcessError when it fails.
    """
    start = time.monotonic()
    process = subprocess.Popen(command, env=os.environ | {"C360_DATA": str(data)}, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 2**20


def main() -> None:
    """Generates a demo of each size in a temporary folder, builds it twice, and prints a line for each step."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("customers", type=int, nargs="*", default=[100_000])
    print(f"{'customers':>12}  {'step':<14}{'wall s':>10}{'CPU s':>10}{'peak GiB':>10}")
    for customers in parser.parse_args().customers:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder)
            generate = ["-m", "orchestration.demo", "--customers", str(customers), "--out", folder]
            for step, module in [
                ("demo", generate),
                ("first build", ["-m", "orchestration.build"]),
                ("second build", ["-m", "orchestration.build"]),
            ]:
                wall, cpu, memory = measure([sys.executable, *module], data)
                print(f"{customers:>12,}  {step:<14}{wall:>10.1f}{cpu:>10.1f}{memory:>10.2f}", flush=True)


if __name__ == "__main__":
    main()
