"""What is in the image: what roles need, compiled, and nothing else."""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.image.support import contents, engine


def test_its_size_and_what_fills_it(files: Path, capfd: pytest.CaptureFixture[str]) -> None:
    found = contents.sizes(files)

    (engine.WORK / "contents.txt").write_text(contents.table(found, most=len(found)) + "\n")
    with capfd.disabled():
        sys.stdout.write(f"\n{contents.table(found)}\n")
    assert found["cxm"] > 0
    assert found.total() < 620e6


def test_nothing_is_in_it_that_no_role_needs(files: Path, files_with_shell: Path) -> None:
    assert contents.unwanted(files) == []
    assert contents.shells(files) == []
    assert contents.shells(files_with_shell) == ["sh", "dash"]


def test_no_start_compiles(files: Path) -> None:
    assert contents.without_bytecode(files) == []
    modules = files / contents.PACKAGES
    assert len(list(modules.rglob("*.py"))) > 1000


def test_it_says_what_it_is(image: str) -> None:
    (told,) = json.loads(engine.run(*engine.PODMAN, "image", "inspect", image))

    assert told["Config"]["User"] == "10001:0"
    assert told["Labels"]["org.opencontainers.image.version"] == engine.version()


def test_its_list_of_software_names_what_is_in_it(files: Path) -> None:
    report = engine.WORK / "sbom.cdx.json"
    # Off: it would ask whether there is a newer one of it.
    os.environ["SYFT_CHECK_FOR_APP_UPDATE"] = "false"
    name = ("--source-name", "cxm", "--source-version", engine.version())
    engine.run(engine.SYFT, "scan", f"dir:{files}", "-q", *name, "-o", f"cyclonedx-json={report}")

    found = {
        (one["name"], one.get("version")) for one in json.loads(report.read_text())["components"]
    }
    assert ("cxm", engine.version()) in found
    locked = (engine.ROOT / "requirements/image.txt").read_text()
    named = {name for name, _ in found}
    assert {line.partition("==")[0] for line in locked.splitlines() if "==" in line} <= named
    assert "libssl3" in named
