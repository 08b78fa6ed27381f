"""A release changes the tree as a whole: every label, the changelog, and the contracts that are compared with."""

import runpy
import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from tests.support.releases import ROOT, Release
from tests.upgrade import releasing

NEXT = Release("87.6.5", date(2030, 1, 31), rolling=True)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what a release changes, but for data and what is made of the chart."""
    images = ("infra/docker/README.md", "docs/backup.md")
    for name in (*releasing.LABELS, *images, "CHANGELOG.md", "gateway/schema.graphql"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "proto", tmp_path / "proto", ignore=shutil.ignore_patterns("gen*"))
    return tmp_path


def test_all_labels_say_one_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

    assert releasing.labelled(ROOT) == {version}


def test_everything_says_the_next_version(tree: Path) -> None:
    before = (tree / "CHANGELOG.md").read_text().splitlines()

    releasing.write(tree, NEXT)

    assert releasing.labelled(tree) == {NEXT.version}
    assert "cxm:87.6.5 " in (tree / "docs/backup.md").read_text()
    after = (tree / "CHANGELOG.md").read_text().splitlines()
    heading = before.index("## Unreleased") + 1
    assert after[heading : heading + 2] == ["", "## 87.6.5 - 2030-01-31"]
    assert after[heading + 2 :] == before[heading:]
    released = tree / "proto" / "released"
    assert Release(**tomllib.loads((released / "release.toml").read_text())) == NEXT
    files = {path.relative_to(released) for path in released.rglob("*.proto")}
    assert files == {
        path.relative_to(tree / "proto") for path in (tree / "proto/cxm").rglob("*.proto")
    }
    assert (released / "schema.graphql").read_text() == (
        ROOT / "gateway/schema.graphql"
    ).read_text()
    assert "ignore_only" not in (tree / "proto" / "buf.yaml").read_text()
    assert runpy.run_path(str(ROOT / "proto" / "breaking.py"))["compare"](tree / "proto") == 0


def test_what_is_no_later_version_is_refused() -> None:
    for version in ("0.1.0", "0.0.9", "1", "1.0.0rc1", ""):
        (said,) = releasing.faults(version, date(2030, 1, 31))
        assert said.startswith("name a version after ")
