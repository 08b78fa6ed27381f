"""A whole wave, from its links to what is public: the same as a plain recomputation, whatever comes between."""

import asyncio
from fractions import Fraction
from typing import Any

import pytest

from services.employee_exp.sealing.wave_keys import KeyLost, Purpose
from services.employee_exp.waves.domain.wave import WaveState
from tests.service.employee_exp.support.answered import (
    IDS,
    PARENTS,
    Crash,
    given,
    open_answered,
    release,
)
from tests.service.employee_exp.support.staff import Staff
from tests.support import plain_release as plain
from tests.support.open_wave import AGREE, BURNT, CATEGORIES, OpenWave
from tests.support.plain_release import Person


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


STEPS = (
    "services.employee_exp.ballots.storage.put_ballots",
    "services.employee_exp.ballots.storage.forget_kept",
    "services.employee_exp.releases.storage.count_left",
    "services.employee_exp.releases.releasing.compute_release",
    "services.employee_exp.releases.storage.set_released",
    "services.employee_exp.releases.storage.put_release",
    "services.employee_exp.releases.storage.find_places",  # the event
)


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


async def test_a_wave_that_nobody_answered_is_released_with_nothing(staff: Staff) -> None:
    wave = await staff.open(IDS, PARENTS, [(0, (1,))] * 8)

    found = await release(staff, wave)

    assert (found.answered, found.released, found.lost) == (0, 0, 0)
    assert await staff.count("release_cell") == 0
    with pytest.raises(KeyLost):
        staff.keys.read(wave.id, Purpose.BALLOTS)
    [fact] = await staff.published()
    assert not any(d.released or d.counted_in for d in fact.departments)
