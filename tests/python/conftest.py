"""A small retailer, and what the pipeline makes of it: built once, for every test that only reads."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.demo import generate
from orchestration.warehouse import Paths

PROJECT = Path(__file__).resolve().parents[2]
AS_OF = "2026-06-30"  # the last day of the demo
LARGE = 20_000  # customers


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spark first: it takes longest, and one worker would be waiting for it at the end."""
    items.sort(key=lambda item: item.path.stem != "test_spark")


@dataclass(frozen=True)
class Built:
    """A data folder after `python -m orchestration.build`, and what the command said."""

    paths: Paths
    said: str


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], str]) -> Built:
    """A folder that the first worker makes, and that all workers read; with what making it said."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, said = base / name, base / f"{name}.txt"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until it is closed
        if not said.exists():
            folder.mkdir(exist_ok=True)
            said.write_text(make(folder))
    return Built(Paths(folder), said.read_text())


@pytest.fixture(scope="session")
def demo_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the raw files of 300 customers, and the truth about them. Copy it to change it."""
    return once(
        tmp_path_factory, "small-demo", lambda folder: str(generate(folder, customers=300, seed=7))
    ).paths.root


@pytest.fixture(scope="session")
def built(demo_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same files after a whole real run: warehouse, publication, Dagster's record of the run."""

    def build(folder: Path) -> str:
        shutil.copytree(demo_raw, folder, dirs_exist_ok=True)
        command = [sys.executable, "-m", "orchestration.build", "--as-of", AS_OF]
        environment = os.environ | {"C360_DATA": str(folder)}
        run = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    return once(tmp_path_factory, "built", build)


@pytest.fixture(scope="session")
def large_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The raw files of 20,000 customers, who are many enough that chance hides no effect, and the truth about them."""
    return once(
        tmp_path_factory, "large-demo", lambda folder: str(generate(folder, customers=LARGE, seed=5))
    ).paths.root


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
    return once(tmp_path_factory, "make-demo", lambda folder: make("demo", data=folder))


@pytest.fixture(scope="session")
def demo(demo_run: Built) -> Paths:
    """The data folder of `make demo`; tests only read it."""
    return demo_run.paths
