"""Waves that were answered by chance, and their release."""

import random
from collections.abc import Sequence
from uuid import UUID

from services.employee_exp.waves.domain.wave import ReleaseReport, WaveQuestionKind
from tests.service.employee_exp.support.staff import Staff
from tests.support.open_wave import KINDS, OpenWave
from tests.support.plain_release import Person

IDS = tuple(str(UUID(int=0x0190A000 << 96 | number)) for number in range(6))
PARENTS = (-1, 0, 0, 1, 1, 2)
SCALES = {
    WaveQuestionKind.ENPS: range(11),
    WaveQuestionKind.AGREEMENT: range(1, 6),
    WaveQuestionKind.BURNOUT: range(1, 6),
    WaveQuestionKind.SENSITIVE: range(2),
}
WORDS = ["less", "more", "coffee", "noise", "meetings", "time", "trust", "pay", "light", "air"]


class Crash(BaseException):
    """What nothing catches, as a kill."""


def answers_of(dice: random.Random) -> dict[str, int | str]:
    found: dict[str, int | str] = {
        q: dice.choice(SCALES[kind])
        for q, kind in KINDS.items()
        if kind in SCALES and dice.random() < 0.95
    }
    if dice.random() < 0.4:
        found["better"] = " ".join(dice.choices(WORDS, k=dice.randint(1, 12)))
    return found or {"a0": 3}


async def open_answered(
    staff: Staff, people: int = 160, *, answering: int = 120, seed: int = 1
) -> tuple[OpenWave, list[Person]]:
    """A wave, and what was answered: texts too."""
    dice = random.Random(seed)
    everybody = [(dice.randrange(6), (dice.randrange(3),)) for _ in range(people)]
    wave = await staff.open(IDS, PARENTS, everybody)
    given = []
    for one in dice.sample(wave.invited, answering):
        answers = answers_of(dice)
        given.append(Person(one.place, one.categories, answers))  # type: ignore[arg-type]
        reply = await staff.send(one.token, answers)
        assert reply.taken
        if len(given) % 40 == 0:
            await staff.flusher.look()
    return wave, given


async def release(staff: Staff, wave: OpenWave) -> ReleaseReport:
    await staff.close(wave)
    await staff.runner.look()
    return await report(staff, wave)


async def report(staff: Staff, wave: OpenWave) -> ReleaseReport:
    found = (await staff.wave(wave)).report
    assert found is not None
    return found


def given(people: Sequence[Person], question: str) -> list[int]:
    return [p.scores[question] for p in people if question in p.scores]
