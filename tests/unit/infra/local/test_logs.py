"""Log files stay small while their processes write."""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from infra.local import children, logs
from infra.local.children import Program


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KiB of its own."""
    path = tmp_path / "disk"
    path.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "cxm-test", str(path)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("no disk can be mounted here")
    yield path
    subprocess.run(["umount", str(path)], check=True)


def test_a_log_that_is_being_written_goes_on_at_its_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "LARGEST_BYTES", 1_000)
    log, older = tmp_path / "gateway.log", tmp_path / "gateway.log.1"
    with log.open("ab", buffering=0) as file:
        file.write(b"first\n" * 1_000 + b"last\n")
        logs.rotate(tmp_path)
        file.write(b"after\n")

    assert log.read_bytes() == b"after\n"
    assert older.stat().st_size == 1_000
    assert older.read_bytes().endswith(b"first\nlast\n")


async def test_logs_are_looked_at_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "ROTATE_SECONDS", 0.0)
    loop, thrice, looks = asyncio.get_running_loop(), asyncio.Event(), list[Path]()

    def look(directory: Path) -> None:
        looks.append(directory)
        if len(looks) == 3:
            loop.call_soon_threadsafe(thrice.set)

    monkeypatch.setattr(logs, "rotate", look)
    keeping = asyncio.create_task(logs.keep_small(tmp_path, print))
    async with asyncio.timeout(10):
        await thrice.wait()
    keeping.cancel()

    assert set(looks) == {tmp_path}


def test_small_logs_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "survey.log").write_text("a line\n")
    logs.rotate(tmp_path)

    assert [file.name for file in tmp_path.iterdir()] == ["survey.log"]


def test_on_a_full_disk_a_log_is_emptied_all_the_same(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "LARGEST_BYTES", 100_000)
    log = small_disk / "gateway.log"
    fill(log)

    with pytest.raises(OSError, match="No space left"):
        logs.rotate(small_disk)

    assert log.stat().st_size == 0
    log.write_text("it goes on\n")


async def test_what_keeps_logs_small_outlives_a_full_disk(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It runs beside the platform, and the platform ends when it does."""
    monkeypatch.setattr(logs, "LARGEST_BYTES", 100_000)
    monkeypatch.setattr(logs, "ROTATE_SECONDS", 0.0)
    said, heard = list[str](), asyncio.Event()

    def notify(text: str) -> None:
        said.append(text)
        heard.set()

    fill(small_disk / "gateway.log")
    keeping = asyncio.create_task(logs.keep_small(small_disk, notify))
    async with asyncio.timeout(10):
        await heard.wait()

    assert "No space left on device" in said[0]
    assert not keeping.done()
    keeping.cancel()


def test_an_end_on_a_full_disk_is_said_to_be_one(small_disk: Path, tmp_path: Path) -> None:
    fill(small_disk / "gateway.log")
    ended = children.start(Program("metrics", ("false",), small_disk / "metrics.log"))
    ended.process.wait()

    assert f"the disk of {small_disk} is full" in children.describe_end(ended)
    ended.program.log.unlink()
    elsewhere = children.start(Program("metrics", ("false",), tmp_path / "metrics.log"))
    elsewhere.process.wait()
    assert children.describe_end(elsewhere) == "metrics ended with status 1"


def fill(file: Path) -> None:
    """Write until the disk is full."""
    with file.open("wb", buffering=0) as open_file, suppress(OSError):
        while True:
            open_file.write(b"x" * 4096)
