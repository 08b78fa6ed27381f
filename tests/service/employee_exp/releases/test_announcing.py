"""Releases announced: whole, in parts where they are large, and anew when the stream was lost."""

import pytest

from tests.service.employee_exp.support.answered import open_answered, release
from tests.service.employee_exp.support.staff import Staff
from tests.support.open_wave import AGREE


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
    made_of = {s.statistic: list(s.items) for d in fact.departments for s in d.scores if s.items}
    assert made_of["engagement"] == sorted(AGREE)
    assert made_of.keys() == {"engagement", "burnout"}
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
