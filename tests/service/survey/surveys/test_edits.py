"""Surveys that are edited: versions, what stays the same question, languages."""

import asyncio
from typing import Any

import asyncpg
import pytest

from cxm.survey.v1 import surveys_pb2 as pb
from services.kit.errors import Conflict, Invalid, NotFound
from services.kit.rights.access import Role
from services.survey.surveys import storage
from tests.service.survey.support.calls import announced, failure_of
from tests.service.survey.support.running import (
    QUESTIONS,
    STORED,
    SurveyService,
    make_submission,
    score,
)

NPS, CSAT, TEXT = QUESTIONS
OPTIONS = [pb.Option(key=key, text=key) for key in ("price", "time")]
STARS = pb.Question(
    key="stars", kind=pb.QUESTION_KIND_RATING, text="Stars?", scale=pb.Scale(low=1, high=5)
)
REASON = pb.Question(
    key="reason", kind=pb.QUESTION_KIND_SINGLE_CHOICE, text="Reason?", options=OPTIONS
)


async def update(survey: SurveyService, key: str = "relationship", **fields: Any) -> pb.Survey:
    if "questions" in fields:
        fields["questions"] = pb.QuestionList(questions=fields["questions"])
    request = pb.UpdateSurveyRequest(key=key, **fields)
    reply = await survey.surveys.UpdateSurvey(request, metadata=survey.bearer(Role.ADMIN))
    return reply.survey


def asking(question: pb.Question, **changes: Any) -> pb.Question:
    changed = pb.Question()
    changed.CopyFrom(question)
    for name in changes:
        changed.ClearField(name)  # type: ignore[arg-type]
    changed.MergeFrom(pb.Question(**changes))
    return changed


async def test_other_questions_are_a_new_version_and_the_same_questions(
    survey: SurveyService,
) -> None:
    (before, _) = await announced(survey)

    after = await update(survey, questions=[asking(TEXT, text="Why so?"), STARS, NPS])

    assert (before.version, after.version) == (1, 2)
    assert after.version_id != before.version_id
    assert after.id == before.id
    assert after.revision == before.revision + 1
    assert after.questions[0].id == before.questions[2].id
    assert after.questions[2].id == before.questions[0].id
    assert after.questions[0].text == "Why so?"
    assert (await announced(survey))[-1] == after


async def test_a_question_that_comes_back_is_the_one_it_was(survey: SurveyService) -> None:
    (before, _) = await announced(survey)
    await update(survey, questions=[NPS])

    after = await update(survey, questions=[NPS, CSAT])

    assert after.version == 3
    assert after.questions[1].id == before.questions[1].id


async def test_responses_are_answers_to_the_version_they_were_given_to(
    survey: SurveyService,
) -> None:
    await survey.submit(make_submission(score(9)))

    await update(survey, questions=[STARS, NPS])
    (result,) = await survey.submit(make_submission(score(3, "stars"), score(8)))

    assert result.status == STORED
    rows = await survey.database.fetch(
        "SELECT number, answers FROM survey_response JOIN survey_version v ON v.id = version_id"
        " ORDER BY number"
    )
    assert [(row[0], bytes(row[1])) for row in rows] == [(1, b"\x09\xff\xff"), (2, b"\x03\x08")]


async def test_the_same_again_changes_nothing_and_a_title_is_no_version(
    survey: SurveyService,
) -> None:
    before = await update(survey, title="Us", public=False, department="shop")
    again = await update(survey, title="Us", questions=QUESTIONS)

    assert before == again
    assert (again.version, again.revision, again.title, again.public) == (1, 2, "Us", False)
    assert len(await announced(survey)) == 3


async def test_an_option_may_be_added_and_kind_scale_and_options_stay(
    survey: SurveyService,
) -> None:
    await survey.create("choices", questions=[STARS, REASON])
    more = [*OPTIONS, pb.Option(key="staff", text="Staff")]

    after = await update(survey, "choices", questions=[STARS, asking(REASON, options=more)])

    assert [option.key for option in after.questions[1].options] == ["price", "time", "staff"]
    refused = [
        (asking(STARS, kind=pb.QUESTION_KIND_NPS, scale=None), "KIND_CHANGED", "kind"),
        (asking(STARS, scale=pb.Scale(low=1, high=4)), "SCALE_CHANGED", "scale"),
        (REASON, "OPTION_REMOVED", "options"),
    ]
    for question, reason, field in refused:
        failure = await failure_of(update(survey, "choices", questions=[NPS, question]))
        assert isinstance(failure, Conflict)
        assert (failure.reason, failure.field) == (reason, ("questions", "1", field))


async def test_a_draft_changes_freely_and_in_place(survey: SurveyService) -> None:
    draft = await survey.create("draft", questions=[STARS, NPS], state=pb.SURVEY_STATE_DRAFT)

    after = await update(
        survey, "draft", questions=[asking(STARS, scale=pb.Scale(low=0, high=3)), NPS]
    )

    assert (after.version, after.version_id) == (1, draft.version_id)
    assert after.questions[0].id != draft.questions[0].id
    assert after.questions[1].id == draft.questions[1].id


@pytest.mark.parametrize(
    ("states", "reason"),
    [
        ([pb.SURVEY_STATE_CLOSED], "SURVEY_CLOSED"),
        ([pb.SURVEY_STATE_CLOSED, pb.SURVEY_STATE_ARCHIVED], "SURVEY_ARCHIVED"),
    ],
)
async def test_a_survey_that_is_over_is_not_edited(
    survey: SurveyService, states: list[pb.SurveyState.ValueType], reason: str
) -> None:
    for state in states:
        request = pb.ChangeSurveyStateRequest(key="relationship", state=state)
        await survey.surveys.ChangeSurveyState(request, metadata=survey.bearer(Role.ADMIN))

    failure = await failure_of(update(survey, title="Other"))

    assert isinstance(failure, Conflict)
    assert failure.reason == reason


async def test_who_edited_another_version_is_told(survey: SurveyService) -> None:
    await update(survey, questions=[NPS], version=1)

    failure = await failure_of(update(survey, questions=[CSAT], version=1))

    assert isinstance(failure, Conflict)
    assert failure.reason == "VERSION_CHANGED"


async def test_an_unknown_survey_is_not_found(survey: SurveyService) -> None:
    for key in ("nosuch", "", "a\0"):
        failure = await failure_of(update(survey, key, title="Other"))
        assert isinstance(failure, NotFound)
        assert (failure.reason, failure.field) == ("UNKNOWN_SURVEY", ("key",))


async def test_20_editors_at_once_make_20_versions(survey: SurveyService) -> None:
    texts = [f"Why {number}?" for number in range(20)]

    edits = [update(survey, questions=[asking(TEXT, text=text)]) for text in texts]
    made = await asyncio.gather(*edits)

    assert sorted(each.version for each in made) == list(range(2, 22))
    assert len({each.questions[0].id for each in made}) == 1


async def test_texts_are_kept_in_every_language(survey: SurveyService) -> None:
    latvian = [pb.Text(language="lv", text="Kāpēc?")]
    option = pb.Option(key="price", text="Price", texts=[pb.Text(language="lv", text="Cena")])
    questions = [
        asking(TEXT, texts=latvian),
        asking(REASON, options=[option, OPTIONS[1]]),
    ]
    titles = [pb.Text(language="pt-BR", text="Nós"), pb.Text(language="lv", text="Mēs")]

    made = await survey.create("words", language="en", texts=titles, questions=questions)

    request = pb.BatchGetSurveysRequest(keys=["words"])
    reply = await survey.surveys.BatchGetSurveys(request, metadata=survey.bearer(Role.ANALYST))
    assert reply.surveys[0] == made
    assert made.language == "en"
    assert [(text.language, text.text) for text in made.texts] == [("lv", "Mēs"), ("pt-BR", "Nós")]
    assert list(made.questions[0].texts) == latvian
    assert made.questions[1].options[0] == option


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"language": "English!"}, ("language",), "INVALID_LANGUAGE"),
        (
            {"texts": [pb.Text(language="english language", text="a")]},
            ("texts", "0", "language"),
            "INVALID_LANGUAGE",
        ),
        (
            {"language": "lv", "texts": [pb.Text(language="LV", text="a")]},
            ("texts", "0", "language"),
            "DUPLICATE_LANGUAGE",
        ),
        ({"texts": [pb.Text(language="lv", text=" ")]}, ("texts", "0", "text"), "EMPTY"),
        (
            {"questions": [asking(TEXT, texts=[pb.Text(language="lv", text="x" * 2_001)])]},
            ("questions", "0", "texts", "0", "text"),
            "TOO_LONG",
        ),
    ],
)
async def test_bad_texts_are_refused(
    survey: SurveyService, changes: dict[str, Any], field: tuple[str, ...], reason: str
) -> None:
    failure = await failure_of(survey.create("words", **changes))

    assert isinstance(failure, Invalid)
    assert (failure.field, failure.reason) == (field, reason)


async def test_a_survey_is_locked_by_either_spelling_of_its_key(survey: SurveyService) -> None:
    one, two = "caf\u00e9", "cafe\u0301"
    await survey.create(one)
    look = "SELECT FROM survey_survey WHERE key = $1 FOR UPDATE NOWAIT"
    await survey.database.pool.fetch(look, one)  # the control

    for spelt in (one, two):
        async with survey.database.write.begin() as session:
            assert await storage.lock_survey(session, spelt)
            with pytest.raises(asyncpg.LockNotAvailableError):
                await survey.database.pool.fetch(look, one)
