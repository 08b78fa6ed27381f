"""One import of a small file, the way the command line does it."""

import csv
from dataclasses import dataclass
from pathlib import Path

from infra.local.importing.running import Options, run
from services.kit.mapping import ImportKind
from tests.unit.local.organisation import TOKEN, Organisation

MAPPING = """
[defaults]
survey = "pulse"
[columns]
department = "dept"
[answers.recommend]
column = "nps"
kind = "NPS"
[answers.overall]
column = "csat"
kind = "CSAT"
values = { "Good" = 5, "Bad" = 1, "Don't know" = "DONT_KNOW" }
[answers.why]
column = "words"
kind = "TEXT"
[format]
missing = ["NA"]
[create]
survey = true
departments = true
"""
HEAD = "dept,nps,csat,words\n"


@dataclass(frozen=True)
class Outcome:
    """The counts, and the report's lines without its header."""

    stored: int
    already: int
    refused: int
    report: list[list[str]]


@dataclass(frozen=True)
class Importer:
    """Writes file and mapping into a folder and imports them into an organisation."""

    folder: Path
    organisation: Organisation

    def __call__(
        self,
        kind: ImportKind,
        mapping: str,
        content: str,
        *,
        dry_run: bool = False,
        token: str = TOKEN,
    ) -> Outcome:
        file, rules = self.folder / "file.csv", self.folder / "mapping.toml"
        file.write_text(content, newline="")
        rules.write_text(mapping)
        url = "http://platform"
        tally = run(Options(kind, file, rules, dry_run, None, url, token, self.organisation))
        report = self.folder / "file.csv.errors.csv"
        lines = list(csv.reader(report.open(newline=""))) if report.exists() else [[]]
        report.unlink(missing_ok=True)
        return Outcome(tally.stored, tally.already, tally.refused, lines[1:])
