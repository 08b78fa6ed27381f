"""Batches from the spool to the ballots: large, shuffled, sealed anew; nothing is lost and nothing stays."""

import asyncio

import asyncpg
import pytest

from infra.local.postgres import Postgres
from services.employee_exp.ballots.flushing import BallotFlusher
from services.employee_exp.ballots.sealed_ballots import BallotSeal
from services.employee_exp.sealing.wave_keys import KeyLost, Purpose
from tests.service.employee_exp.support.staff import Staff
from tests.support.open_wave import OpenWave

ROOT = "0190a000-0000-7000-8000-000000000000"
K = 5


async def open_answered(staff: Staff, people: int) -> OpenWave:
    """A wave whose n-th invited person answers n."""
    wave = await staff.open([ROOT], [-1], [(0, (1,))] * people)
    for number, one in enumerate(wave.invited):
        await staff.send(one.token, {"better": str(number)})
    return wave


async def written(staff: Staff, wave: OpenWave) -> list[str]:
    """What the ballots say, in the order of their rows."""
    seal = BallotSeal.of(staff.keys, await staff.wave(wave), Purpose.BALLOTS)
    rows = await staff.database.fetch("SELECT id, sealed FROM employee_exp_ballot ORDER BY ctid")
    return [str(seal.open(row["sealed"], row["id"]).answers["better"]) for row in rows]


async def test_a_batch_leaves_when_there_is_enough_and_as_much_stays(staff: Staff) -> None:
    wave = await open_answered(staff, 4 * K - 1)
    await staff.flusher.look()
    assert (await staff.count("spool"), await staff.count("ballot")) == (4 * K - 1, 0)

    wave = await open_answered(staff, 4 * K + 3)
    await staff.flusher.look()

    assert await staff.count("ballot") == 2 * K + 3
    assert await staff.count("spool") == 4 * K - 1 + 2 * K
    order = list(map(int, await written(staff, wave)))
    assert len(set(order)) == 2 * K + 3
    assert order != sorted(order)


async def test_at_the_close_everything_moves_and_the_spool_key_goes(staff: Staff) -> None:
    wave = await open_answered(staff, 30)
    await staff.flusher.look()
    closed = await staff.close(wave)

    assert await staff.flusher.finish(closed) == 0

    assert await staff.count("spool") == 0
    assert sorted(map(int, await written(staff, wave))) == list(range(30))
    with pytest.raises(KeyLost):
        staff.keys.read(wave.id, Purpose.SPOOL)
    assert await staff.flusher.finish(closed) == 0  # as after a crash


async def test_nothing_of_the_spool_is_seen_again_in_the_ballots(staff: Staff) -> None:
    wave = await open_answered(staff, 20)
    before = await staff.database.fetch("SELECT id, sealed FROM employee_exp_spool")
    await staff.flusher.finish(await staff.close(wave))

    after = await staff.database.fetch("SELECT id, sealed FROM employee_exp_ballot")
    assert not {row["id"] for row in before} & {row["id"] for row in after}
    assert not {row["sealed"] for row in before} & {row["sealed"] for row in after}
    assert len({len(row["sealed"]) for row in (*before, *after)}) == 1
    assert {row["id"].version for row in after} == {4}


async def test_two_who_flush_at_once_move_each_ballot_once(staff: Staff) -> None:
    """A flush is under way when the wave is closed."""
    wave = await open_answered(staff, 30)
    closed = await staff.close(wave)
    other = BallotFlusher(staff.database, staff.keys)

    await asyncio.gather(staff.flusher.finish(closed), other.finish(closed))

    assert sorted(map(int, await written(staff, wave))) == list(range(30))


async def test_while_a_key_is_away_nothing_moves_and_nothing_is_lost(staff: Staff) -> None:
    wave = await open_answered(staff, 4 * K)
    key = staff.keys.read(wave.id, Purpose.BALLOTS)
    staff.keys.destroy(wave.id, Purpose.BALLOTS)

    await staff.flusher.look()

    assert (await staff.count("spool"), await staff.count("ballot")) == (4 * K, 0)
    (staff.keys.directory / f"{wave.id}.ballots").write_bytes(key)
    await staff.flusher.look()
    assert (await staff.count("spool"), await staff.count("ballot")) == (2 * K, 2 * K)


async def test_a_crash_in_a_batch_leaves_the_spool_as_it_was(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave = await open_answered(staff, 30)
    closed = await staff.close(wave)

    async def crash(*_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr("services.employee_exp.ballots.storage.put_ballots", crash)
        with pytest.raises(ConnectionError):
            await staff.flusher.finish(closed)
    assert (await staff.count("spool"), await staff.count("ballot")) == (30, 0)
    assert staff.keys.read(wave.id, Purpose.SPOOL)

    await staff.flusher.finish(closed)
    assert sorted(map(int, await written(staff, wave))) == list(range(30))


async def test_intake_writes_ballots_and_cannot_read_them_and_read_sees_nothing(
    staff: Staff, postgres: Postgres
) -> None:
    await staff.flusher.finish(await staff.close(await open_answered(staff, 20)))
    name = await staff.database.fetchval("SELECT current_database()")

    async def tries(role: str, statement: str) -> str:
        connection = await asyncpg.connect(postgres.url(f"cxm_employee_exp_{role}", None, name))
        try:
            rows = await connection.fetch(statement)
        except asyncpg.InsufficientPrivilegeError:
            return "denied"
        finally:
            await connection.close()
        return str(len(rows))

    ballots = "SELECT id FROM employee_exp_ballot"
    assert await tries("intake", ballots) == "denied"
    assert await tries("intake", "DELETE FROM employee_exp_ballot") == "denied"
    assert await tries("release", ballots) == "20"
    for table in ("spool", "ballot", "release_verbatim", "invitation"):
        assert await tries("read", f"SELECT id FROM employee_exp_{table}") == "denied"
    assert await tries("release", "SELECT employee_id FROM employee_exp_invitation") == "denied"
    assert await tries("release", "SELECT token_hash FROM employee_exp_invitation") == "denied"
    assert await tries("release", "SELECT sealed FROM employee_exp_spool") == "denied"
    # Row-level security holds though somebody grants the table by mistake.
    await staff.database.fetch(
        "GRANT SELECT ON employee_exp_ballot TO cxm_employee_exp_intake, cxm_employee_exp_read"
    )
    assert await tries("intake", ballots) == "0"
    assert await tries("read", ballots) == "0"
