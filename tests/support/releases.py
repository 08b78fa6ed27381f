"""The releases whose data are kept, and what the public API says only since."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "upgrade"
FILE = ROOT / "proto" / "released" / "release.toml"


@dataclass(frozen=True)
class New:
    """What came with the version after a release: answers of that release do not have it."""

    columns: frozenset[str] = frozenset()  # of exports
    metrics: frozenset[str] = frozenset()  # keys of built-in ones

    def __or__(self, other: "New") -> "New":
        return New(self.columns | other.columns, self.metrics | other.metrics)


AFTER = {
    "0.1.0": New(
        columns=frozenset({"occurred_at_local", "received_at_local", "wave", "counted_in"}),
        metrics=frozenset(
            {"turnoverRateHeadcount", "enps", "engagement", "participationRate", "burnout"}
        ),
    ),
    "0.2.0": New(
        metrics=frozenset(
            {
                *("retentionRate", "churnRate", "sales", "orders", "buyers"),
                *("averageBasket", "returnsShare", "newCustomers", "silentShare"),
            }
        )
    ),
}
"""By the release after which they came. Whoever adds a column or a metric names it under the last release."""


@dataclass(frozen=True)
class Release:
    version: str
    date: date
    rolling: bool  # whether its processes may run beside those of the next version


def last() -> Release:
    return Release(**tomllib.loads(FILE.read_text()))


def write(path: Path, release: Release) -> None:
    """Say that this is the last release now."""
    about = path.read_text().partition("\n")[0]
    path.write_text(
        f'''{about}
version = "{release.version}"
date = {release.date}
rolling = {str(release.rolling).lower()} # whether its processes may run beside those of the next version
'''
    )


def kept() -> list[str]:
    """All whose data are kept, the last one first."""
    found = [path.parent.name for path in FOLDER.glob("*/answers.json")]
    return sorted(found, key=order, reverse=True)


def order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def new_since(version: str) -> New:
    """What answers of this release do not have."""
    found = New()
    for release, new in AFTER.items():
        if order(release) >= order(version):
            found |= new
    return found
