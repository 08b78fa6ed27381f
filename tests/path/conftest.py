"""Every process up, driven as a stranger would: one command, then the public API."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

CXM = Path(sys.executable).with_name("cxm")
START_SECONDS = 120.0
STOP_SECONDS = 20.0


def free_port() -> int:
    with socket.socket() as candidate:
        candidate.bind(("127.0.0.1", 0))
        port: int = candidate.getsockname()[1]
        return port


def eventually(claim: Callable[[], bool], *, seconds: float = 30.0) -> None:
    """Wait until something outside this process is so."""
    deadline = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@dataclass(frozen=True)
class Platform:
    """A running platform without the demo organisation."""

    process: "subprocess.Popen[bytes]"
    data_dir: Path
    url: str
    output: Path

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.output.read_text()
        try:
            return httpx.get(f"{self.url}/readyz", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def pids(self) -> dict[str, int]:
        """Process ids by name."""
        records = json.loads((self.data_dir / "processes.json").read_text())
        return {record[1]: record[0] for record in records}

    def cxm(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """The command line, run to its end."""
        return subprocess.run(
            [str(CXM), *arguments],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **environment},
        )

    def token(self, role: str = "admin", department: str | None = None) -> str:
        scope = ["--department", department] if department else []
        told = self.cxm("token", "--role", role, "--data-dir", str(self.data_dir), *scope)
        assert told.returncode == 0, told.stderr
        return told.stdout.splitlines()[-1]

    def reply(
        self,
        query: str,
        variables: dict[str, Any] | None = None,
        token: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        """The whole answer to a GraphQL document; without a token as nobody in particular."""
        found: dict[str, Any] = httpx.post(
            f"{self.url}/graphql",
            json={"query": query, "variables": variables or {}},
            headers={
                **(headers or {}),
                **({"Authorization": f"Bearer {token}"} if token else {}),
            },
            timeout=60,
            trust_env=False,
        ).json()
        return found

    def query(
        self, query: str, variables: dict[str, Any] | None = None, token: str | None = None
    ) -> dict[str, Any]:
        """The data of a GraphQL document that must succeed; as an admin unless a token is given."""
        reply = self.reply(query, variables, token or self.token())
        assert "errors" not in reply, reply
        data: dict[str, Any] = reply["data"]
        return data


StartPlatform = Callable[..., Platform]


@pytest.fixture
def start_platform(tmp_path: Path) -> Iterator[StartPlatform]:
    """`start_platform("--time-zone", "Europe/Riga")`: `cxm up` with an empty organisation, ready."""
    with ExitStack() as stack:

        def start(*arguments: str, data_dir: Path | None = None) -> Platform:
            port, output = free_port(), tmp_path / f"output-{time.monotonic_ns()}"
            data_dir = data_dir or tmp_path / "data"
            command = [str(CXM), "up", "--no-demo", "--port", str(port)]
            with output.open("wb") as file:
                process = subprocess.Popen(
                    [*command, "--data-dir", str(data_dir), *arguments],
                    stdout=file,
                    stderr=file,
                    start_new_session=True,
                )
            stack.callback(_stop, process)
            platform = Platform(process, data_dir, f"http://127.0.0.1:{port}", output)
            eventually(platform.is_ready, seconds=START_SECONDS)
            return platform

        yield start


@pytest.fixture
def platform(start_platform: StartPlatform) -> Platform:
    """A platform of its own for one test."""
    return start_platform()


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    process.wait(STOP_SECONDS)


@pytest.fixture
def data() -> Path:
    """The folder of real data sets; tests that need one are skipped where it is absent."""
    folder = os.environ.get("CXM_TEST_DATA")
    if not folder:
        pytest.skip("CXM_TEST_DATA is not set: no real data sets here")
    return Path(folder)
