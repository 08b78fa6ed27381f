"""What time brings: waves open, close, remind and repeat, and spent links are told once a day."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from structlog.testing import capture_logs

from cxm.employee_exp.v1 import waves_pb2 as pb
from services.employee_exp.invitations.runner import _OVERDUE, WAVES_LOCK
from services.employee_exp.sealing.wave_keys import Purpose
from services.kit.db.advisory_lock import try_lock, unlock
from services.kit.rights.audit.entries import Deed
from tests.service.employee_exp.support.waves import Waves, names, question
from tests.support.audit import deeds, told


async def spend(waves: Waves, count: int) -> None:
    """As so many who answered."""
    await waves.database.fetch(
        "UPDATE employee_exp_invitation SET spent = true WHERE id IN"
        " (SELECT id FROM employee_exp_invitation WHERE NOT spent LIMIT $1)",
        count,
    )


async def open_to(waves: Waves, people: int) -> None:
    """A wave, all of whose links were sent."""
    await waves.employ("sales", *names("a", people))
    await waves.upsert(waves.draft())
    await waves.open()
    await waves.database.fetch("UPDATE employee_exp_wave SET links_sent = $1", people)


async def state(waves: Waves, key: str = "pulse") -> "pb.WaveState.ValueType":
    found = await waves.get(key)
    assert found is not None
    return found.state


def reasons(waves: Waves) -> list[str]:
    """Why drafts whose time has come are not open."""
    return [each.reason for each in waves.runner.refused.values()]


async def planned(waves: Waves) -> list[str]:
    rows = await waves.database.fetch(
        "SELECT key FROM employee_exp_wave WHERE state = 'draft' ORDER BY key"
    )
    return [row["key"] for row in rows]


async def shown(waves: Waves) -> Any:
    """What an analyst is told of spent links."""
    found = await waves.get()
    assert found is not None
    return found.links_spent if found.HasField("links_spent") else None


async def test_a_wave_opens_and_closes_at_its_times(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    await waves.upsert(waves.draft(opens_at=waves.after(days=1), closes_at=waves.after(days=3)))

    seen = []
    for hours in (23, 1, 47, 1):
        waves.watch.move(hours=hours)
        await waves.runner.look()
        seen.append(await state(waves))

    assert seen == [
        pb.WAVE_STATE_DRAFT,
        pb.WAVE_STATE_OPEN,
        pb.WAVE_STATE_OPEN,
        pb.WAVE_STATE_CLOSED,
    ]
    entries = [told(entry) for entry in await deeds(waves.database, "pulse")]
    assert entries[1:] == [
        ("service:employee_exp", "", "wave_opened", ("pulse",)),
        ("service:employee_exp", "", "wave_closed", ("pulse",)),
    ]


async def test_a_draft_that_cannot_open_harms_no_other_one(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    times = {"opens_at": waves.after(days=1)}
    await waves.upsert(waves.draft(departments=["service"], **times), "nobody")
    await waves.upsert(waves.draft(**times), "pulse")
    waves.watch.move(days=1)

    await waves.runner.look()
    await waves.runner.look()

    assert await state(waves) == pb.WAVE_STATE_OPEN
    assert await state(waves, "nobody") == pb.WAVE_STATE_DRAFT
    assert reasons(waves) == ["TOO_FEW_PEOPLE"]


async def test_a_draft_that_cannot_open_is_said_once_and_tried_again_after_a_minute(
    waves: Waves,
) -> None:
    await waves.employ("sales", *names("a", 6))
    await waves.upsert(waves.draft(), "running")
    await waves.open("running")
    times = {"opens_at": waves.after(hours=1)}
    await waves.upsert(waves.draft(**times), "waits")
    other = [question("desk", "AGREEMENT")]
    await waves.upsert(waves.draft(questions=other, **times), "pulse")
    waves.watch.move(hours=1)

    with capture_logs() as logs:
        await waves.runner.look()
        await waves.close("running")
        seen = []
        for seconds in (1, 58, 1):
            waves.watch.move(seconds=seconds)
            await waves.runner.look()
            seen.append(await state(waves, "waits"))

    assert seen == [pb.WAVE_STATE_DRAFT, pb.WAVE_STATE_DRAFT, pb.WAVE_STATE_OPEN]
    assert await state(waves) == pb.WAVE_STATE_OPEN
    [said] = [line for line in logs if line["event"] == "wave not opened"]
    assert said["reason"] == "WAVE_OVERLAPS"
    assert "the wave running is open" in said["why"]
    assert waves.runner.refused == {}


async def test_a_draft_that_comes_too_soon_is_said_once_and_opens_when_it_may(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    await waves.upsert(waves.draft())
    await waves.open()
    await waves.close()
    times = {"opens_at": waves.after(days=29), "closes_at": waves.after(days=50)}
    await waves.upsert(waves.draft(departments=["sales"], **times), "part")
    waves.watch.move(days=29)

    with capture_logs() as logs:
        for hours in (0, 12, 11):
            waves.watch.move(hours=hours)
            await waves.runner.look()
        assert await state(waves, "part") == pb.WAVE_STATE_DRAFT
        waves.watch.move(hours=1)
        await waves.runner.look()

    assert await state(waves, "part") == pb.WAVE_STATE_OPEN
    assert [line["reason"] for line in logs if line["event"] == "wave not opened"] == [
        "WAVE_TOO_SOON"
    ]


async def test_the_same_reason_is_said_once_however_often_it_is_tried(waves: Waves) -> None:
    await waves.upsert(waves.draft(opens_at=waves.after(hours=1)))
    waves.watch.move(hours=1)

    with capture_logs() as logs:
        for _ in range(3):
            await waves.runner.look()
            waves.watch.move(minutes=1)

    assert [line["reason"] for line in logs if line["event"] == "wave not opened"] == [
        "TOO_FEW_PEOPLE"
    ]


async def test_a_draft_that_was_changed_since_is_tried_at_once(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    times = {"opens_at": waves.after(hours=1)}
    await waves.upsert(waves.draft(departments=["service"], **times))
    waves.watch.move(hours=1)
    await waves.runner.look()

    times = {"opens_at": waves.after(seconds=1)}
    await waves.upsert(waves.draft(departments=["sales"], **times))
    waves.watch.move(seconds=1)
    await waves.runner.look()

    assert await state(waves) == pb.WAVE_STATE_OPEN


async def test_one_replica_at_a_time_acts(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    await waves.upsert(waves.draft(opens_at=waves.after(days=1)))
    waves.watch.move(days=1)
    pool = waves.database.pool

    other = await try_lock(pool, WAVES_LOCK)
    assert other is not None
    await waves.runner._alone(WAVES_LOCK, waves.runner.look)
    assert await state(waves) == pb.WAVE_STATE_DRAFT

    await unlock(pool, WAVES_LOCK, other)
    await waves.runner._alone(WAVES_LOCK, waves.runner.look)
    assert await state(waves) == pb.WAVE_STATE_OPEN


async def test_replicas_that_act_at_once_all_the_same_open_once_and_write_once(
    waves: Waves,
) -> None:
    """A lock may be lost with its connection while the work goes on."""
    await waves.employ("sales", *names("a", 12), email=True)
    await waves.upsert(waves.draft(opens_at=waves.after(days=1), reminders=[2]))
    runner = waves.runner

    for days in (1, 2):
        waves.watch.move(days=days)
        await asyncio.gather(*(runner.look() for _ in range(4)))
        await asyncio.gather(*(runner.send_mails() for _ in range(4)))

    opened = [deed for deed in await deeds(waves.database) if deed.deed is Deed.WAVE_OPENED]
    assert len(opened) == 1
    written_to = Counter(mail.to for mail in waves.mail.mails)
    assert written_to == {f"{name}@example.org": 2 for name in names("a", 12)}


async def test_a_close_ends_what_was_kept_who_was_asked_who_answered_and_mails(
    waves: Waves,
) -> None:
    await waves.employ("sales", *names("a", 6), email=True)
    await waves.upsert(waves.draft())
    opened = await waves.open()
    await waves.database.fetch("UPDATE employee_exp_invitation SET kept = 'x'")
    await spend(waves, 2)

    closed = await waves.close(reason="everybody answered")

    assert (closed.state, closed.closed_early_because, closed.links_spent) == (
        pb.WAVE_STATE_CLOSED,
        "everybody answered",
        2,
    )
    left = await waves.database.fetch(
        "SELECT DISTINCT employee_id, kept, address_hash, spent FROM employee_exp_invitation"
    )
    assert [tuple(row) for row in left] == [(None, None, None, False)]
    assert await waves.database.fetchval("SELECT count(*) FROM employee_exp_mailing") == 0
    assert len({waves.keys.read(opened.id, purpose) for purpose in Purpose}) == 2  # not ours to end


async def test_a_wave_repeats_by_itself_from_opening_to_opening(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    plan = {"opens_at": waves.after(days=1), "closes_at": waves.after(days=15)}
    await waves.upsert(waves.draft(repeat_months=3, **plan))
    waves.watch.move(days=1)

    await waves.runner.look()
    await waves.runner.look()

    following = await waves.get("pulse-2026-08")
    first = await waves.get()
    assert first is not None
    assert following is not None
    assert following.state == pb.WAVE_STATE_DRAFT
    assert following.draft.opens_at.ToJsonString() == "2026-08-05T12:00:00Z"
    assert following.draft.closes_at.ToJsonString() == "2026-08-19T12:00:00Z"
    same = pb.WaveDraft()
    same.CopyFrom(first.draft)
    same.opens_at.CopyFrom(following.draft.opens_at)
    same.closes_at.CopyFrom(following.draft.closes_at)
    assert following.draft == same

    waves.watch.move(days=92)
    await waves.runner.look()
    await waves.runner.look()
    assert await state(waves, "pulse-2026-08") == pb.WAVE_STATE_OPEN
    assert await state(waves, "pulse-2026-11") == pb.WAVE_STATE_DRAFT
    assert await state(waves) == pb.WAVE_STATE_CLOSED


@pytest.mark.parametrize("people", [6, 4])  # nobody looked in its time, and too few to open
async def test_a_wave_that_was_missed_ends_no_series(waves: Waves, people: int) -> None:
    await waves.employ("sales", *names("a", people))
    plan = {"opens_at": waves.after(days=1), "closes_at": waves.after(days=15)}
    await waves.upsert(waves.draft(repeat_months=3, **plan))
    if people == 4:
        waves.watch.move(days=2)
        await waves.runner.look()
        assert await planned(waves) == ["pulse"]

    waves.watch.move(days=120)  # that of August is over, too
    await waves.runner.look()
    await waves.runner.look()

    assert await planned(waves) == ["pulse", "pulse-2026-11"]
    following = await waves.get("pulse-2026-11")
    assert following is not None
    assert (following.draft.repeat_months, following.state) == (3, pb.WAVE_STATE_DRAFT)
    assert following.draft.opens_at.ToJsonString() == "2026-11-05T12:00:00Z"
    assert reasons(waves) == ["CLOSES_AT_PAST"]

    request = pb.RemoveWaveRequest(key="pulse-2026-11")
    await waves.stub.RemoveWave(request, metadata=waves.bearer())
    await waves.runner.look()
    assert await planned(waves) == ["pulse"]


async def test_the_next_wave_that_somebody_planned_stays_as_it_is(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    own = await waves.upsert(waves.draft(name="Mine"), "pulse-2026-08")
    await waves.upsert(waves.draft(repeat_months=3))

    await waves.open()

    assert await waves.get("pulse-2026-08") == own


async def test_reminders_go_to_who_did_not_answer_once_each(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6), email=True)
    await waves.upsert(waves.draft(reminders=[3, 5, 7]))
    await waves.open()
    await waves.runner.send_mails()
    await spend(waves, 2)

    sent = []
    for days in (2, 1, 1, 3):  # two fall due in the last
        waves.watch.move(days=days)
        await waves.runner.look()
        await waves.runner.look()
        waves.mail.mails.clear()
        await waves.runner.send_mails()
        sent.append(len(waves.mail.mails))

    assert sent == [0, 4, 0, 4]
    found = await waves.get()
    assert found is not None
    assert found.links_sent == 6


async def test_spent_links_are_told_once_a_day_in_steps_of_ten_from_100_sent_on(
    waves: Waves,
) -> None:
    await open_to(waves, 100)
    await spend(waves, 37)

    await waves.runner.look()
    assert await shown(waves) is None  # on the day it opened

    waves.watch.move(hours=12)  # midnight
    await waves.runner.look()
    assert await shown(waves) == 30

    await spend(waves, 20)
    waves.watch.move(hours=23)
    await waves.runner.look()
    assert await shown(waves) == 30

    waves.watch.move(hours=1)
    await waves.runner.look()
    assert await shown(waves) == 50

    assert (await waves.close()).links_spent == 57


async def test_of_fewer_than_100_links_nothing_is_told_while_the_wave_is_open(
    waves: Waves,
) -> None:
    await open_to(waves, 99)
    await spend(waves, 60)
    waves.watch.move(days=2)

    await waves.runner.look()

    assert await shown(waves) is None
    kept = await waves.database.fetchval("SELECT links_spent FROM employee_exp_wave")
    assert kept is None


async def test_it_is_shown_for_how_long_mails_are_due_and_not_how_many(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6), email=True)
    await waves.upsert(waves.draft())
    await waves.open()
    waves.watch.move(minutes=40)

    await waves.runner.look_at_mails()
    waiting = dict(_OVERDUE.values)
    await waves.runner.send_mails()
    await waves.runner.look_at_mails()

    assert waiting == {(): pytest.approx(2400, abs=60)}
    assert _OVERDUE.values == {(): 0}
