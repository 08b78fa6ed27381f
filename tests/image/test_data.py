"""What happens to data in containers: an import that loses its service, and a backup made by the image."""

import asyncio
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

from infra.cli.backups.manifest import SUMS
from infra.roles import BY_SERVICE, SERVICES
from tests.image.support.deploying import OWN_UID, migrate, mint, programs, running, to_end
from tests.image.support.engine import Container
from tests.image.support.running import InContainers, start
from tests.support.platform import CXM, Asked, eventually

ROWS = 150_000
IMPORT_SECONDS = 240.0  # a busy machine
MAPPING = """
[defaults]
survey = "relationship"
[columns]
id = "id"
department = "department"
[answers.recommend]
column = "score"
kind = "NPS"
[create]
survey = true
departments = true
"""
COUNT = "SELECT count(*) FROM survey_response"
COUNTED = """query ($from: Date!, $to: Date!) { organization {
  scorecard(period: {from: $from, to: $to}) { nps { base } } } }"""
COUNTED_SECONDS = 60.0
SURVEY = "survey"


@pytest.fixture(scope="module")
def migrated(deployment: InContainers) -> InContainers:
    """A deployment whose databases have their schema."""
    migrate(OWN_UID, deployment)
    return deployment


def write(folder: Path) -> tuple[Path, Path]:
    """A file of responses that takes long enough to be interrupted, and its mapping."""
    mapping, file = folder / "mapping.toml", folder / "responses.csv"
    mapping.write_text(MAPPING)
    rows = (f"{number},d{number % 20},{number % 11}\n" for number in range(ROWS))
    file.write_text("id,department,score\n" + "".join(rows))
    return mapping, file


def fetch(deployment: InContainers, query: str, database: str = "cxm_survey") -> int:
    async def run() -> int:
        connection = await asyncpg.connect(deployment.postgres.url(database=database))
        try:
            found: int = await connection.fetchval(query)
            return found
        finally:
            await connection.close()

    return asyncio.run(run())


def execute(deployment: InContainers, statement: str, database: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(deployment.postgres.url(database=database))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())


async def end_in_mid_file(survey: Container, deployment: InContainers) -> int:
    """Ask survey to end; its exit status. Nothing is stored meanwhile, so no import is too fast for this."""
    connection = await asyncpg.connect(deployment.postgres.url(database="cxm_survey"))
    try:
        async with connection.transaction():
            await connection.execute("LOCK TABLE survey_response IN SHARE MODE")
            survey.terminate()
            return await asyncio.to_thread(survey.status)
    finally:
        await connection.close()


def databases(deployment: InContainers, prefix: str) -> list[str]:
    """Options of the command: where each database is."""
    urls = {name: deployment.postgres.url(database=f"{prefix}_{name}") for name in SERVICES}
    return [word for name, url in urls.items() for word in ("--database", f"{name}={url}")]


def counted(deployment: InContainers) -> int:
    """How many answers the score of the organisation is counted from."""
    today = datetime.now(UTC).date()
    period = {"from": str(today - timedelta(1)), "to": str(today + timedelta(2))}
    data = Asked(deployment.data_dir, deployment.port).ask(COUNTED, period)
    nps = data["organization"]["scorecard"]["nps"]
    return int(nps["base"]) if nps else 0


def start_import(deployment: InContainers, folder: Path, token: str) -> "subprocess.Popen[bytes]":
    mapping, file = write(folder)
    command = [CXM, "import", "responses", file, "--mapping", mapping, "--url", deployment.url]
    with (folder / "said").open("wb") as said:
        return subprocess.Popen(
            [*map(str, command), "--token", token], stdout=said, stderr=subprocess.STDOUT
        )


def test_an_import_that_loses_its_service_is_stored_once_and_whole(
    migrated: InContainers, tmp_path: Path
) -> None:
    """The first process of a container hears no signal that it does not ask for; it ends with 0 all the same."""
    token = to_end(OWN_UID, mint(migrated, "admin"), migrated).splitlines()[-1]
    with running(OWN_UID, migrated) as started:
        importing = start_import(migrated, tmp_path, token)
        deadline = time.monotonic() + IMPORT_SECONDS
        while fetch(migrated, COUNT) == 0:
            assert importing.poll() is None, (tmp_path / "said").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        survey = started[SURVEY].container
        assert asyncio.run(end_in_mid_file(survey, migrated)) == 0, survey.logs()
        before = fetch(migrated, COUNT)
        assert 0 < before < ROWS

        role = BY_SERVICE[SURVEY]
        program = next(one for of, one, _ in programs(OWN_UID, migrated) if of is role)
        again = start(role, OWN_UID, program, migrated, port=migrated.ports[SURVEY])
        try:
            assert importing.wait(IMPORT_SECONDS) == 0, (tmp_path / "said").read_text()
            assert fetch(migrated, COUNT) == ROWS
            eventually(lambda: counted(migrated) >= ROWS, seconds=COUNTED_SECONDS)
            assert counted(migrated) == ROWS
        finally:
            again.container.remove()


def test_a_backup_made_by_the_image_is_restored_by_it(
    migrated: InContainers, tmp_path: Path
) -> None:
    folder, keys = migrated.data_dir / "backup", migrated.data_dir / "restored-keys"
    for service in SERVICES:
        execute(migrated, f"CREATE DATABASE restored_{service}", "postgres")

    source = databases(migrated, "cxm")
    secrets = str(migrated.keys.directory)
    to_end(OWN_UID, ("cxm", "backup", "--to", str(folder), "--keys", secrets, *source), migrated)
    target = ("--keys", str(keys), *databases(migrated, "restored"))
    said = to_end(OWN_UID, ("cxm", "restore", "--from", str(folder), *target), migrated)

    assert (folder / SUMS).exists(), said
    assert (keys / "issuer.jwk").read_bytes() == migrated.keys.issuer.read_bytes()
    assert fetch(migrated, COUNT) == fetch(migrated, COUNT, "restored_survey") > 0
