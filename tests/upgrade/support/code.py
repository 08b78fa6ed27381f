"""The code of a release, from the history of this repository, beside today's."""

import subprocess
import sys
from pathlib import Path

from tests.support.releases import FILE, ROOT

WHAT = ("pyproject.toml", "README.md", "LICENSE", "services", "gateway", "infra", "proto/gen")


def commit_of(version: str) -> str | None:
    """The commit that made the tree a release; None where the history that was cloned does not go back so far."""
    if _git("rev-parse", "--is-shallow-repository") != "false":
        return None
    file = str(FILE.relative_to(ROOT))
    found = _git("log", "--format=%H", "--reverse", f'-Sversion = "{version}"', "--", file)
    return found.split()[0] if found else None


def install(commit: str, folder: Path) -> Path:
    """Build that code as its image does, install it into a folder, and return the folder: a PYTHONPATH."""
    source, wheels, target = folder / "source", folder / "wheels", folder / "code"
    source.mkdir()
    archive = ["git", "archive", "--output", str(folder / "source.tar"), commit, *WHAT]
    python, uv = sys.executable, str(Path(sys.executable).with_name("uv"))
    _run(archive, ROOT)
    _run(["tar", "xf", str(folder / "source.tar")], source)
    _run([python, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)], source)
    (wheel,) = wheels.glob("*.whl")
    _run([uv, "pip", "install", "-q", "--no-deps", "--target", str(target), str(wheel)], folder)
    return target


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _git(*arguments: str) -> str:
    """What git says; empty where there is no repository."""
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()
