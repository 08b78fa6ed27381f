"""Log files stay small while their processes write."""

import asyncio
from pathlib import Path

import pytest

from infra.local import logs


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
    keeping = asyncio.create_task(logs.keep_small(tmp_path))
    async with asyncio.timeout(10):
        await thrice.wait()
    keeping.cancel()

    assert set(looks) == {tmp_path}


def test_small_logs_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "survey.log").write_text("a line\n")
    logs.rotate(tmp_path)

    assert [file.name for file in tmp_path.iterdir()] == ["survey.log"]
