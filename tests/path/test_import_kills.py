"""The client and every part are killed while a file comes in; the counts are exact all the same."""

import os
import random
import subprocess
from collections import Counter
from pathlib import Path

import httpx

from tests.support.harm import is_connected, kill
from tests.support.platform import CXM, Running, eventually

ROWS = 50_000
DEPARTMENTS = 20
VICTIMS = (
    "services.metrics.main",
    "nats-server",
    "bin/postgres",
    "services.survey.main",
    "gateway.main",
)
MAPPING = """
[defaults]
survey = "relationship"
[columns]
id = "id"
department = "department"
occurred_at = "day"
[answers.recommend]
column = "score"
kind = "NPS"
[format]
dates = ["%Y-%m-%d"]
[create]
survey = true
departments = true
"""
SCORES = """query ($key: String!) { department(key: $key) {
  scorecard(period: {from: "2026-01-01", to: "2026-07-01"}) {
    nps { base distribution { value count } } } } }"""


def write_rows(path: Path) -> dict[str, Counter[int]]:
    """A file of responses; returns how often each department was expected each score."""
    dice, expected = random.Random(1), dict[str, Counter[int]]()
    with path.open("w") as file:
        file.write("id,department,day,score\n")
        for number in range(ROWS):
            department, score = f"d{dice.randrange(DEPARTMENTS)}", dice.randrange(11)
            month, day = dice.randrange(1, 7), dice.randrange(1, 29)
            file.write(f"{number},{department},2026-{month:02}-{day:02},{score}\n")
            expected.setdefault(department, Counter())[score] += 1
    return expected


def counts(platform: Running, department: str) -> Counter[int]:
    try:
        department_now = platform.ask(SCORES, {"key": department})["department"]
    except httpx.TransportError:
        return Counter()  # the gateway may be the one that was killed
    if department_now is None:
        return Counter()
    score = department_now["scorecard"]["nps"]
    return Counter({b["value"]: b["count"] for b in score["distribution"] or () if b["count"]})


def start_import(platform: Running, folder: Path) -> "subprocess.Popen[str]":
    """The command on the file and the mapping in a folder; its output can be read."""
    return subprocess.Popen(
        [
            *(str(CXM), "import", "responses", str(folder / "rows.csv")),
            *("--mapping", str(folder / "mapping.toml"), "--url", platform.url),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "CXM_TOKEN": platform.token("admin")},
    )


def test_kills_during_an_import_lose_nothing_and_count_nothing_twice(
    platform: Running, tmp_path: Path
) -> None:
    expected = write_rows(tmp_path / "rows.csv")
    (tmp_path / "mapping.toml").write_text(MAPPING)
    client = start_import(platform, tmp_path)
    eventually(lambda: sum(counts(platform, "d0").values()) > 0, seconds=60)
    client.kill()
    client.communicate()
    importing = start_import(platform, tmp_path)
    eventually(lambda: is_connected(importing.pid, platform.port), seconds=60)
    for victim in VICTIMS:
        assert importing.poll() is None, "the import was over before every part was killed once"
        kill(platform, victim)
    output, _ = importing.communicate(timeout=240)

    assert importing.returncode == 0, output
    eventually(platform.is_ready, seconds=60)
    for department, scores in expected.items():
        eventually(lambda d=department, s=scores: counts(platform, d) == s, seconds=60)  # type: ignore[misc]
    assert all(counts(platform, department) == scores for department, scores in expected.items())
