"""A superuser with heap, WAL, streams and a base backup of an open wave cannot join who came to what was answered.

`make join BALLOTS=10000` is the whole. The controls are the same program on variants that leak.
"""

import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from infra.local.nats import Nats
from infra.local.postgres import Postgres
from services.employee_exp.ballots import flushing
from services.employee_exp.ballots.domain.body import Ballot, pack, unpack
from services.employee_exp.ballots.sealed_ballots import BallotSeal
from services.kit.clock import new_id
from tests.service.employee_exp.ballots.support.joining import Observer
from tests.service.employee_exp.support.staff import Staff

BALLOTS = int(os.environ.get("BALLOTS", "120"))
CONTROL_BALLOTS = 60
EVERY = 5  # answers between two looks of the flusher


@pytest.fixture
def observer(staff: Staff, postgres: Postgres, nats_broker: Nats, tmp_path: Path) -> Observer:
    folder = tmp_path / "backup"
    folder.mkdir()
    streams = nats_broker.program.directory
    assert streams is not None
    return Observer(staff, postgres.home / "data", streams, folder, every=EVERY)


async def test_nothing_joins_who_came_to_what_was_answered(observer: Observer) -> None:
    result = await observer.run(BALLOTS)

    sys.stdout.write(f"{result}\n")
    assert result.holds, result
    assert result.ballots == BALLOTS
    assert result.batches >= BALLOTS / 20
    assert result.in_wal > 1.9 * BALLOTS  # a few are cut by the head of a page


class NoDice:
    """Takes the first ones, in their order."""

    def sample(self, items: Sequence[Any], count: int) -> list[Any]:
        return list(items[:count])


async def test_without_a_shuffle_the_order_joins_them(
    observer: Observer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flushing, "dice", NoDice())

    result = await observer.run(CONTROL_BALLOTS)

    assert result.best > 0.9, result


async def test_ids_in_the_order_of_time_join_them(
    observer: Observer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seal(seal: BallotSeal, ballots: Sequence[Ballot]) -> list[tuple[UUID, bytes]]:
        made = [(id_ := UUID(new_id()), seal.seal(ballot, id_)) for ballot in ballots]
        return random.sample(made, len(made))

    monkeypatch.setattr(flushing, "_seal", seal)

    result = await observer.run(CONTROL_BALLOTS)

    assert result.best > 0.5, result


async def test_without_padding_lengths_join_them(
    observer: Observer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seal(self: BallotSeal, ballot: Ballot, about: UUID | bytes) -> bytes:
        content = pack(ballot, self.wave.draft.questions)
        return self.cipher.seal(content, len(content), self._about(about))

    monkeypatch.setattr(BallotSeal, "seal", seal)

    result = await observer.run(CONTROL_BALLOTS)

    assert result.lengths > 1
    assert result.best > 0.9, result


async def test_what_stands_in_the_clear_is_found(
    observer: Observer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seal(self: BallotSeal, ballot: Ballot, about: UUID | bytes) -> bytes:
        return pack(ballot, self.wave.draft.questions).ljust(3_000, b"\0")

    def opened(self: BallotSeal, sealed: bytes, about: UUID | bytes) -> Ballot:
        draft = self.wave.draft
        return unpack(sealed, draft.questions, len(draft.dimensions))

    monkeypatch.setattr(BallotSeal, "seal", seal)
    monkeypatch.setattr(BallotSeal, "open", opened)

    result = await observer.run(CONTROL_BALLOTS)

    assert len(result.leaks) >= CONTROL_BALLOTS
    assert result.repeated
