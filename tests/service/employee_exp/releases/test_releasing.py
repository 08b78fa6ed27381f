"""A whole wave, from its links to what is public: the same as a plain recomputation, whatever comes between."""

import asyncio
import random
from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from services.employee_exp.releases import storage
from services.employee_exp.sealing.wave_keys import KeyLost, Purpose
from services.employee_exp.waves.domain.wave import ReleaseReport, WaveQuestionKind, WaveState
from services.kit.errors import Unavailable
from tests.service.employee_exp.support.staff import Staff
from tests.support import plain_release as plain
from tests.support.open_wave import AGREE, BURNT, CATEGORIES, KINDS, OpenWave
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


async def test_a_wave_end_to_end_equals_a_plain_recomputation(staff: Staff) -> None:
    wave, people = await open_answered(staff)

    found = await release(staff, wave)

    cells = await staff.database.fetch("SELECT * FROM employee_exp_release_cell")
    assert (found.answered, found.departments, found.lost) == (120, 6, 0)
    assert found.released == len({c["department_id"] for c in cells if not c["dimension"]}) == 6
    groups = {(str(c["department_id"]), c["dimension"], c["category"]) for c in cells}
    assert found.cuts == len({(d, dimension) for d, dimension, _ in groups if dimension}) >= 2
    for department_id, dimension, category in groups:
        place = wave.departments.index(department_id)
        inside = [
            p
            for p in people
            if plain.is_in(p.place, place, wave.parents)
            and (not dimension or CATEGORIES[p.categories[0]] == category)
        ]
        scores = {
            c["statistic"]: c
            for c in cells
            if (str(c["department_id"]), c["dimension"], c["category"])
            == (department_id, dimension, category)
        }
        check_figures(scores, inside)
        if not dimension:
            invited = [one for one in wave.invited if plain.is_in(one.place, place, wave.parents)]
            scored = [p for p in inside if set(p.scores) - {"better"}]
            rate = plain.plain_participation(len(scored), len(invited))
            assert scores["participationRate"]["value"] == pytest.approx(rate)


def check_figures(scores: dict[str, Any], inside: list[Person]) -> None:
    assert scores["enps"]["value"] == pytest.approx(plain.plain_enps(given(inside, "recommend")))
    for question in AGREE:
        answered = given(inside, question)
        assert scores[question]["n"] == len(answered)
        assert scores[question]["value"] == pytest.approx(plain.plain_favourable(answered))
    told = plain.plain_engagement(inside, AGREE)
    assert (scores["engagement"]["value"], scores["engagement"]["sd"]) == pytest.approx(told)
    burnt = [i for p in inside if (i := plain.index_of(p, BURNT, plain.BURNOUT)) is not None]
    if len(burnt) >= 10:
        told = plain.plain_mean(burnt, 100, Fraction(25, 3))
        assert (scores["burnout"]["value"], scores["burnout"]["sd"]) == pytest.approx(told)
    else:
        assert scores["burnout"]["value"] is None


async def test_comments_are_stored_apart_from_all_else_and_in_no_order(staff: Staff) -> None:
    wave, people = await open_answered(staff)

    await release(staff, wave)

    rows = await staff.database.fetch(
        "SELECT id, question, place, text FROM employee_exp_release_verbatim ORDER BY ctid"
    )
    texts = [str(p.scores["better"]) for p in people if "better" in p.scores]
    assert sorted(row["text"] for row in rows) == sorted(texts)
    assert [row["text"] for row in rows] != texts
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    ballots = await staff.database.fetch("SELECT id FROM employee_exp_ballot ORDER BY id")
    assert not {row["id"] for row in rows} & {row["id"] for row in ballots}
    counts = await staff.database.fetch(
        "SELECT department_id, n FROM employee_exp_release_cell WHERE statistic = 'better'"
    )
    for row in counts:
        place = wave.departments.index(str(row["department_id"]))
        inside = [p for p in people if plain.is_in(p.place, place, wave.parents)]
        assert row["n"] == sum("better" in p.scores for p in inside) >= 10


async def test_a_release_is_announced_with_all_departments_and_no_comment(staff: Staff) -> None:
    wave, _ = await open_answered(staff)

    await release(staff, wave)

    [fact] = await staff.published()
    assert (fact.wave_id, fact.closed_day - fact.opened_day) == (wave.id, 0)
    assert {d.department_id for d in fact.departments} == set(wave.departments)
    names = {"participationRate", "enps", "engagement", "burnout", "moved", *AGREE}
    for department in fact.departments:
        told = {score.statistic for score in department.scores}
        assert told | set(department.counted_in_by_statistic) == names
    assert b"coffee" not in fact.SerializeToString()


async def test_when_the_stream_was_lost_every_release_is_announced_anew(staff: Staff) -> None:
    for seed in (1, 2):
        wave, _ = await open_answered(staff, seed=seed)
        await release(staff, wave)
    first = await staff.published()

    async with staff.database.write.begin() as session:
        await staff.announcer.announce_all(session)

    assert [f.SerializeToString() for f in await staff.published()] == [
        f.SerializeToString() for f in first
    ]


async def test_a_large_release_is_announced_in_parts(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.employee_exp.releases.announcing.LARGEST_PART_BYTES", 4_000)
    wave, _ = await open_answered(staff)

    await release(staff, wave)

    parts = await staff.published()
    assert len(parts) > 1
    departments = [d.department_id for part in parts for d in part.departments]
    assert departments == list(wave.departments)
    assert {(p.wave_id, p.closed_day) for p in parts} == {(wave.id, parts[0].closed_day)}
    assert all(part.ByteSize() <= 4_000 for part in parts)


STEPS = (
    "services.employee_exp.ballots.storage.put_ballots",
    "services.employee_exp.ballots.storage.forget_kept",
    "services.employee_exp.releases.storage.count_left",
    "services.employee_exp.releases.releasing.compute_release",
    "services.employee_exp.releases.storage.set_released",
    "services.employee_exp.releases.storage.put_release",
    "services.employee_exp.releases.storage.find_places",  # the event
)


class Crash(BaseException):
    """What nothing catches, as a kill."""


async def test_a_crash_at_any_step_repeats_with_the_same_release(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave, _ = await open_answered(staff)
    closed = await staff.close(wave)

    def crash(*_: object) -> None:
        raise Crash

    for step in STEPS:
        with monkeypatch.context() as patch:
            patch.setattr(step, crash)
            with pytest.raises(Crash):
                await staff.releaser.release(closed)
        assert (await staff.wave(wave)).state is WaveState.CLOSED
        assert await staff.count("release_cell") == await staff.count("release_verbatim") == 0
        assert await staff.published() == []
    await staff.releaser.release(closed)
    once = await staff.stored(wave)
    facts = await staff.published()

    await undo(staff, wave)
    await staff.releaser.release(closed)
    assert await staff.stored(wave) == once
    assert await staff.published() == facts


async def undo(staff: Staff, wave: OpenWave) -> None:
    """As if the last transaction had never been."""
    for statement in (
        "DELETE FROM employee_exp_release_cell",
        "DELETE FROM employee_exp_release_verbatim",
        "UPDATE employee_exp_wave_department SET counted_in_place = NULL",
        "UPDATE employee_exp_wave SET state = 'closed', report = NULL",
    ):
        await staff.database.fetch(statement)


async def test_two_replicas_release_once(staff: Staff) -> None:
    wave, _ = await open_answered(staff)
    closed = await staff.close(wave)

    await asyncio.gather(*(staff.releaser.release(closed) for _ in range(2)))

    assert len(await staff.published()) == 1
    assert (await staff.wave(wave)).state is WaveState.RELEASED


async def test_nothing_that_comes_later_changes_a_release(staff: Staff) -> None:
    wave, _ = await open_answered(staff, answering=100)
    await release(staff, wave)
    once = await staff.stored(wave)
    fact = await staff.published()

    late = await staff.send(wave.invited[0].token, {"a0": 1})  # spent or not, it is too late
    await staff.database.fetch("DELETE FROM employee_exp_invitation WHERE NOT spent")  # erased
    await staff.database.fetch("UPDATE employee_exp_wave_department SET parent_place = NULL")
    await staff.chart([-1, 0, 1])  # a reorganisation of today's tree
    draft = await staff.database.fetchval("SELECT draft FROM employee_exp_wave")
    await staff.runner.look()
    await staff.runner.look()

    assert not late.taken
    assert await staff.stored(wave) == once
    assert await staff.published() == []
    assert draft == await staff.database.fetchval("SELECT draft FROM employee_exp_wave")
    assert fact


async def test_a_lost_spool_key_says_how_many_ballots_were_lost(staff: Staff) -> None:
    wave, _ = await open_answered(staff)
    waiting = await staff.count("spool")
    assert 10 <= waiting < 120
    staff.keys.destroy(wave.id, Purpose.SPOOL)

    found = await release(staff, wave)

    assert (found.lost, found.lost_because) == (waiting, "spool key")
    assert found.answered == 120 - waiting
    assert await staff.count("spool") == 0


async def test_a_lost_ballots_key_says_how_many_ballots_were_lost_and_loses_no_more(
    staff: Staff,
) -> None:
    wave, _ = await open_answered(staff)
    moved = await staff.count("ballot")
    assert moved >= 10
    staff.keys.destroy(wave.id, Purpose.BALLOTS)

    found = await release(staff, wave)

    assert (found.lost, found.lost_because) == (moved, "ballots key")
    assert found.answered == 120 - moved


async def test_both_keys_lost_lose_all_and_say_so(staff: Staff) -> None:
    wave, _ = await open_answered(staff)
    for purpose in Purpose:
        staff.keys.destroy(wave.id, purpose)

    found = await release(staff, wave)

    assert (found.lost, found.answered, found.released) == (120, 0, 0)
    assert found.lost_because == "spool key, ballots key"


async def test_while_the_keys_are_away_nothing_is_released_and_nothing_lost(staff: Staff) -> None:
    wave, _ = await open_answered(staff)
    closed = await staff.close(wave)
    away = staff.keys.directory.with_name("away")
    staff.keys.directory.rename(away)

    with pytest.raises(Unavailable):
        await staff.releaser.release(closed)
    assert (await staff.wave(wave)).state is WaveState.CLOSED

    away.rename(staff.keys.directory)
    await staff.releaser.release(closed)
    assert (await report(staff, wave)).lost == 0


async def test_a_damaged_ballot_is_counted_as_lost(staff: Staff) -> None:
    wave, _ = await open_answered(staff)
    closed = await staff.close(wave)
    await staff.flusher.finish(closed)
    await staff.database.fetch(
        "UPDATE employee_exp_ballot SET sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40))"
        " WHERE id IN (SELECT id FROM employee_exp_ballot LIMIT 3)"
    )

    await staff.runner.look()

    assert (await report(staff, wave)).lost == 3


async def test_ballots_and_their_key_go_after_ninety_days(staff: Staff) -> None:
    wave, _ = await open_answered(staff)
    found = await release(staff, wave)
    assert found.ballots_end_at == staff.clock() + timedelta(days=90)
    once = await staff.stored(wave)

    staff.clock.at += timedelta(days=90, seconds=-1)
    await staff.runner.look()
    assert await staff.count("ballot") == 120
    assert staff.keys.read(wave.id, Purpose.BALLOTS)

    staff.clock.at += timedelta(seconds=1)
    await staff.runner.look()
    assert await staff.count("ballot") == 0
    with pytest.raises(KeyLost):
        staff.keys.read(wave.id, Purpose.BALLOTS)
    assert await staff.stored(wave) == once


async def test_ballots_of_a_wave_whose_release_was_given_up_stay(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave, _ = await open_answered(staff)
    await staff.close(wave)

    async def fail(*_: object) -> None:
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr(staff.releaser, "release", fail)
        await staff.runner.look()
        staff.clock.at += timedelta(days=90)
        await staff.runner.look()
    assert staff.runner.given_up == {wave.id}
    assert await staff.count("ballot") + await staff.count("spool") == 120
    assert staff.keys.read(wave.id, Purpose.BALLOTS)

    staff.runner.given_up.clear()  # as at the next start
    await staff.runner.look()
    assert (await report(staff, wave)).lost == 0
    assert await staff.count("ballot") == 0


async def test_an_empty_directory_of_keys_releases_nothing_and_loses_nothing(staff: Staff) -> None:
    wave, _ = await open_answered(staff)
    closed = await staff.close(wave)
    away = staff.keys.directory.with_name("away")
    staff.keys.directory.rename(away)
    staff.keys.directory.mkdir()

    with pytest.raises(Unavailable) as caught:
        await staff.releaser.release(closed)
    assert caught.value.reason == "KEYS_AWAY"
    assert (await staff.wave(wave)).state is WaveState.CLOSED

    staff.keys.directory.rmdir()
    away.rename(staff.keys.directory)
    await staff.releaser.release(closed)
    assert (await report(staff, wave)).lost == 0


async def test_a_crash_between_key_and_ballots_leaves_nothing_that_can_be_opened(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave, _ = await open_answered(staff)
    await release(staff, wave)
    staff.clock.at += timedelta(days=90)

    async def crash(*_: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(storage, "delete_ballots", crash)
        with pytest.raises(Crash):
            await staff.runner.look()
    with pytest.raises(KeyLost):
        staff.keys.read(wave.id, Purpose.BALLOTS)

    await staff.runner.look()
    assert await staff.count("ballot") == 0


async def test_a_wave_that_nobody_answered_is_released_with_nothing(staff: Staff) -> None:
    wave = await staff.open(IDS, PARENTS, [(0, (1,))] * 8)

    found = await release(staff, wave)

    assert (found.answered, found.released, found.lost) == (0, 0, 0)
    assert await staff.count("release_cell") == 0
    with pytest.raises(KeyLost):
        staff.keys.read(wave.id, Purpose.BALLOTS)
    [fact] = await staff.published()
    assert not any(d.released or d.counted_in for d in fact.departments)
