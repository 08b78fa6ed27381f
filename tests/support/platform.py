"""`cxm up` as a person starts it, for tests: the whole platform in its own processes."""

import json
import os
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

from infra.local import keys
from infra.local.sockets import socket_dir

CXM = Path(sys.executable).with_name("cxm")
START_SECONDS = 120.0  # a busy machine; a quiet one needs 10
DEMO_SECONDS = 900.0  # two years of pulses are answered on the way; a quiet machine needs 150
STOP_SECONDS = 15.0


class ServiceAway(AssertionError):
    """A service did not answer: asked again in a moment it may."""


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
class Asked:
    """A platform that is asked through its public API."""

    data_dir: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def token(self, role: str, department: str | None = None) -> str:
        return keys.mint(self.data_dir, role, department)

    def ask(
        self, query: str, variables: dict[str, Any] | None = None, token: str | None = None
    ) -> dict[str, Any]:
        """The data of an operation that must succeed, with an admin's token unless another is given.

        ServiceAway while a service behind it is.
        """
        reply = httpx.post(
            f"{self.url}/graphql",
            json={"query": query, "variables": variables or {}},
            headers={"Authorization": f"Bearer {token or self.token('admin')}"},
            trust_env=False,
            verify=False,  # no TLS on loopback; loading certificates would cost more than the call
            timeout=30,
        )
        body: dict[str, Any] = reply.json()
        if any(error["extensions"]["code"] == "UNAVAILABLE" for error in body.get("errors", ())):
            raise ServiceAway(body)
        assert "errors" not in body, body
        data: dict[str, Any] = body["data"]
        return data


@dataclass(frozen=True)
class Running(Asked):
    """A started `cxm up`."""

    process: "subprocess.Popen[bytes]"
    output: Path

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.output.read_text()
        path = str(socket_dir(self.data_dir) / "gateway.sock")
        transport = httpx.HTTPTransport(uds=path, verify=False)
        try:
            with httpx.Client(transport=transport, timeout=5) as client:
                reply = client.get("http://gateway/readyz")
        except httpx.TransportError:
            return False
        return reply.status_code == httpx.codes.OK

    def has_printed_its_page(self) -> bool:
        assert self.process.poll() is None, self.output.read_text()
        return "Ctrl-C ends everything" in self.output.read_text()

    def pids(self) -> list[int]:
        """Of its processes, in the order of their start; none before the first started."""
        records = self.data_dir / "processes.json"
        return [record[0] for record in json.loads(records.read_text())] if records.exists() else []


def cxm(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command line, to its end."""
    return subprocess.run(
        [CXM, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


@contextmanager
def up(
    data_dir: Path,
    output: Path,
    *arguments: str,
    port: int | None = None,
    code: Path | None = None,
) -> Iterator[Running]:
    """A starting platform, of today's code unless another is installed in a folder; ended as with Ctrl-C if the test
    has not ended it."""
    port = port or free_port()
    command = [str(CXM)] if code is None else [sys.executable, str(code / "bin" / "cxm")]
    command += ["up", "--data-dir", str(data_dir), "--port", str(port), *arguments]
    environment = os.environ if code is None else {**os.environ, "PYTHONPATH": str(code)}
    with output.open("wb") as file:
        process = subprocess.Popen(
            command, stdout=file, stderr=file, env=environment, start_new_session=True
        )
    try:
        yield Running(data_dir, port, process, output)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_SECONDS + 5)
