"""What a lost key or a damaged ballot costs is counted, and nothing more is lost."""

import pytest

from services.employee_exp.sealing.wave_keys import Purpose
from services.employee_exp.waves.domain.wave import WaveState
from services.kit.errors import Unavailable
from tests.service.employee_exp.support.answered import open_answered, release, report
from tests.service.employee_exp.support.staff import Staff


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
