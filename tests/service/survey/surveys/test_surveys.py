import asyncio
from typing import Any

import pytest

from cxm.survey.v1 import surveys_pb2 as pb
from services.kit.errors import Conflict, Invalid
from services.kit.rights.access import Role
from tests.service.survey.conftest import OpenSurvey
from tests.service.survey.support.calls import announced, failure_of
from tests.service.survey.support.running import QUESTIONS, SurveyService
from tests.support.builders import id_of, make_department


async def test_a_survey_is_created_once_and_announced_once(open_survey: OpenSurvey) -> None:
    survey = await open_survey()

    made = await survey.create("visit", department="shop")
    again = await survey.create("visit", department="shop")

    assert made == again
    assert made.version == 1
    assert made.department_id == id_of("shop")
    assert [(q.key, q.kind, q.text, q.dont_know) for q in made.questions] == [
        (q.key, q.kind, q.text, q.dont_know) for q in QUESTIONS
    ]
    assert await announced(survey) == [made]


async def test_other_content_under_a_used_key_is_a_conflict(survey: SurveyService) -> None:
    failure = await failure_of(survey.create("relationship", public=False))

    assert isinstance(failure, Conflict)
    assert (failure.reason, failure.field) == ("KEY_TAKEN", ("key",))
    assert len(await announced(survey)) == 2


async def test_20_callers_at_once_create_one_survey(survey: SurveyService) -> None:
    made = await asyncio.gather(*(survey.create("visit") for _ in range(20)))

    assert len({each.id for each in made}) == 1
    assert [each.key for each in await announced(survey)].count("visit") == 1


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"title": ""}, ("title",), "EMPTY"),
        ({"title": "a\0"}, ("title",), "INVALID_TEXT"),
        ({"questions": []}, ("questions",), "QUESTION_COUNT"),
        ({"questions": [QUESTIONS[0]] * 2}, ("questions", "1", "key"), "DUPLICATE_QUESTION"),
        ({"department": "nosuch"}, ("department",), "UNKNOWN_DEPARTMENT"),
        ({"department": "a\0"}, ("department",), "UNKNOWN_DEPARTMENT"),
    ],
)
async def test_a_bad_survey_is_refused(
    survey: SurveyService, changes: dict[str, Any], field: tuple[str, ...], reason: str
) -> None:
    failure = await failure_of(survey.create("visit", **changes))

    assert isinstance(failure, Invalid)
    assert (failure.field, failure.reason) == (field, reason)


async def test_a_survey_too_large_to_be_announced_is_refused_and_not_stored(
    survey: SurveyService,
) -> None:
    languages = [pb.Text(language=f"en-x-{number}", text="a" * 2_000) for number in range(49)]
    questions = [
        pb.Question(key=f"q{number}", kind=pb.QUESTION_KIND_NPS, text="a", texts=languages)
        for number in range(11)
    ]

    failure = await failure_of(survey.create("visit", language="en", questions=questions))

    assert isinstance(failure, Invalid)
    assert failure.reason == "TOO_LARGE"
    assert "at most 1000000" in failure.message
    assert len(await announced(survey)) == 2
    assert (await survey.create("visit")).version == 1


async def test_a_default_department_is_asked_of_profile(survey: SurveyService) -> None:
    survey.profile.departments["new"] = make_department("new")

    assert (await survey.create("visit", department="new")).department_id == id_of("new")


async def test_surveys_are_listed_by_key_in_pages(survey: SurveyService) -> None:
    for key in ("b", "a", "c"):
        await survey.create(key)
    seen: list[str] = []

    async def page(after: str) -> pb.ListSurveysResponse:
        request = pb.ListSurveysRequest(first=2, after=after, count=True)
        return await survey.surveys.ListSurveys(request, metadata=survey.bearer(Role.ANALYST))

    reply = await page("")
    seen += [each.key for each in reply.surveys]
    while reply.more:
        reply = await page(seen[-1])
        seen += [each.key for each in reply.surveys]

    assert seen == ["a", "b", "c", "internal", "relationship"]
    assert reply.total == 5


async def test_surveys_are_got_by_id_or_key_and_what_is_absent_is_left_out(
    survey: SurveyService,
) -> None:
    visit = await survey.create("visit")
    request = pb.BatchGetSurveysRequest(
        ids=[visit.id, id_of("nosuch"), "no uuid"], keys=["internal", "nosuch", "a\0b"]
    )

    reply = await survey.surveys.BatchGetSurveys(request, metadata=survey.bearer(Role.ANALYST))

    assert {each.key for each in reply.surveys} == {"visit", "internal"}
    assert visit in reply.surveys


@pytest.mark.parametrize("first", [0, 101])
async def test_a_page_has_1_to_100(survey: SurveyService, first: int) -> None:
    request = pb.ListSurveysRequest(first=first)

    failure = await failure_of(
        survey.surveys.ListSurveys(request, metadata=survey.bearer(Role.ADMIN))
    )

    assert failure.reason == "PAGE_SIZE"


async def test_a_standard_item_is_stored_with_its_words_and_announced(
    survey: SurveyService,
) -> None:
    question = pb.Question(key="speed", item="fast")

    made = await survey.create("care", questions=[question], language="lv")
    again = await survey.create("care", questions=[question], language="lv")

    assert made == again
    (stored,) = made.questions
    assert (stored.item, stored.kind) == ("fast", pb.QUESTION_KIND_RATING)
    assert (stored.scale.low, stored.scale.high) == (1, 5)
    assert stored.text == "Mani apkalpoja ātri."
    assert [text.language for text in stored.texts] == ["en", "lt", "mk", "sl"]
    assert (await announced(survey))[-1] == made


async def test_standard_items_are_questions_that_a_survey_takes(survey: SurveyService) -> None:
    reply = await survey.surveys.GetStandardItems(
        pb.GetStandardItemsRequest(), metadata=survey.bearer(Role.ANALYST)
    )

    made = await survey.create("all", questions=reply.questions)

    assert [question.item for question in made.questions] == [q.key for q in reply.questions]
    assert [question.text for question in made.questions] == [q.text for q in reply.questions]


@pytest.mark.parametrize(
    ("question", "field", "reason"),
    [
        (pb.Question(key="q", item="speed"), "item", "UNKNOWN_ITEM"),
        (pb.Question(key="q", item="fast", kind=pb.QUESTION_KIND_NPS), "kind", "KIND_OF_ITEM"),
        (pb.Question(key="q", text="?"), "kind", "UNKNOWN_KIND"),
    ],
)
async def test_a_question_that_is_not_its_item_is_refused(
    survey: SurveyService, question: pb.Question, field: str, reason: str
) -> None:
    failure = await failure_of(survey.create("care", questions=[question]))

    assert isinstance(failure, Invalid)
    assert (failure.field, failure.reason) == (("questions", "0", field), reason)
