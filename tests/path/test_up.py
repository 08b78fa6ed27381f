"""`cxm up`: what it says, what it survives, what it leaves."""

import json
import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from infra.cli.options import DEFAULT_URL
from infra.local import datadir
from infra.local.demo import visit
from infra.local.demo.responses import COUNT
from infra.local.demo.staff import EMPLOYEES
from infra.local.supervising import orphans
from tests.support.platform import (
    CXM,
    DEMO_SECONDS,
    START_SECONDS,
    STOP_SECONDS,
    Running,
    cxm,
    eventually,
    free_port,
    up,
)
from tests.support.settled import is_settled

NAME_THE_ROOT = """mutation {
  upsertDepartments(input: {departments: [{key: "root", name: "Kept"}]}) { userErrors { code } }
}"""
ROOT = Path(__file__).parents[2]
EXAMPLES = [
    ROOT / name
    for name in ("README.md", "docs/first-steps.md", "docs/waves.md", "gateway/README.md")
]
PLAIN_COMMAND = re.compile(
    r"(?:\S+=\S+ )*(?:export|curl|cat|make|python|pip|(?:\.venv/bin/)?cxm)\b"
)
IMPORTED = re.compile(r"^\S*cxm import (?!--suggest)", re.MULTILINE)
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BASE = """query ($from: Date!, $to: Date!) { organization {
  scorecard(period: {from: $from, to: $to}) { nps { base } turnoverRate { base } } } }"""


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A platform without the demo, in Riga; the last of its tests ends it."""
    base = tmp_path_factory.mktemp("up")
    with up(base / "data", base / "output", "--no-demo", "--time-zone", "Europe/Riga") as running:
        eventually(running.has_printed_its_page, seconds=START_SECONDS)
        yield running


def test_the_page_stands_when_the_platform_is_ready(started: Running) -> None:
    assert started.is_ready()
    assert f"{started.url}/graphql" in started.output.read_text()


def test_the_printed_commands_work_as_they_are(started: Running) -> None:
    lines = started.output.read_text().splitlines()
    commands = [line for line in lines if line.startswith("curl ")]
    assert len(commands) == 3
    for command in commands:
        curl = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
        reply = json.loads(curl.stdout)
        assert "errors" not in reply, command
        assert not any(field.get("userErrors") for field in reply["data"].values()), command


def test_the_printed_link_signs_a_browser_in_once(started: Running) -> None:
    lines = started.output.read_text().splitlines()
    link = lines[lines.index("admin") + 1]
    own = {"origin": started.url, "x-cxm": "1"}
    with httpx.Client(base_url=started.url, headers=own, trust_env=False) as browser:
        spent, again = browser.post(link), browser.post(link)
        me = browser.post("/graphql", json={"query": "{ viewer { subject } }"}).json()
        browser.post("/signout")
        kept = {"cookie": f"cxm={spent.cookies['cxm']}"}
        ended = browser.post("/graphql", json={"query": "{ __typename }"}, headers=kept).json()

    assert (spent.headers["location"], again.status_code) == ("/", 409)
    assert me == {"data": {"viewer": {"subject": "admin"}}}
    assert ended["errors"][0]["extensions"]["reason"] == "SESSION_ENDED"


def test_a_second_start_on_the_same_data_says_who_has_them(started: Running) -> None:
    refused = cxm("up", "--data-dir", str(started.data_dir), "--port", str(free_port()))
    assert refused.returncode == 1
    assert f"process {started.process.pid}" in refused.stderr


def test_a_busy_port_is_named(started: Running, tmp_path: Path) -> None:
    refused = cxm("up", "--data-dir", str(tmp_path / "other"), "--port", str(started.port))
    assert refused.returncode == 1
    assert f"port {started.port}" in refused.stderr


def test_killed_processes_come_back(started: Running) -> None:
    source = random.Random(7)
    for victim in source.sample(started.pids(), 3):
        os.kill(victim, signal.SIGKILL)
        eventually(lambda gone=victim: gone not in started.pids(), seconds=30)  # type: ignore[misc]
        eventually(started.is_ready, seconds=60)
    assert started.ask("{ organization { key } }") == {"organization": {"key": "root"}}


def test_ctrl_c_leaves_no_process_and_the_second_start_has_the_data(
    started: Running, tmp_path: Path
) -> None:
    started.ask(NAME_THE_ROOT)
    pids = started.pids()
    began = time.monotonic()

    started.process.send_signal(signal.SIGINT)

    assert started.process.wait(STOP_SECONDS) == 0
    assert time.monotonic() - began < STOP_SECONDS
    assert not any(orphans.birth_of(pid) for pid in pids)
    with up(started.data_dir, tmp_path / "second", "--no-demo") as running:
        eventually(running.is_ready, seconds=START_SECONDS)
        assert running.ask("{ organization { name } }") == {"organization": {"name": "Kept"}}


def test_another_time_zone_on_the_same_data_is_refused(started: Running) -> None:
    refused = cxm("up", "--data-dir", str(started.data_dir), "--time-zone", "Asia/Tokyo")
    assert refused.returncode == 1
    assert "time zone Europe/Riga" in refused.stderr


def test_being_ended_during_the_start_leaves_no_process(tmp_path: Path) -> None:
    with up(tmp_path / "data", tmp_path / "output", "--no-demo") as running:
        eventually(lambda: len(running.pids()) >= 2, seconds=START_SECONDS)
        pids = running.pids()
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(STOP_SECONDS) == 0

    assert not any(orphans.birth_of(pid) for pid in pids)
    assert not (tmp_path / "data" / "processes.json").exists()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A platform with the demo, whose supervisor was killed while it loaded."""
    base = tmp_path_factory.mktemp("demo")
    data_dir = base / "data"

    def has_begun_the_demo() -> bool:
        state = datadir.find_state(data_dir)
        return state is not None and state.demo is not None and state.demo.done >= 5

    with up(data_dir, base / "first", "--demo-pulses", "1") as running:
        eventually(has_begun_the_demo, seconds=START_SECONDS)
        pids = running.pids()
        running.process.kill()
        running.process.wait()
        eventually(lambda: not any(orphans.birth_of(pid) for pid in pids), seconds=STOP_SECONDS)

    with up(data_dir, base / "second") as running:
        eventually(running.has_printed_its_page, seconds=DEMO_SECONDS)
        yield running


def test_a_demo_interrupted_by_a_kill_of_the_supervisor_goes_on_and_counts_each_answer_once(
    demo: Running,
) -> None:
    today = datetime.now(UTC).date()
    expected = {"nps": {"base": COUNT + visit.COUNT}, "turnoverRate": {"base": EMPLOYEES}}
    year = {"from": str(today - timedelta(days=370)), "to": str(today + timedelta(days=1))}
    eventually(lambda: is_settled(demo.data_dir), seconds=START_SECONDS)
    assert demo.ask(BASE, year)["organization"]["scorecard"] == expected


def run_in(folder: Path, script: str, url: str) -> "subprocess.CompletedProcess[str]":
    """A shell where a person would paste, with another address."""
    environment = {name: value for name, value in os.environ.items() if name != "CXM_TOKEN"}
    return subprocess.run(
        ["bash", "-c", f"set -euxo pipefail\n{script}".replace(DEFAULT_URL, url)],
        cwd=folder,
        env={**environment, "CXM_URL": url, "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_examples_of_the_readmes_run_as_they_are(demo: Running, tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(CXM.parent)
    (tmp_path / "infra").symlink_to(ROOT / "infra")
    (tmp_path / ".cxm").symlink_to(demo.data_dir)
    blocks = [block for readme in EXAMPLES for block in FENCED.findall(readme.read_text())]
    shell = [text for language, text in blocks if language == "sh"]

    done = run_in(tmp_path, "\n".join(shell), demo.url)

    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("Billing and payments", "Invoicing"):
        assert f'{{"data":{{"department":{{"name":"{name}"' in done.stdout
    assert '"errors"' not in done.stdout
    assert done.stdout.count("refused 0") == len(IMPORTED.findall("\n".join(shell))) > 0
    assert "stored 2, already stored 0" in done.stdout
    assert "all agrees" in done.stdout
    assert len((tmp_path / "responses.csv").read_text().splitlines()) == 2
    assert '"stored":1,"corrected":0,"alreadyStored":0,"refused":0' in done.stdout
    assert len((tmp_path / "scores.csv").read_text().splitlines()) > 1
    (mutation,) = [text for language, text in blocks if language == "graphql"]
    assert demo.ask(mutation)["submitResponse"]["userErrors"] == []


def commands(text: str) -> list[str]:
    """Lines of a block that a person would paste into a shell."""
    return [line for line in text.splitlines() if PLAIN_COMMAND.match(line)]


def test_no_other_block_of_the_readmes_is_to_be_pasted_but_tasks_of_make() -> None:
    blocks = [block for readme in EXAMPLES for block in FENCED.findall(readme.read_text())]
    others = [text for language, text in blocks if language not in ("sh", "graphql")]

    tasks = [line for text in others for line in commands(text)]

    assert tasks
    for task in tasks:
        rehearsal = ["bash", "-c", task.replace("make", "make -n", 1)]
        done = subprocess.run(rehearsal, cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == 0, task


def test_commands_are_told_from_pictures() -> None:
    picture = "rpc.py -> curl\n  cxm up\nmaker"

    assert commands(f"X=1 curl -sS here\n{picture}\n.venv/bin/cxm up") == [
        "X=1 curl -sS here",
        ".venv/bin/cxm up",
    ]
