"""Puts uv into .venv with nothing but python3: `python3 requirements/bootstrap.py`.

Where pip is at hand it installs the uv that run.lock pins, from whatever index or mirror it is set to. Debian's and Ubuntu's
python3 come without pip; there pip is taken out of their own package python3-pip-whl, without installing that.
"""

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT / ".venv"
LOCK = PROJECT / "requirements" / "run.lock"


def locked_uv() -> str:
    """The lines of run.lock that pin uv and its hashes."""
    found = re.search(r"^uv==.*?(?=^\S)", LOCK.read_text() + "\nend", re.MULTILINE | re.DOTALL)
    if not found:
        sys.exit(f"{LOCK} does not pin uv")
    return found[0]


def debian_pip(folder: Path) -> Path:
    """The pip that Debian packages for others to use, unpacked into `folder`."""
    download = ["apt-get", "download", "--quiet", "python3-pip-whl"]
    try:
        first_try = subprocess.run(download, cwd=folder, capture_output=True, check=False)
        if first_try.returncode and os.geteuid() == 0:
            subprocess.run(
                ["apt-get", "update", "--quiet"], check=True
            )  # a new container knows no packages yet
        if not list(folder.glob("*.deb")):
            subprocess.run(download, cwd=folder, check=True)
        subprocess.run(["dpkg-deb", "-x", next(folder.glob("*.deb")), folder], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(
            f"python3 has no pip here and it could not be had ({error}): install python3-venv and try again"
        )
    return next(folder.glob("usr/share/python-wheels/pip-*.whl")) / "pip"


def install(pip: list[str], pinned: str, folder: Path) -> None:
    """Installs exactly what is pinned into .venv."""
    requirement = folder / "uv.txt"
    requirement.write_text(pinned)
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(requirement)]
    subprocess.run([*pip, "install", *options], check=True)


def main() -> None:
    """Makes .venv when it is not there, then uv in it."""
    has_pip = importlib.util.find_spec("ensurepip") is not None
    python = str(ENVIRONMENT / "bin" / "python")
    if not Path(python).exists():
        venv.create(ENVIRONMENT, with_pip=has_pip, symlinks=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if has_pip:
            pip = [python, "-m", "pip"]
        else:
            folder.chmod(0o755)  # apt downloads as a user of its own
            pip = [sys.executable, str(debian_pip(folder)), "--python", python]
        install(pip, locked_uv(), folder)


if __name__ == "__main__":
    main()
