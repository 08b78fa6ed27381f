"""Ballots and their key are destroyed 90 days after the close of a released wave."""

from datetime import timedelta

import pytest

from services.employee_exp.releases import storage
from services.employee_exp.sealing.wave_keys import KeyLost, Purpose
from tests.service.employee_exp.support.answered import Crash, open_answered, release, report
from tests.service.employee_exp.support.staff import Staff


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
