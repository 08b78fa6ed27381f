"""No two waves ask the same people the same at one time, nor other parts of them soon after."""

import asyncio
from typing import Any

import grpc
import pytest

from cxm.employee_exp.v1 import waves_pb2 as pb
from tests.service.employee_exp.support.waves import Waves, names, question, refusal


@pytest.mark.parametrize(
    ("other", "opens"),
    [
        ({}, False),
        ({"questions": [question("tools", "AGREEMENT"), question("more", "TEXT")]}, False),
        ({"questions": [question("desk", "BURNOUT"), question("more", "TEXT")]}, True),
        ({"departments": ["sales"]}, False),
        ({"departments": ["service"]}, True),
    ],
)
async def test_no_two_open_waves_ask_the_same_of_the_same_people(
    waves: Waves, other: dict[str, Any], *, opens: bool
) -> None:
    await waves.employ("sales", *names("a", 5))
    await waves.employ("service", *names("b", 6))
    questions = [question("tools", "AGREEMENT"), question("more", "TEXT")]
    await waves.upsert(waves.draft(departments=["sales"], questions=questions))
    await waves.upsert(waves.draft(closes_at=waves.after(days=44), **other), "other")
    await waves.open()
    keys = sorted(waves.keys.directory.iterdir())

    if opens:
        assert (await waves.open("other")).state == pb.WAVE_STATE_OPEN
        return
    with pytest.raises(grpc.aio.AioRpcError, match="the wave pulse is open"):
        await waves.open("other")
    assert await refusal(waves.open("other")) == ("WAVE_OVERLAPS", "key")
    assert sorted(waves.keys.directory.iterdir()) == keys
    await waves.close()
    waves.watch.move(days=30)
    assert (await waves.open("other")).state == pb.WAVE_STATE_OPEN


async def test_enps_is_the_same_question_by_whatever_key(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    await waves.upsert(waves.draft(questions=[question("recommend", "ENPS")]))
    await waves.upsert(waves.draft(questions=[question("would-you", "ENPS")]), "other")
    await waves.open()

    assert await refusal(waves.open("other")) == ("WAVE_OVERLAPS", "key")

    await waves.close()
    assert (await waves.open("other")).state == pb.WAVE_STATE_OPEN


@pytest.mark.parametrize(
    ("other", "opens"),
    [
        (question("ov2", "AGREEMENT", "i trust  the Board"), False),
        (question("ov2", "AGREEMENT", "Uzticos valdei", lv="I trust the board"), False),
        (question("ov2", "SENSITIVE", "I trust the board"), True),
        (question("ov2", "AGREEMENT", "I trust the board of my union"), True),
    ],
)
async def test_the_same_text_is_the_same_question_by_whatever_key(
    waves: Waves, other: pb.WaveQuestion, *, opens: bool
) -> None:
    await waves.employ("sales", *names("a", 6))
    first = question("ov1", "AGREEMENT", "I trust the board", lv="Es uzticos valdei")
    both = {"languages": ["en", "lv"], "names": [pb.WaveText(language="lv", text="Pulss")]}
    await waves.upsert(waves.draft(questions=[first], **both))
    languages = ["en", *(text.language for text in other.texts)]
    named = both["names"] if other.texts else []
    await waves.upsert(waves.draft(questions=[other], languages=languages, names=named), "other")
    await waves.open()

    if opens:
        assert (await waves.open("other")).state == pb.WAVE_STATE_OPEN
    else:
        assert await refusal(waves.open("other")) == ("WAVE_OVERLAPS", "key")


async def test_a_part_is_asked_the_same_a_month_after_the_whole(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    await waves.employ("service", *names("b", 6))
    much_later = {"closes_at": waves.after(days=100)}
    enps = [question("would-you", "ENPS")]
    asks: dict[str, dict[str, Any]] = {
        "part": {"departments": ["sales"], "questions": enps},
        "whole": {"questions": enps},
        "else": {"departments": ["sales"], "questions": [question("desk", "AGREEMENT")]},
    }
    for key, draft in asks.items():
        await waves.upsert(waves.draft(**draft, **much_later), key)
    await waves.upsert(waves.draft())
    await waves.open()
    await waves.close()
    keys = sorted(waves.keys.directory.iterdir())
    waves.watch.move(days=29, hours=23, minutes=59)

    zone = waves.employees.directory.tree.zone
    from_ = waves.after(minutes=1).astimezone(zone)
    said = rf"the wave pulse closed .* from {from_:%Y-%m-%d %H:%M} \({zone.key}\) on"
    with pytest.raises(grpc.aio.AioRpcError, match=said):
        await waves.open("part")
    assert await refusal(waves.open("part")) == ("WAVE_TOO_SOON", "key")
    assert sorted(waves.keys.directory.iterdir()) == keys
    # The same departments, or other questions, are free at once.
    for key in ("whole", "else"):
        assert (await waves.open(key)).state == pb.WAVE_STATE_OPEN
        await waves.close(key)
    waves.watch.move(minutes=1)
    assert await refusal(waves.open("part")) == ("WAVE_TOO_SOON", "key")  # after the whole again
    waves.watch.move(days=30)
    assert (await waves.open("part")).state == pb.WAVE_STATE_OPEN


async def test_the_whole_is_asked_the_same_a_month_after_a_part(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    await waves.employ("service", *names("b", 6))
    await waves.upsert(waves.draft(departments=["sales"]))
    await waves.upsert(waves.draft(departments=["service"]), "beside")
    await waves.upsert(waves.draft(), "whole")
    await waves.open()
    await waves.close()

    assert await refusal(waves.open("whole")) == ("WAVE_TOO_SOON", "key")
    assert (await waves.open("beside")).state == pb.WAVE_STATE_OPEN


async def test_of_two_that_overlap_and_open_at_once_one_does(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    for key in ("pulse", "other"):
        await waves.upsert(waves.draft(), key)

    ended = await asyncio.gather(waves.open(), waves.open("other"), return_exceptions=True)

    assert sum(isinstance(one, pb.Wave) for one in ended) == 1
