"""`cxm doctor` finds nothing wrong with a platform that is well, and what is really broken on it, each in a line."""

import asyncio
import json
import os
import signal
from pathlib import Path

import pytest
from nats.js.api import DiscardPolicy

from services.kit.rights.tokens import new_key
from tests.support.database import execute
from tests.support.harm import process_of
from tests.support.platform import cxm, free_port
from tests.support.platform_fixtures import StartPlatform
from tests.support.settled import broker

LETTER = """INSERT INTO dead_letter (durable, message_id, tries, error, subject, payload, died_at)
VALUES ('metrics-copy-surveys', 'm1', 8, 'DecodeError', 'cxm.survey.survey.changed.v1', '\\x00', now())"""


def doctor(*arguments: str, token: str = "") -> tuple[int, list[str]]:
    done = cxm("doctor", *arguments, CXM_TOKEN=token)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout.splitlines()


async def forget(data_dir: Path) -> None:
    """Let a stream drop old facts when it is full."""
    async with broker(data_dir) as client:
        stream = client.jetstream()
        config = (await stream.stream_info("SURVEY")).config
        config.discard = DiscardPolicy.OLD
        await stream.update_stream(config)


def of_version(version: str, folder: Path) -> Path:
    """A folder that makes the code a version, for processes that have it in their PYTHONPATH."""
    metadata = folder / f"cxm-{version}.dist-info" / "METADATA"
    metadata.parent.mkdir(parents=True)
    metadata.write_text(f"Metadata-Version: 2.1\nName: cxm\nVersion: {version}\n")
    return folder


def break_keys(secrets: Path) -> None:
    (secrets / "seal.key").chmod(0o644)
    (secrets / "link.key").write_text("no key")
    (secrets / "metrics.jwk").write_text(json.dumps(new_key("service:metrics")))
    (secrets / "import.key").unlink()


def test_what_is_broken_is_said_and_nothing_else(
    start_platform: StartPlatform, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CXM_SURVEY_LISTENN", "1")
    monkeypatch.setenv("PYTHONPATH", str(of_version("98.7.6", tmp_path / "other")))
    monkeypatch.setenv("CXM_GATEWAY_WEB", str(tmp_path / "none"))
    platform = start_platform()
    data_dir = str(platform.data_dir)
    monkeypatch.delenv("CXM_SURVEY_LISTENN")
    monkeypatch.delenv("PYTHONPATH")

    status, lines = doctor("--data-dir", data_dir)
    pages = f"gateway at {platform.url}: it has no pages, the API alone; build them (`make web`) "
    pages += "and name their folder in CXM_GATEWAY_WEB"
    assert (status, len(lines)) == (1, 3), lines
    assert lines.pop(1) == pages
    assert lines[0].startswith(
        "survey: a setting that nobody reads: CXM_SURVEY_LISTENN (is CXM_SURVEY_LISTEN meant?)"
    )
    assert lines[1].startswith("versions: all processes run 98.7.6, and this command is ")
    operator = platform.token("operator")
    assert doctor("--url", platform.url, token=operator) == (1, [pages, *lines[1:]])

    execute(platform.data_dir, "cxm_metrics", LETTER)
    execute(platform.data_dir, "cxm_profile", "UPDATE alembic_version SET version_num = '0001'")
    asyncio.run(forget(platform.data_dir))
    break_keys(platform.data_dir / "secrets")
    stopped = process_of(platform, "services.employee_exp.main")
    assert stopped is not None
    os.kill(stopped, signal.SIGSTOP)
    try:
        status, lines = doctor("--data-dir", data_dir)
        told = [line.replace(f"{data_dir}/secrets/", "") for line in lines]
        elsewhere = doctor("--url", platform.url, token=operator)[1]
    finally:
        os.kill(stopped, signal.SIGCONT)

    assert status == 1
    expected = {
        "seal.key: others may read it",
        "link.key: it holds no key",
        "import.key: it is missing",
        "metrics.jwk: trusted.jwks does not hold its public half",
        "employee_exp: it does not answer that it is ready",
        "survey: a setting that nobody reads",
        pages,
        "versions: all processes run 98.7.6",
        "database of profile: its schema is 0001, this version needs",
        "database of metrics: 1 dead letters",
        "stream SURVEY: its discard is old, not new",
        f"metrics: {data_dir}/secrets/metrics.jwk was changed after it started",
        f"employee_exp: {data_dir}/secrets/link.key was changed after it started",
    }
    unsaid = [
        start for start in expected if not any(line.startswith(start) for line in [*told, *lines])
    ]
    assert unsaid == [], lines
    assert len(lines) == len(expected), lines
    assert [line for line in elsewhere if line.startswith("metrics: 1 dead letters")], elsewhere
    assert [line for line in elsewhere if "employee_exp" in line], elsewhere
    platform.process.send_signal(signal.SIGTERM)
    platform.process.wait(60)
    refused = cxm("up", "--no-demo", "--data-dir", data_dir, "--port", str(free_port()))
    assert refused.returncode == 1
    assert (
        f"import.key is not in {data_dir}/secrets, and data may be stored by it" in refused.stderr
    )
    assert not (platform.data_dir / "secrets" / "import.key").exists()
    later = [line for line in elsewhere if "its code (98.7.6) was written for schema" in line]
    assert [line.partition(":")[0] for line in later] == ["profile"], elsewhere


def test_what_does_not_run_is_said_in_words() -> None:
    url = f"http://127.0.0.1:{free_port()}"

    status, lines = doctor("--url", url, "--nats", "nats://127.0.0.1:1")

    assert status == 1
    assert [line.partition(":")[0] for line in lines] == ["broker", "gateway at http"]
    assert "it cannot be reached" in lines[0]
    assert "it does not answer" in lines[1]
