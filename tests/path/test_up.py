"""`cxm up` as a person starts it: the whole platform in its own processes."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.local import orphans

pytestmark = pytest.mark.xdist_group("platform")

CXM = Path(sys.executable).with_name("cxm")
START_SECONDS = 90.0
STOP_SECONDS = 15.0


def free_port() -> int:
    with socket.socket() as candidate:
        candidate.bind(("127.0.0.1", 0))
        port: int = candidate.getsockname()[1]
        return port


def eventually(claim: Callable[[], bool], *, seconds: float) -> None:
    """Wait until something outside this process is so."""
    deadline = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


@dataclass(frozen=True)
class Running:
    """A started `cxm up`."""

    process: "subprocess.Popen[bytes]"
    data_dir: Path
    port: int
    output: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.output.read_text()
        try:
            return httpx.get(f"{self.url}/readyz", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def has_printed_its_page(self) -> bool:
        assert self.process.poll() is None, self.output.read_text()
        return "Ctrl-C ends everything" in self.output.read_text()

    def pids(self) -> list[int]:
        return [record[0] for record in json.loads((self.data_dir / "processes.json").read_text())]

    def ask(self, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        token = cxm("token", "--role", "admin", "--data-dir", str(self.data_dir)).stdout.split()[-1]
        reply = httpx.post(
            f"{self.url}/graphql",
            json={"query": query, "variables": variables or {}},
            headers={"Authorization": f"Bearer {token}"},
            trust_env=False,
        )
        data: dict[str, Any] = reply.json()["data"]
        return data


def cxm(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([CXM, *arguments], capture_output=True, text=True, check=False)


@contextmanager
def up(data_dir: Path, output: Path, *arguments: str) -> Iterator[Running]:
    """A started platform; ended as with Ctrl-C if the test has not ended it."""
    port = free_port()
    command = [str(CXM), "up", "--data-dir", str(data_dir), "--port", str(port), *arguments]
    with output.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, start_new_session=True)
    try:
        yield Running(process, data_dir, port, output)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_SECONDS + 5)


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A platform without the demo, in Riga."""
    base = tmp_path_factory.mktemp("up")
    with up(base / "data", base / "output", "--no-demo", "--time-zone", "Europe/Riga") as running:
        eventually(running.has_printed_its_page, seconds=START_SECONDS)
        yield running


def test_the_page_stands_when_the_platform_is_ready(platform: Running) -> None:
    assert platform.is_ready()
    assert f"{platform.url}/graphql" in platform.output.read_text()


def test_the_printed_commands_work_as_they_are(platform: Running) -> None:
    lines = platform.output.read_text().splitlines()
    commands = [line for line in lines if line.startswith("curl ")]
    assert len(commands) == 3
    for command in commands:
        told = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
        reply = json.loads(told.stdout)
        assert "errors" not in reply, command
        assert 'userErrors": [{' not in told.stdout.decode(), command


def test_a_second_start_on_the_same_data_says_who_has_them(platform: Running) -> None:
    refused = cxm("up", "--data-dir", str(platform.data_dir), "--port", str(free_port()))
    assert refused.returncode == 1
    assert f"process {platform.process.pid}" in refused.stderr


def test_a_busy_port_is_named(platform: Running, tmp_path: Path) -> None:
    refused = cxm("up", "--data-dir", str(tmp_path / "other"), "--port", str(platform.port))
    assert refused.returncode == 1
    assert f"port {platform.port}" in refused.stderr


def test_any_killed_process_comes_back(platform: Running) -> None:
    source = random.Random(7)
    for victim in source.sample(platform.pids(), 3):
        os.kill(victim, signal.SIGKILL)
        eventually(lambda gone=victim: gone not in platform.pids(), seconds=20)  # type: ignore[misc]
        eventually(platform.is_ready, seconds=30)
    assert platform.ask("{ organization { key } }")["organization"] == {"key": "root"}


def test_ctrl_c_leaves_no_process_and_the_second_start_has_the_data(tmp_path: Path) -> None:
    create = """mutation { upsertDepartments(input: {departments: [
      {key: "root", name: "Kept"}]}) { userErrors { message } } }"""
    with up(tmp_path / "data", tmp_path / "first", "--no-demo") as running:
        eventually(running.has_printed_its_page, seconds=START_SECONDS)
        running.ask(create)
        pids = running.pids()
        began = time.monotonic()
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(STOP_SECONDS) == 0
        assert time.monotonic() - began < STOP_SECONDS
        assert not any(orphans.birth_of(pid) for pid in pids)

    zone = cxm("up", "--data-dir", str(tmp_path / "data"), "--time-zone", "Asia/Tokyo")
    assert zone.returncode == 1
    assert "time zone UTC" in zone.stderr
    with up(tmp_path / "data", tmp_path / "second", "--no-demo") as running:
        eventually(running.is_ready, seconds=START_SECONDS)
        assert running.ask("{ organization { name } }")["organization"] == {"name": "Kept"}


@pytest.mark.parametrize("processes", [1, 3, 6])
def test_being_ended_during_the_start_leaves_no_process(tmp_path: Path, processes: int) -> None:
    with up(tmp_path / "data", tmp_path / "output", "--no-demo") as running:
        records = tmp_path / "data" / "processes.json"
        started = lambda: records.exists() and len(running.pids()) >= processes  # noqa: E731
        eventually(started, seconds=START_SECONDS)
        pids = running.pids()
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(STOP_SECONDS) == 0

    assert not any(orphans.birth_of(pid) for pid in pids)
    assert not records.exists()
