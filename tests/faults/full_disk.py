"""`make full-disk`: the platform on a small disk, which fills under load and is emptied again.

While it is full who calls hears that it is, at once, and `cxm import` too; afterwards all goes on by itself, and what
was acknowledged is there, once.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from uuid_utils import uuid7

from infra.client.api import Api
from tests.faults.support.clients import DEPARTMENTS, ONE, Clients, Ledger, set_up
from tests.faults.support.disk import NoLoopMounts, disk, enter_own_namespace
from tests.faults.support.result import FaultResult, stored_ids, wait_for_result
from tests.support.platform import CXM, START_SECONDS, Running, eventually, up

DISK_BYTES = 640 * 1024**2
PIECE_BYTES = 1024**2
SIZES = (1, 5, 50)  # responses per call, of each client
ROWS = 5_000
TOLD_SECONDS = 8.0  # until whoever calls hears of the full disk
BACK_SECONDS = 40.0  # until all goes on: the clients wait up to 5 s between two attempts
PROBE, PROBED = str(uuid7()), (DEPARTMENTS[0], 9)  # sent again until it is stored
FULL = "the disk of this platform is full"
# The whole disk is to be met, and not the margin that survey keeps free.
WITHOUT_MARGIN = {"CXM_SURVEY_STORE_LOW_BYTES": "0", "CXM_SURVEY_STORE_LEAST_BYTES": "0"}
NEW_DEPARTMENTS = """mutation ($departments: [DepartmentInput!]!) {
  upsertDepartments(input: {departments: $departments}) { results { status } userErrors { message } } }"""
MAPPING = """[defaults]
survey = "pulse"
[columns]
id = "id"
department = "department"
occurred_at = "when"
[answers.recommend]
column = "score"
"""


def run(base: Path) -> FaultResult:
    """Fill the disk of a platform under load, look at what it says, and empty it."""
    with disk(base, DISK_BYTES) as small:
        # The files of uploads lie on the disk that fills, and so does what the command prints.
        os.environ |= {"TMPDIR": str(small.path), **WITHOUT_MARGIN}
        output = small.path / "output"
        with up(small.path / "data", output, "--no-demo") as platform:
            eventually(platform.is_ready, seconds=START_SECONDS)
            with Api(platform.url, platform.token("admin")) as api:
                set_up(api)
            return _fill_and_empty(platform, base, small.path)


def _fill_and_empty(platform: Running, base: Path, small: Path) -> FaultResult:
    clients = Clients(platform.url, platform.token("admin"), SIZES)
    eventually(lambda: len(clients.ledger.acked) > 500, seconds=START_SECONDS)
    rows = _write_rows(base)
    with _filled(small / "filling"):
        _check_callers_are_told(platform, ONE, _response)
        _check_callers_are_told(platform, NEW_DEPARTMENTS, _departments)
        importing = _Import(platform, base)
        eventually(lambda: importing.says(FULL), seconds=TOLD_SECONDS)
        assert importing.process.poll() is None, "the import gave up, where space may be made"
        acked = len(clients.ledger.acked)
    eventually(lambda: len(clients.ledger.acked) > acked + 100, seconds=BACK_SECONDS)
    assert importing.wait(BACK_SECONDS) == 0, importing.lines
    ledger = clients.stop()
    platform.ask(ONE, _response())
    ledger.acked[PROBE] = PROBED
    ledger.acked.update(zip(_imported(platform, ledger), rows, strict=True))
    result = wait_for_result(platform, ledger, "fillings", 1)
    assert platform.process.poll() is None, "the platform ended"
    return result


@contextmanager
def _filled(file: Path) -> Iterator[None]:
    """A disk without a free byte, again and again: what PostgreSQL and NATS give back is taken."""
    stopping = threading.Event()
    full = threading.Event()

    def fill() -> None:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            size = PIECE_BYTES
            while not stopping.is_set():
                try:
                    os.write(handle, bytes(size))
                except OSError:
                    size = max(size // 2, 1)
                    if size == 1:
                        full.set()
                        stopping.wait(0.01)
        finally:
            os.close(handle)

    filling = threading.Thread(target=fill)
    filling.start()
    try:
        assert full.wait(START_SECONDS), "the disk is not full"
        yield
    finally:
        stopping.set()
        filling.join()
        file.unlink()


def _check_callers_are_told(
    platform: Running, mutation: str, variables: Callable[[], dict[str, Any]]
) -> None:
    """An answer says in time that the disk is full. Until PostgreSQL needs more room it stores what comes."""
    deadline = time.monotonic() + TOLD_SECONDS
    while True:
        answer = httpx.post(
            f"{platform.url}/graphql",
            json={"query": mutation, "variables": variables()},
            headers={"Authorization": f"Bearer {platform.token('admin')}"},
            trust_env=False,
            timeout=TOLD_SECONDS,
        ).json()
        errors = answer.get("errors") or []
        if [error["extensions"].get("reason") for error in errors] == ["DISK_FULL"]:
            return
        assert time.monotonic() < deadline, answer
        time.sleep(0.1)


def _response() -> dict[str, Any]:
    department, score = PROBED
    answer = {"question": "recommend", "score": score}
    response = {"survey": "pulse", "department": department, "answers": [answer]}
    return {"input": {"id": PROBE, **response}}


def _departments() -> dict[str, Any]:
    keys = (f"n{uuid7().hex[-12:]}" for _ in range(100))
    return {"departments": [{"key": key, "name": key, "parent": "root"} for key in keys]}


def _write_rows(base: Path) -> list[tuple[str, int]]:
    """A file of responses and its mapping; the department and the score of each row."""
    rows = [(DEPARTMENTS[place % len(DEPARTMENTS)], place % 11) for place in range(ROWS)]
    today = datetime.now(UTC).date()
    lines = [f"{place},{row[0]},{today},{row[1]}" for place, row in enumerate(rows)]
    (base / "rows.csv").write_text("\n".join(["id,department,when,score", *lines]))
    (base / "mapping.toml").write_text(MAPPING)
    return rows


def _imported(platform: Running, ledger: Ledger) -> list[str]:
    """The ids that an import gave its rows, in no order: of those stored, the ones nobody else sent."""
    return list(stored_ids(platform.data_dir) - ledger.acked.keys())


class _Import:
    """`cxm import` as a person runs it, and what it prints meanwhile."""

    def __init__(self, platform: Running, base: Path) -> None:
        self.lines: deque[str] = deque(maxlen=100)
        command = (
            CXM,
            "import",
            "responses",
            base / "rows.csv",
            "--mapping",
            base / "mapping.toml",
        )
        self.process = subprocess.Popen(
            [*command, "--url", platform.url, "--token", platform.token("admin")],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reading = threading.Thread(target=self._read, daemon=True)
        self.reading.start()

    def says(self, words: str) -> bool:
        """Whether it has printed the words."""
        return any(words in line for line in list(self.lines))

    def wait(self, seconds: float) -> int:
        """Its exit status."""
        status = self.process.wait(seconds)
        self.reading.join()
        return status

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.lines.extend(self.process.stdout)


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    os.environ.setdefault("CXM_GATEWAY_SUBJECT_VALUES_RATE", "1000000")  # the clients share a token
    try:
        enter_own_namespace()
    except NoLoopMounts as why:
        sys.stdout.write(f"skipped: no image can be mounted here ({why})\n")
        return 0
    with tempfile.TemporaryDirectory() as directory:
        result = run(Path(directory))
    sys.stdout.write(f"{result}\n")
    return 1 if result.lost or result.twice else 0


if __name__ == "__main__":
    sys.exit(main())
