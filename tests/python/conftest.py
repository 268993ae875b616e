"""A small retailer, and what the pipeline makes of it: built once, for every test that only reads."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.demo import generate
from orchestration.warehouse import Paths

PROJECT = Path(__file__).resolve().parents[2]
AS_OF = "2026-06-30"  # the last day of the demo
LARGE = 20_000  # customers


@dataclass(frozen=True)
class Built:
    """A data folder after `python -m orchestration.build`, and what the command said."""

    paths: Paths
    said: str


@pytest.fixture(scope="session")
def demo_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the raw files of 300 customers, and the truth about them. Copy it to change it."""
    folder = tmp_path_factory.mktemp("demo")
    generate(folder, customers=300, seed=7)
    return folder


@pytest.fixture(scope="session")
def built(demo_raw: Path) -> Built:
    """The same folder after a whole real run: warehouse, publication, Dagster's record of the run."""
    command = [sys.executable, "-m", "orchestration.build", "--as-of", AS_OF]
    environment = os.environ | {"C360_DATA": str(demo_raw)}
    run = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return Built(Paths(demo_raw), run.stdout)


@pytest.fixture(scope="session")
def large_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The raw files of 20,000 customers, who are many enough that chance hides no effect, and the truth about them."""
    folder = tmp_path_factory.mktemp("large-demo")
    generate(folder, customers=LARGE, seed=5)
    return folder


def make(*targets: str, data: Path) -> str:
    """What `make` says when a user runs it on a data folder."""
    command = ["make", "--no-print-directory", *targets]
    environment = os.environ | {"C360_DATA": str(data)}
    run = subprocess.run(command, check=False, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """`make demo`, as the README has it: 5,000 customers."""
    data = tmp_path_factory.mktemp("make-demo")
    return Built(Paths(data), make("demo", data=data))


@pytest.fixture(scope="session")
def demo(demo_run: Built) -> Paths:
    """The data folder of `make demo`; tests only read it."""
    return demo_run.paths
