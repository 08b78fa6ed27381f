"""A link takes answers once, and keeps them for later; it is all the right it takes."""

import asyncio
from collections import Counter
from datetime import timedelta

import grpc
import pytest

from cxm.employee_exp.v1 import ballots_pb2 as pb
from services.employee_exp.invitations.domain import link_hash
from services.employee_exp.sealing.wave_keys import Purpose
from services.kit.rpc.status import from_rpc
from tests.service.employee_exp.support.staff import Staff, messages
from tests.support.open_wave import OpenWave

PARALLEL = 20
ROOT = "0190a000-0000-7000-8000-000000000000"


async def open_one(staff: Staff, people: int = 1) -> OpenWave:
    return await staff.open([ROOT], [-1], [(0, (1,))] * people)


async def find(staff: Staff, token: str) -> pb.FindBallotResponse:
    return await staff.ballots.FindBallot(pb.FindBallotRequest(token=token))


async def keep(staff: Staff, token: str, **answers: int | str) -> int:
    request = pb.KeepBallotRequest(token=token, answers=messages(answers))
    return (await staff.ballots.KeepBallot(request)).state


async def test_a_link_says_what_is_asked_and_spends_nothing(staff: Staff) -> None:
    wave = await open_one(staff)
    token = wave.invited[0].token

    found = [await find(staff, token) for _ in range(3)][-1]

    assert found.state == pb.LINK_STATE_READY
    assert [question.key for question in found.questions] == [q.key for q in wave.questions]
    assert (found.name, found.k, found.preferred_language) == ("Census", 5, "")
    assert (await find(staff, token[:-1])).state == pb.LINK_STATE_UNKNOWN
    assert not (await find(staff, "nothing")).questions


async def test_answers_are_taken_once(staff: Staff) -> None:
    token = (await open_one(staff)).invited[0].token

    first = await staff.send(token, {"recommend": 9, "better": "  Coffee \0"})
    again = await staff.send(token, {"recommend": 1})

    assert (first.state, first.taken) == (pb.LINK_STATE_SPENT, True)
    assert (again.state, again.taken) == (pb.LINK_STATE_SPENT, False)
    assert (await find(staff, token)).state == pb.LINK_STATE_SPENT
    assert await keep(staff, token, recommend=2) == pb.LINK_STATE_SPENT
    assert await staff.count("spool") == 1


async def test_many_posts_at_once_store_one_ballot_for_each_link(staff: Staff) -> None:
    """The short form of `make ballots`."""
    wave = await open_one(staff, 25)
    posts = [one.token for one in wave.invited for _ in range(PARALLEL)]

    replies = await asyncio.gather(*(staff.send(token, {"a0": 4}) for token in posts))

    taken = Counter(token for token, reply in zip(posts, replies, strict=True) if reply.taken)
    assert taken == dict.fromkeys((one.token for one in wave.invited), 1)
    assert await staff.count("spool") == 25


async def test_what_is_kept_for_later_comes_back_and_goes_when_it_is_sent(staff: Staff) -> None:
    token = (await open_one(staff)).invited[0].token
    assert await keep(staff, token, recommend=3, better="Less noise") == pb.LINK_STATE_READY
    assert await keep(staff, token, a1=2, better="Quiet") == pb.LINK_STATE_READY

    assert list((await find(staff, token)).kept) == messages({"a1": 2, "better": "Quiet"})
    await staff.send(token, {"a1": 2})
    assert await staff.database.fetchval("SELECT kept FROM employee_exp_invitation") is None


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"unknown": 3}, "UNKNOWN_QUESTION"),
        ({"recommend": 11}, "OUT_OF_SCALE"),
        ({"recommend": -1}, "OUT_OF_SCALE"),
        ({"a0": 0}, "OUT_OF_SCALE"),
        ({"moved": 2}, "OUT_OF_SCALE"),
        ({"better": 4}, "OUT_OF_SCALE"),
        ({"a0": "four"}, "WRONG_KIND"),
        ({"better": "x" * 1001}, "TOO_LONG"),
        ({"better": "😀" * 501}, "TOO_LONG"),
        ({"better": "   "}, "NO_ANSWER"),
        ({}, "EMPTY"),
    ],
)
async def test_what_the_wave_does_not_take_is_refused_and_spends_nothing(
    staff: Staff, answers: dict[str, int | str], reason: str
) -> None:
    token = (await open_one(staff)).invited[0].token

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await staff.send(token, answers)

    assert from_rpc(caught.value).reason == reason
    assert (await find(staff, token)).state == pb.LINK_STATE_READY


async def test_a_question_is_answered_once(staff: Staff) -> None:
    token = (await open_one(staff)).invited[0].token
    twice = [*messages({"a0": 4}), *messages({"a0": 5})]

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await staff.ballots.SendBallot(pb.SendBallotRequest(token=token, answers=twice))

    assert from_rpc(caught.value).reason == "DUPLICATE_ANSWER"


async def test_after_its_time_and_after_its_close_a_wave_takes_nothing(staff: Staff) -> None:
    wave = await open_one(staff, 2)
    first, second = (one.token for one in wave.invited)
    staff.clock.at += timedelta(days=14)

    assert (await staff.send(first, {"a0": 4})).state == pb.LINK_STATE_CLOSED
    staff.clock.at -= timedelta(days=14)
    await staff.close(wave)
    late = await staff.send(second, {"a0": 4})
    assert (late.state, late.taken) == (pb.LINK_STATE_CLOSED, False)
    assert await keep(staff, second, a0=4) == pb.LINK_STATE_CLOSED
    assert (await find(staff, second)).k == 5  # the page says what it was
    assert await staff.count("spool") == 0


@pytest.mark.parametrize("ending", ["its time is over", "it was closed"])
async def test_a_wave_that_is_over_tells_nobody_whether_a_link_was_spent(
    staff: Staff, ending: str
) -> None:
    wave = await open_one(staff, 2)
    tokens = [one.token for one in wave.invited]
    await staff.send(tokens[0], {"a0": 4})
    if ending == "it was closed":
        await staff.database.fetch("UPDATE employee_exp_wave SET state = 'closed'")
    else:
        staff.clock.at += timedelta(days=14)

    sent = [await staff.send(token, {"a0": 4}) for token in tokens]
    kept = [await keep(staff, token, a0=4) for token in tokens]
    found = [await find(staff, token) for token in tokens]

    assert [(one.state, one.taken) for one in sent] == [(pb.LINK_STATE_CLOSED, False)] * 2
    assert kept == [pb.LINK_STATE_CLOSED] * 2
    assert found[0].state == pb.LINK_STATE_CLOSED
    assert found[0] == found[1]


async def test_a_close_waits_for_answers_that_are_being_taken(staff: Staff) -> None:
    """Or these would come into a spool that was emptied for the last time."""
    wave = await open_one(staff)

    async with staff.database.pool.acquire() as connection, connection.transaction():
        await connection.fetch(
            "SELECT FROM employee_exp_wave WHERE id = $1 FOR UPDATE", wave.id
        )  # as closing does
        sending = asyncio.create_task(staff.send(wave.invited[0].token, {"a0": 4}))
        await connection.execute("UPDATE employee_exp_wave SET state = 'closed'")
        assert not sending.done()
    assert (await sending).state == pb.LINK_STATE_CLOSED


async def test_without_its_key_nothing_is_taken(staff: Staff) -> None:
    wave = await open_one(staff)
    staff.keys.destroy(wave.id, Purpose.SPOOL)

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await staff.send(wave.invited[0].token, {"a0": 4})

    assert from_rpc(caught.value).reason == "KEY_LOST"
    assert (await find(staff, wave.invited[0].token)).state == pb.LINK_STATE_READY


async def test_what_is_stored_has_one_length_and_says_nothing(staff: Staff) -> None:
    wave = await open_one(staff, 3)
    secret = "The boss of the third floor"
    await staff.send(wave.invited[0].token, {"a0": 4})
    await staff.send(wave.invited[1].token, {"better": secret + "x" * 970, "recommend": 0})
    await keep(staff, wave.invited[2].token, better=secret)

    rows = await staff.database.fetch("SELECT sealed FROM employee_exp_spool")
    kept = await staff.database.fetchval(
        "SELECT kept FROM employee_exp_invitation WHERE token_hash = $1",
        link_hash(wave.invited[2].token),
    )
    sealed = [*(row["sealed"] for row in rows), kept]
    assert len({len(one) for one in sealed}) == 1
    assert len(set(sealed)) == 3
    for one in sealed:
        assert secret.encode() not in one
        assert secret.encode("utf-16-le") not in one
