"""Drafts: made, changed and removed by those who may; what was opened stays as it was."""

from typing import Any

import grpc
import pytest

from cxm.employee_exp.v1 import waves_pb2 as pb
from tests.service.employee_exp.support.waves import Waves, names, question, refusal
from tests.support.audit import deeds, told


async def test_a_draft_is_made_changed_and_removed(waves: Waves) -> None:
    made = await waves.upsert(waves.draft())
    again = await waves.upsert(waves.draft())
    changed = await waves.upsert(waves.draft(k=8))
    read = await waves.get()
    await waves.stub.RemoveWave(pb.RemoveWaveRequest(key="pulse"), metadata=waves.bearer())

    assert (made.state, made.draft.k, made == again) == (pb.WAVE_STATE_DRAFT, 5, True)
    assert (changed.id, changed.draft.k, read == changed) == (made.id, 8, True)
    assert await waves.get() is None
    entries = await deeds(waves.database)
    assert [told(entry) for entry in entries] == [
        ("test-analyst", "analyst", deed, ("pulse",))
        for deed in ("wave_created", "wave_changed", "wave_removed")
    ]


async def test_every_field_of_a_draft_comes_back(waves: Waves) -> None:
    draft = waves.draft(
        kind=pb.WAVE_KIND_CENSUS,
        languages=["en", "lv"],
        names=[pb.WaveText(language="lv", text="Pavasaris")],
        questions=[question("recommend", "ENPS", lv="Kas tas ir?")],
        departments=["sales"],
        dimensions=["site", "years"],
        opens_at=waves.after(days=1),
        reminders=[3, 7],
        repeat_months=3,
    )

    assert (await waves.upsert(draft)).draft == draft


@pytest.mark.parametrize(
    ("wrong", "reason", "field"),
    [
        ({"k": 4}, "K_OUT_OF_RANGE", "k"),
        ({"departments": ["nowhere"]}, "UNKNOWN_DEPARTMENT", "departments.0"),
        ({"languages": ["en", "lv"]}, "TEXT_MISSING", "names"),
        ({"questions": []}, "QUESTION_COUNT", "questions"),
        ({"reminders": [3, 14]}, "REMINDER_TOO_LATE", "reminders.1"),
    ],
)
async def test_what_no_draft_can_be_is_refused_by_its_field(
    waves: Waves, wrong: dict[str, Any], reason: str, field: str
) -> None:
    assert await refusal(waves.upsert(waves.draft(**wrong))) == (reason, field)
    assert await waves.get() is None


async def test_a_time_that_is_none_is_refused(waves: Waves) -> None:
    draft = waves.draft()
    draft.closes_at.seconds = 2**50

    assert await refusal(waves.upsert(draft)) == ("INVALID_TIME", "closes_at")


async def test_a_department_that_is_not_there_is_named(waves: Waves) -> None:
    with pytest.raises(grpc.aio.AioRpcError, match="there is no department nowhere"):
        await waves.upsert(waves.draft(departments=["sales", "nowhere"]))


async def test_a_question_keeps_its_kind_over_all_waves(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    asked = {"questions": [question("mood", "AGREEMENT"), question("words", "TEXT")]}
    await waves.upsert(waves.draft(**asked))
    await waves.open()
    await waves.close()
    other = {"questions": [question("recommend", "ENPS"), question("mood", "BURNOUT")]}

    planned = waves.upsert(waves.draft(**other), "other")
    assert await refusal(planned) == ("KIND_CHANGED", "questions.1.kind")
    with pytest.raises(grpc.aio.AioRpcError, match="the wave pulse asks mood as AGREEMENT"):
        await waves.upsert(waves.draft(**other), "other")
    assert await waves.get("other") is None

    await waves.upsert(waves.draft(**asked), "other")
    edited = waves.upsert(waves.draft(**other), "other")
    assert await refusal(edited) == ("KIND_CHANGED", "questions.1.kind")
    found = await waves.get("other")
    assert found is not None
    assert [each.key for each in found.draft.questions] == ["mood", "words"]


async def test_a_question_of_one_draft_alone_may_become_another_kind(waves: Waves) -> None:
    await waves.upsert(waves.draft(questions=[question("mood", "AGREEMENT")]))
    changed = await waves.upsert(waves.draft(questions=[question("mood", "BURNOUT")]))
    assert changed.draft.questions[0].kind == pb.WAVE_QUESTION_KIND_BURNOUT

    other = waves.draft(questions=[question("mood", "AGREEMENT")])
    assert await refusal(waves.upsert(other, "other")) == ("KIND_CHANGED", "questions.0.kind")


async def test_after_opening_nothing_is_changed_removed_or_opened_again(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    await waves.upsert(waves.draft())
    opened = await waves.open()
    remove = waves.stub.RemoveWave(pb.RemoveWaveRequest(key="pulse"), metadata=waves.bearer())

    assert await refusal(waves.upsert(waves.draft(name="Other"))) == ("WAVE_OPENED", "key")
    assert await refusal(remove) == ("WAVE_OPENED", "key")
    assert await waves.upsert(waves.draft()) == opened  # the same again changes nothing
    assert await waves.open() == opened

    closed = await waves.close()
    assert await refusal(waves.open()) == ("WAVE_OPENED", "key")
    assert await refusal(waves.upsert(waves.draft(k=6))) == ("WAVE_OPENED", "key")
    assert await waves.get() == closed


async def test_what_is_not_open_cannot_be_closed(waves: Waves) -> None:
    await waves.upsert(waves.draft())

    assert await refusal(waves.close()) == ("WAVE_NOT_OPEN", "key")
    assert await refusal(waves.close(reason=" ")) == ("EMPTY", "reason")
    assert await refusal(waves.close("nothing")) == ("UNKNOWN_WAVE", "key")
    assert await refusal(waves.open("nothing")) == ("UNKNOWN_WAVE", "key")


async def test_only_admin_and_analyst_of_the_organisation_write_waves(waves: Waves) -> None:
    for role in ("department_head", "integration", "operator", "privacy_officer"):
        call = waves.upsert(waves.draft(), bearer=waves.bearer(role))
        assert (await refusal(call))[0] == "FORBIDDEN"
    part = waves.bearer("analyst", "sales")
    assert (await refusal(waves.upsert(waves.draft(), bearer=part)))[0] == "FORBIDDEN"

    assert (await waves.upsert(waves.draft(), bearer=waves.bearer("admin"))).id


async def test_a_head_sees_no_draft_no_plan_and_no_count(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    await waves.upsert(waves.draft(departments=["sales"], reminders=[2]))
    head = waves.bearer("department_head", "service")

    assert await waves.get(bearer=head) is None
    assert await _keys(waves, head) == []

    opened = await waves.open()
    seen = await waves.get(bearer=head)
    assert (opened.invited, list(opened.draft.departments)) == (6, ["sales"])
    assert seen is not None
    assert (seen.draft.k, seen.state) == (5, pb.WAVE_STATE_OPEN)
    assert (seen.invited, list(seen.draft.departments), list(seen.draft.reminders)) == (0, [], [])
    assert await _keys(waves, head) == ["pulse"]


async def test_waves_are_listed_by_when_they_open_the_latest_first(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    await waves.upsert(waves.draft(), "by-hand")
    times = {"opens_at": waves.after(days=9), "closes_at": waves.after(days=12)}
    await waves.upsert(waves.draft(**times), "later")
    await waves.upsert(waves.draft(), "now")
    await waves.open("now")

    assert await _keys(waves, waves.bearer()) == ["by-hand", "later", "now"]
    request = pb.ListWavesRequest(first=1, count=True)
    page = await waves.stub.ListWaves(request, metadata=waves.bearer())
    assert ([wave.key for wave in page.waves], page.more, page.total) == (["by-hand"], True, 3)
    rest = pb.ListWavesRequest(first=5, after=page.waves[0].id)
    found = await waves.stub.ListWaves(rest, metadata=waves.bearer())
    assert ([wave.key for wave in found.waves], found.more) == (["later", "now"], False)


async def test_the_standard_questions_make_a_wave_in_every_language(waves: Waves) -> None:
    reply = await waves.stub.GetStandardQuestions(
        pb.GetStandardQuestionsRequest(), metadata=waves.bearer("department_head", "sales")
    )
    languages = ["en", "lv", "lt", "sl", "mk"]
    titles = [pb.WaveText(language=language, text="X") for language in languages[1:]]
    draft = waves.draft(languages=languages, names=titles, questions=reply.questions)

    made = await waves.upsert(draft)

    assert made.draft.questions == reply.questions
    assert len(reply.questions) == 12


async def _keys(waves: Waves, bearer: Any) -> list[str]:
    reply = await waves.stub.ListWaves(pb.ListWavesRequest(first=100), metadata=bearer)
    return [wave.key for wave in reply.waves]
