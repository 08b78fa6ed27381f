"""`cxm import` as a person runs it, and what the platform shows afterwards."""

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.platform import Running, cxm

MAPPINGS = Path(__file__).parents[2] / "infra" / "mappings"
VISIBLE_SECONDS = 30.0


@dataclass(frozen=True)
class Outcome:
    """What the command said: its exit status, its counts, and its report."""

    status: int
    stored: int
    already: int
    refused: int
    report: str


@dataclass(frozen=True)
class ImportClient:
    """A platform, the tokens of one who imports and one who reads, and a folder for reports."""

    platform: Running
    folder: Path
    importer: str
    reader: str

    @classmethod
    def at(cls, platform: Running, folder: Path) -> "ImportClient":
        return cls(platform, folder, platform.token("integration"), platform.token("analyst"))

    def load(self, kind: str, file: Path, mapping: Path) -> Outcome:
        """Run the command."""
        report = self.folder / "errors.csv"
        options = ["--mapping", str(mapping), "--errors", str(report), "--url", self.platform.url]
        done = cxm("import", kind, str(file), *options, CXM_TOKEN=self.importer)
        found = re.search(r"stored (\d+), already stored (\d+), refused (\d+)", done.stdout)
        assert found, done.stdout + done.stderr
        stored, already, refused = map(int, found.groups())
        return Outcome(done.returncode, stored, already, refused, report.read_text())

    def card(self, department: str | None, fields: str, period: tuple[str, str]) -> Any:
        """Fields of a scorecard; the root's where no department is named."""
        of = "organization" if department is None else f'department(key: "{department}")'
        document = (
            f"query ($p: PeriodInput!) {{ found: {of} {{ scorecard(period: $p) {{ {fields} }} }} }}"
        )
        period_input = {"p": {"from": period[0], "to": period[1]}}
        return self.platform.ask(document, period_input, self.reader)["found"]["scorecard"]

    def score(
        self, department: str | None, field: str, period: tuple[str, str], *, base: int
    ) -> Any:
        """A score once it has the base: it follows what is stored within a second."""
        deadline = time.monotonic() + VISIBLE_SECONDS
        fields = f"score: {field} {{ status value base interval {{ low high }} }}"
        while (found := self.card(department, fields, period)["score"])["base"] != base:
            assert time.monotonic() < deadline, f"still {found}"
            time.sleep(0.02)
        return found


def is_near(value: float, expected: float) -> bool:
    """To the four decimals in which figures are published."""
    return abs(value - expected) <= 0.5e-4
