"""`make release VERSION=...`: all that a release changes in the tree. It commits nothing.

Version labels, the heading of the changelog, the contracts in proto/released, and the data of this
version with what it answers, for later versions to upgrade and to run beside.
"""

import argparse
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from tests.support import deprecations, releases
from tests.support.releases import ROOT, order
from tests.upgrade import make_dump

CHANGELOG = ROOT / "CHANGELOG.md"
UNRELEASED = "## Unreleased\n"
PROTO = ROOT / "proto"
LABELS = {
    "pyproject.toml": r'(?m)^version = "{}"$',
    "infra/helm/cxm/Chart.yaml": r'(?m)^(?:version: {}|appVersion: "{}")$',
    "infra/helm/cxm/ci/gitops-values.yaml": r"\btag: {}(?=[,}])",
}
"""Files that say the version, and how; the golden renders are made of the chart."""
IMAGE = r"\bcxm:{}(?= )"
"""In any document."""
IGNORED = re.compile(r"\n  #[^\n]*\n  ignore_only:.*", re.DOTALL)
NEXT = """
{version} is in the tree. Now:
  1. `git diff --stat`, and read proto/released, the chart's golden renders and CHANGELOG.md.
  2. `make check`.
  3. Commit "Release {version}", and tag it v{version}.
  4. `make upgrade-test`: it runs the code of that commit too.
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make release VERSION=...", description=__doc__)
    parser.add_argument("version", help="later than the last release, e.g. 0.2.0")
    today = datetime.now(UTC).date()
    parser.add_argument("--on", type=date.fromisoformat, default=today, help="day of the release")
    asked = parser.parse_args()
    if wrong := list(faults(asked.version, asked.on)):
        sys.stderr.write("\n".join(wrong) + "\n")
        return 1
    release = releases.Release(asked.version, asked.on, rolling=True)
    data = releases.FOLDER / release.version
    sys.stdout.write(f"keeping data and answers in {data.relative_to(ROOT)}\n")
    sys.stdout.flush()
    make_dump.make(data)
    write(ROOT, release)
    sys.stdout.write(NEXT.format(version=release.version))
    return 0


def faults(version: str, on: date) -> Iterator[str]:
    """Why this cannot be released now; nothing if it can."""
    last = releases.last()
    if not re.fullmatch(r"\d+\.\d+\.\d+", version) or order(version) <= order(last.version):
        yield f"name a version after {last.version}: make release VERSION=..."
        return
    if on < last.date:
        yield f"{last.version} is of {last.date}, later than {on}"
    if labelled(ROOT) != {last.version}:
        yield f"the labels say {', '.join(sorted(labelled(ROOT)))}, not {last.version}"
    if _git("status", "--porcelain"):
        yield "commit first: a release is a commit of its own"
    if not _unreleased(CHANGELOG.read_text()).strip():
        yield "CHANGELOG.md says nothing under Unreleased"
    if runpy.run_path(str(PROTO / "breaking.py"))["compare"](PROTO):
        yield "contracts of the last release do not hold"
    yield from deprecations.faults(deprecations.in_contracts(), version, on)


def write(root: Path, release: releases.Release) -> None:
    """Labels, changelog and contracts."""
    old = tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]
    for path, label in labels(root):
        said = re.compile(label.replace("{}", re.escape(old)))
        text = path.read_text()
        path.write_text(said.sub(lambda found: found[0].replace(old, release.version), text))
    changelog = root / "CHANGELOG.md"
    heading = f"{UNRELEASED}\n## {release.version} - {release.date}\n"
    changelog.write_text(changelog.read_text().replace(UNRELEASED, heading, 1))
    kept = root / "proto" / "released"
    shutil.rmtree(kept / "cxm")
    shutil.copytree(root / "proto" / "cxm", kept / "cxm")
    shutil.copy(root / "gateway" / "schema.graphql", kept)
    releases.write(kept / "release.toml", release)
    buf = root / "proto" / "buf.yaml"
    buf.write_text(IGNORED.sub("\n", buf.read_text()))


def labels(root: Path) -> Iterator[tuple[Path, str]]:
    """Every file that may say the version, and how."""
    yield from ((root / name, label) for name, label in LABELS.items())
    for folder in ("docs", "infra"):
        yield from ((path, IMAGE) for path in sorted((root / folder).rglob("*.md")))


def labelled(root: Path) -> set[str]:
    """The versions that the labels name."""
    found = [
        place
        for path, label in labels(root)
        for place in re.findall(label.replace("{}", r"[\d.]+"), path.read_text())
    ]
    return {re.sub(r"[^\d.]", "", place) for place in found}


def _unreleased(changelog: str) -> str:
    """What stands under that heading."""
    text = changelog.partition(UNRELEASED)[2]
    return re.split(r"(?m)^## ", text, maxsplit=1)[0]


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
