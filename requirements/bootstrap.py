"""Puts uv into .venv with nothing but python3: `python3 requirements/bootstrap.py`.

With pip at hand, pip installs it. Debian's and Ubuntu's python3 come without pip and ensurepip; then the wheel that run.lock
names is fetched from the package index ($UV_DEFAULT_INDEX or $PIP_INDEX_URL, else PyPI), held to its hash, and unpacked.
"""

import hashlib
import importlib.util
import os
import platform
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import venv
import zipfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT / ".venv"
LOCK = PROJECT / "requirements" / "run.lock"
INDEX = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL") or "the public one"


def locked_uv() -> str:
    """The lines of run.lock that pin uv and its hashes."""
    found = re.search(r"^uv==.*?(?=^\S)", LOCK.read_text() + "\nend", re.MULTILINE | re.DOTALL)
    if not found:
        sys.exit(f"{LOCK} does not pin uv")
    return found[0]


def install_with_pip(pinned: str) -> None:
    """The ordinary way, with whatever index or mirror pip is set to."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requirement:
        requirement.write(pinned)
        requirement.flush()
        pip = [
            str(ENVIRONMENT / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, "--require-hashes", "-r", requirement.name], check=True)


def install_from_wheel(pinned: str) -> None:
    """The way without pip: find this machine's wheel on the index, check its hash, unpack its programs."""
    page = f"{INDEX.rstrip('/')}/uv/"
    with urllib.request.urlopen(page) as response:
        links = re.findall(r'href="([^"#]+)[^"]*"[^>]*>([^<]+)</a>', response.read().decode())
    version = re.match(r"uv==(\S+)", pinned)[1]
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    if platform.system() == "Darwin":
        fits = re.compile(rf"uv-{version}-py3-none-macosx_.*_{machine.replace('aarch64', 'arm64')}[.]whl")
    else:
        libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
        fits = re.compile(rf"uv-{version}-py3-none-{libc}_[^.]*_{machine}([.]{libc}.*)?[.]whl")
    url, name = next(((link, name) for link, name in links if fits.fullmatch(name)), (None, None))
    if url is None:
        sys.exit(f"{page} offers no uv {version} for {platform.system()} on {machine}")
    with urllib.request.urlopen(urllib.parse.urljoin(page, url)) as response:
        content = response.read()
    if f"sha256:{hashlib.sha256(content).hexdigest()}" not in pinned:
        sys.exit(f"{name} is not the file that {LOCK.name} was made with")
    with tempfile.TemporaryFile() as archive:
        archive.write(content)
        with zipfile.ZipFile(archive) as unpacked:
            for member in unpacked.namelist():
                if "/scripts/" in member and not member.endswith("/"):
                    program = ENVIRONMENT / "bin" / Path(member).name
                    program.write_bytes(unpacked.read(member))
                    program.chmod(0o755)


def main() -> None:
    """Makes .venv when it is not there, then uv in it."""
    has_pip = importlib.util.find_spec("ensurepip") is not None
    if not (ENVIRONMENT / "bin" / "python").exists():
        venv.create(ENVIRONMENT, with_pip=has_pip, symlinks=True)
    (install_with_pip if has_pip else install_from_wheel)(locked_uv())


if __name__ == "__main__":
    main()
