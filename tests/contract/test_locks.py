"""What processes declare stands in their locks, and the image runs the versions that the tests run."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXTRAS: dict[str, list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"][
    "optional-dependencies"
]
LOCKED = re.search(r"^LOCKS := (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
assert LOCKED is not None
LOCKS = LOCKED[1].split()
PACKAGE = re.compile(r"([A-Za-z0-9._-]+)(?:\[([\w,-]+)\])?")


def declared(extra: str) -> set[str]:
    """The packages that an extra names, and those of extras that it holds."""
    found = set()
    for requirement in EXTRAS[extra]:
        package = PACKAGE.match(requirement)
        assert package is not None
        name, extras = package.groups()
        if name == "cxm":
            found |= {one for inner in extras.split(",") for one in declared(inner)}
        else:
            found.add(re.sub(r"[._-]+", "-", name).lower())
    return found


def locked(name: str) -> dict[str, str]:
    """Versions by package."""
    text = (ROOT / f"requirements/{name}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9.-]+)(?:\[[\w,-]+\])?==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", [*LOCKS, "dev"])
def test_a_lock_holds_what_is_declared(name: str) -> None:
    assert declared(name) - locked(name).keys() == set()


@pytest.mark.parametrize("name", LOCKS)
def test_what_runs_is_what_is_tested(name: str) -> None:
    tested = locked("dev")

    assert {
        package: (version, tested[package])
        for package, version in locked(name).items()
        if package in tested and tested[package] != version
    } == {}
