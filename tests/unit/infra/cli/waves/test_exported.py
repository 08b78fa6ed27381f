"""`cxm waves results`: what it writes into files."""

import csv
import io

import orjson
from typer.testing import CliRunner

from infra.cli.cli import app
from tests.unit.infra.cli.waves.support.waves import (
    CARE,
    Platform,
)


def test_a_wave_is_exported_as_csv(platform: Platform) -> None:
    done = CliRunner().invoke(app, ["waves", "results", "told", "--format", "csv", "--by", "place"])

    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["department"], row["category"], row["item"], row["status"]) for row in rows] == [
        ("care", "", "enps", "OK"),
        ("care", "", "engagement", "OK"),
        ("care", "", "tools", "OK"),
        ("care", "", "unfair", "WITHHELD"),
        ("care", "Riga", "engagement", "OK"),
        ("care", "", "engagement", "OK"),
        ("chat", "", "", "WITHHELD"),
    ]
    assert rows[0] == {
        "wave": "told",
        "department": "care",
        "dimension": "",
        "category": "",
        "item": "enps",
        "status": "OK",
        "counted_in": "",
        "value": "8.25",
        "low": "-6.0",
        "high": "22.41",
        "method": "adjusted Wald",
        "n": "123",
        "bands": "promoters=0.4 detractors<=0.1",
        "change": "-4.0",
        "change_low": "-9.0",
        "change_high": "1.0",
        "verdict": "NONE",
    }
    assert [row["dimension"] for row in rows] == ["", "", "", "", "place", "place", ""]
    assert rows[-1]["counted_in"] == "Customer care"


def test_a_wave_is_exported_as_a_line_of_json_for_each_department(platform: Platform) -> None:
    done = CliRunner().invoke(
        app, ["waves", "results", "told", "--format", "json", "--by", "place"]
    )

    care, chat = map(orjson.loads, done.stdout.splitlines())
    assert care["scores"] == CARE["scores"]
    assert care["breakdown"]["dimension"] == "place"
    assert (chat["department"], chat["status"], chat["countedIn"]) == (
        "chat",
        "WITHHELD",
        "Customer care",
    )


def test_comments_are_exported_so_that_no_spreadsheet_runs_them(platform: Platform) -> None:
    asked = ["waves", "results", "told", "--comments", "--format"]
    rows = list(csv.DictReader(io.StringIO(CliRunner().invoke(app, [*asked, "csv"]).stdout)))

    assert len(rows) == 150 + 1 + 2
    assert rows[0]["text"] == "'=danger()"
    assert (rows[150]["question"], rows[150]["status"], rows[150]["counted_in"]) == (
        "change",
        "WITHHELD",
        "Aurora",
    )
    lines = CliRunner().invoke(app, [*asked, "json"]).stdout.splitlines()
    assert orjson.loads(lines[0])["text"] == "=danger()"
