"""What a command costs, and a line that says so."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

HEADER = f"{'size':>12}  {'step':<34}{'wall s':>10}{'CPU s':>10}{'peak GiB':>10}"


@dataclass(frozen=True)
class Cost:
    """Wall seconds, CPU seconds of all cores, and peak memory in GiB of the largest process."""

    wall: float
    cpu: float
    peak: float

    def line(self, size: int, step: str) -> str:
        """A line below HEADER."""
        return f"{size:>12,}  {step:<34}{self.wall:>10.1f}{self.cpu:>10.1f}{self.peak:>10.2f}"


def measure(command: list[str], data: Path) -> Cost:
    """The cost of a command and all it starts, with `data` as its data folder.

    Raises CalledProcessError when it fails; what it prints is kept back until then.
    """
    log = data / "bench.log"
    start = time.monotonic()
    with log.open("w") as out:
        process = subprocess.Popen(
            command, env=os.environ | {"C360_DATA": str(data)}, stdout=out, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)  # it is reaped: the object need not ask again
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output=log.read_text())
    return Cost(time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 2**20)
