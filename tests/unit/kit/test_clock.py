"""Time that stands in a file, for histories that are made."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.kit import clock

THEN = datetime(2024, 10, 9, 6, tzinfo=UTC)


@pytest.fixture
def standing(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "clock"
    clock.stand_at(path)
    yield path
    clock.stand_at(None)


def test_time_stands_while_the_file_is_there(standing: Path) -> None:
    clock.write_standing(standing, THEN)
    assert clock.now() == THEN
    clock.write_standing(standing, THEN + timedelta(days=1))
    assert clock.now() == THEN + timedelta(days=1)

    standing.unlink()

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_file_that_holds_no_instant_is_not_taken_for_the_present(standing: Path) -> None:
    standing.write_text("yesterday")

    with pytest.raises(ValueError, match="yesterday"):
        clock.now()


def test_clocks_are_apart_by_what_asking_cannot_explain() -> None:
    since, until = THEN, THEN + timedelta(seconds=2)

    assert clock.apart_seconds(until, since, until) == clock.apart_seconds(since, since, until) == 0
    assert clock.apart_seconds(until + timedelta(seconds=3), since, until) == 3
    assert clock.apart_seconds(since - timedelta(seconds=3), since, until) == -3
