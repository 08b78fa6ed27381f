"""An open wave as opening leaves it, stored by the superuser: for tests of what comes after."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import asyncpg

from services.employee_exp.invitations.domain import link_hash
from services.employee_exp.sealing.wave_keys import Purpose, WaveKeys
from services.employee_exp.waves import convert
from services.employee_exp.waves.domain.wave import (
    WaveDraft,
    WaveKind,
    WaveQuestion,
    WaveQuestionKind,
)
from services.kit.clock import new_id

AGREE = tuple(f"a{number}" for number in range(6))
BURNT = ("b0", "b1", "b2")
KINDS = {
    "recommend": WaveQuestionKind.ENPS,
    **dict.fromkeys(AGREE, WaveQuestionKind.AGREEMENT),
    **dict.fromkeys(BURNT, WaveQuestionKind.BURNOUT),
    "moved": WaveQuestionKind.SENSITIVE,
    "better": WaveQuestionKind.TEXT,
}
QUESTIONS = tuple(WaveQuestion(key, kind, f"{key}?") for key, kind in KINDS.items())
CATEGORIES = ("f", "m", "")


@dataclass(frozen=True)
class Invited:
    """Somebody who is asked: the link, where the answers count, and in which category of each dimension."""

    token: str
    place: int
    categories: tuple[int, ...]


@dataclass(frozen=True)
class OpenWave:
    """A wave, its departments' ids and parents by place, and who is asked."""

    id: str
    departments: tuple[str, ...]
    parents: tuple[int, ...]
    invited: tuple[Invited, ...]
    questions: tuple[WaveQuestion, ...]


@dataclass(frozen=True)
class WaveStore:
    """Where open waves are stored, and their keys."""

    superuser_url: str
    keys: WaveKeys

    async def open(
        self,
        departments: Sequence[str],
        parents: Sequence[int],
        people: Iterable[tuple[int, tuple[int, ...]]],
        *,
        at: datetime,
        questions: tuple[WaveQuestion, ...] = QUESTIONS,
        dimensions: tuple[str, ...] = ("gender",),
        k: int = 5,
    ) -> OpenWave:
        """An open wave of departments (the parent of the top is -1) and people at some of them. Places go by id."""
        order = sorted(range(len(departments)), key=lambda n: departments[n])
        place_of = {number: place for place, number in enumerate(order)} | {-1: -1}
        opened = OpenWave(
            new_id(),
            tuple(departments[number] for number in order),
            tuple(place_of[parents[number]] for number in order),
            tuple(
                Invited(secrets.token_urlsafe(32), place_of[number], categories)
                for number, categories in people
            ),
            questions,
        )
        draft = WaveDraft(
            kind=WaveKind.CENSUS,
            language="en",
            languages=("en",),
            name="Census",
            questions=questions,
            k=k,
            dimensions=dimensions,
            closes_at=at + timedelta(days=14),
        )
        for purpose in Purpose:
            self.keys.make(opened.id, purpose)
        connection = await asyncpg.connect(self.superuser_url)
        await _store(connection, opened, draft, at)
        await connection.close()
        return opened


async def _store(
    connection: "asyncpg.Connection[asyncpg.Record]",
    opened: OpenWave,
    draft: WaveDraft,
    at: datetime,
) -> None:
    id_ = UUID(opened.id)
    await connection.execute(
        "INSERT INTO employee_exp_wave (id, key, state, draft, closes_at, opened_at, invited, links_spent_day,"
        " revision) VALUES ($1, $2, 'open', $3, $4, $5, $6, 100000, 2)",
        *(id_, f"wave-{opened.id}", convert.draft_bytes(draft), draft.closes_at, at),
        len(opened.invited),
    )
    rows = zip(opened.departments, opened.parents, strict=True)
    await connection.copy_records_to_table(
        "employee_exp_wave_department",
        columns=["wave_id", "place", "department_id", "key", "name", "parent_place"],
        records=[
            (id_, place, UUID(d), f"k{place}", f"D{place}", None if p == -1 else p)
            for place, (d, p) in enumerate(rows)
        ],
    )
    await connection.copy_records_to_table(
        "employee_exp_wave_category",
        records=[
            (id_, dimension, number, name)
            for dimension in draft.dimensions
            for number, name in enumerate(CATEGORIES)
        ],
    )
    await connection.copy_records_to_table(
        "employee_exp_invitation",
        columns=["id", "wave_id", "employee_id", "token_hash", "place", "categories"],
        records=[
            (uuid4(), id_, uuid4(), link_hash(one.token), one.place, list(one.categories))
            for one in opened.invited
        ],
    )
