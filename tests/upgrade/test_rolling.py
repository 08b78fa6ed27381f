"""Yesterday's code runs on today's schema, and today's after it: a rollout may be turned back, and begun again."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import asyncpg
import httpx
import pytest

from infra.local.postgres import postgres
from infra.roles import SERVICES
from tests.support import releases
from tests.support.database import execute
from tests.support.harm import process_of
from tests.support.platform import (
    START_SECONDS,
    STOP_SECONDS,
    Running,
    eventually,
    free_port,
    up,
)
from tests.upgrade.support import code, dump
from tests.upgrade.support.asking import nps, reconcile, submit

LATER = "9999"
TABLES = (
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
)
RESPONSE = {
    "survey": "every",
    "department": "riga",
    "occurredAt": "2026-10-01T10:00:00Z",
    "answers": [{"question": "nps", "score": 10}],
}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """The data of the last release."""
    asyncio.run(dump.restore(releases.FOLDER / releases.last().version, tmp_path / "data"))
    return tmp_path / "data"


@contextmanager
def running(data_dir: Path, code: Path | None = None) -> Iterator[Running]:
    with up(data_dir, data_dir.with_name("output"), "--no-demo", code=code) as platform:
        eventually(platform.is_ready, seconds=START_SECONDS)
        yield platform


@contextmanager
def gateway_beside(platform: Running, code: Path | None, folder: Path) -> Iterator[Running]:
    """Another gateway over the services of a platform, as during a rollout: of today's code or another."""
    pid = process_of(platform, "gateway.main")
    port, health = free_port(), folder / "health.sock"
    kept = Path(f"/proc/{pid}/environ").read_text().split("\0")
    environment = dict(line.split("=", 1) for line in kept if line)
    environment |= {
        "PYTHONPATH": str(code or ""),
        "CXM_GATEWAY_PORT": str(port),
        "CXM_GATEWAY_HEALTH_ADDRESS": f"unix:{health}",
    }
    with platform.output.open("ab") as output:
        command = [sys.executable, "-P", "-m", "gateway.main"]
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=output, cwd=folder
        )
    try:
        eventually(lambda: ready(health), seconds=START_SECONDS)
        yield replace(platform, port=port)
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def ready(health: Path) -> bool:
    transport = httpx.HTTPTransport(uds=str(health), verify=False)
    with httpx.Client(transport=transport, timeout=5) as client:
        try:
            return client.get("http://gateway/readyz").is_success
        except httpx.TransportError:
            return False


def respond(platform: Running) -> int:
    """Submit a response, and return how many are counted with it."""
    base = nps(platform)[0]
    assert submit(platform, RESPONSE)[0] == "STORED"
    eventually(lambda: nps(platform)[0] == base + 1, seconds=10)
    return base + 1


async def migrate_ahead(data_dir: Path) -> None:
    """Make the schema one of a later version, which has a column more in every table."""
    async with postgres(data_dir, durable=False) as server:
        for service in SERVICES:
            connection = await asyncpg.connect(server.service_url(service, "owner"))
            for (table,) in await connection.fetch(TABLES):
                await connection.execute(f"ALTER TABLE {table} ADD COLUMN later text DEFAULT ''")
            await connection.execute("UPDATE alembic_version SET version_num = $1", LATER)
            await connection.close()


def test_the_last_release_runs_on_todays_schema_and_today_after_it(
    data_dir: Path, tmp_path: Path
) -> None:
    release = releases.last()
    if sys.platform != "linux":
        pytest.skip("another gateway is started with what /proc says of the first")
    if not release.rolling:
        pytest.skip(f"{release.version} is upgraded with all processes stopped")
    commit = code.commit_of(release.version)
    if commit is None:
        pytest.skip(f"the history does not go back to {release.version}: clone it whole")
    yesterday = code.install(commit, tmp_path)

    with running(data_dir) as platform:
        base = respond(platform)
    with running(data_dir, yesterday) as platform:
        assert nps(platform)[0] == base
        assert respond(platform) == base + 1
        with gateway_beside(platform, None, tmp_path) as todays:
            assert respond(todays) == base + 2
    with running(data_dir) as platform:
        assert nps(platform)[0] == base + 2
        assert respond(platform) == base + 3
        with gateway_beside(platform, yesterday, tmp_path) as yesterdays:
            assert respond(yesterdays) == base + 4
        assert reconcile(platform)[0] == 0


def test_todays_code_runs_on_a_later_schema_that_takes_nothing_away(data_dir: Path) -> None:
    with running(data_dir) as platform:
        base = respond(platform)
    asyncio.run(migrate_ahead(data_dir))
    with running(data_dir) as platform:
        assert nps(platform)[0] == base
        assert respond(platform) == base + 1
        assert reconcile(platform)[0] == 0

        execute(data_dir, "cxm_survey", "ALTER TABLE survey_response DROP COLUMN segment CASCADE")
        with pytest.raises(AssertionError):
            respond(platform)
