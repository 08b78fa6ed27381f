"""Responses and texts on a page: whose they are, which are counted, and in which order."""

from datetime import UTC, datetime, timedelta

import grpc
import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from cxm.survey.v1 import reading_pb2 as pb
from cxm.survey.v1 import responses_pb2, surveys_pb2
from services.kit.clock import new_id
from services.kit.rights.access import Role
from services.kit.rights.audit.entries import Deed
from services.survey.responses.domain.ids import row_id
from tests.service.survey.conftest import KEY
from tests.service.survey.support.calls import failure_of
from tests.service.survey.support.reading import CSAT, NPS, TODAY, Reading, scope
from tests.service.survey.support.running import (
    QUESTIONS,
    SurveyService,
    make_submission,
    score,
    words,
)
from tests.support.audit import deeds
from tests.support.builders import fill_directory, make_department

CODE = grpc.StatusCode


@pytest.fixture
def reading(survey: SurveyService) -> Reading:
    return Reading(survey)


async def test_a_text_stands_beside_what_its_response_scored(
    survey: SurveyService, reading: Reading
) -> None:
    given = make_submission(
        score(3), score(5, "overall"), words("The bill was wrong"), touchpoint="invoice",
        department="shop", channel="SMS", language="lv",
    )  # fmt: skip
    await survey.submit(given, metadata=survey.bearer(Role.ADMIN))

    (found,) = (await reading.verbatims()).verbatims

    context = found.context
    assert (found.text, found.question, found.asked) == ("The bill was wrong", "why", "Why?")
    assert context.row == row_id(KEY, given.id)
    assert (context.department.key, context.department.name) == ("shop", "Shop")
    assert (context.touchpoint.key, context.channel, context.language) == ("invoice", "SMS", "lv")
    assert context.survey.name == "Relationship"
    assert context.lead == pb.LeadScore(kind=surveys_pb2.QUESTION_KIND_NPS, score=3, low=0, high=10)


async def test_a_response_has_every_answer_of_its_own_kind(
    survey: SurveyService, reading: Reading
) -> None:
    await survey.submit(
        make_submission(
            score(9), responses_pb2.Answer(question="overall", dont_know=True), words("fine")
        )
    )

    (found,) = (await reading.responses()).responses

    recommend, overall, why = found.answers
    assert (recommend.question, recommend.score) == ("recommend", 9)
    assert overall.dont_know
    assert not overall.HasField("score")
    assert (why.text, why.asked) == ("fine", "Why?")


async def test_those_are_listed_that_the_metric_counts(
    survey: SurveyService, reading: Reading
) -> None:
    """Don't know is not in the base of csat, and another question's answer not in that of nps."""
    unsure = responses_pb2.Answer(question="overall", dont_know=True)
    await survey.submit(
        make_submission(score(9)),
        make_submission(score(4, "overall")),
        make_submission(unsure),
        make_submission(words("nothing else")),
    )
    with_unsure = pb.CountedBy(kind=surveys_pb2.QUESTION_KIND_CSAT, with_dont_know=True)
    named = pb.QuestionNamed(survey="relationship", question="recommend")
    elsewhere = pb.QuestionNamed(survey="internal", question="recommend")

    async def counted(by: pb.CountedBy) -> tuple[int, int]:
        reply = await reading.responses(counted_by=by, count=True)
        return len(reply.responses), reply.total

    assert await counted(NPS) == (1, 1)
    assert await counted(CSAT) == (1, 1)
    assert await counted(with_unsure) == (2, 2)
    assert await counted(pb.CountedBy(question=named)) == (1, 1)
    assert await counted(pb.CountedBy(question=elsewhere)) == (0, 0)


async def test_a_standard_item_counts_in_every_survey_that_asks_it(
    survey: SurveyService, reading: Reading
) -> None:
    item = surveys_pb2.Question(key="there", item="informationThere")
    for key, in_scorecard in (("visit", True), ("app", True), ("aside", False)):
        await survey.create(key, in_scorecard=in_scorecard, public=True, questions=[item])
        for given in ("yes", "DONT_KNOW"):
            answer = responses_pb2.Answer(
                question="there", choices=responses_pb2.Choices(options=[given])
            )
            await survey.submit(make_submission(answer, survey=key))

    async def counted(*, with_dont_know: bool) -> int:
        by = pb.CountedBy(standard_item="informationThere", with_dont_know=with_dont_know)
        return (await reading.responses(counted_by=by, count=True)).total

    assert await counted(with_dont_know=False) == 2
    assert await counted(with_dont_know=True) == 4


async def test_a_survey_out_of_the_scorecard_is_behind_no_built_in_number(
    survey: SurveyService, reading: Reading
) -> None:
    await survey.create("aside", in_scorecard=False, public=True)
    await survey.submit(make_submission(survey="aside"), make_submission())

    assert len((await reading.responses()).responses) == 1


async def test_the_first_question_of_a_kind_counts_as_each_version_asked(
    survey: SurveyService, reading: Reading
) -> None:
    """As metrics counts: a question that was first, and is asked second now, does not; one asked no more does."""
    first, second = (
        surveys_pb2.Question(key=key, kind=surveys_pb2.QUESTION_KIND_NPS, text="?")
        for key in ("old", "new")
    )

    async def ask(*questions: surveys_pb2.Question) -> None:
        await survey.surveys.UpdateSurvey(
            surveys_pb2.UpdateSurveyRequest(
                key="changing", questions=surveys_pb2.QuestionList(questions=questions)
            ),
            metadata=survey.bearer(Role.ADMIN),
        )

    await survey.create("changing", questions=[first], public=True)
    await survey.submit(make_submission(score(1, "old"), survey="changing"))
    await ask(second, first)
    moved_back = await reading.responses()
    await ask(second)
    dropped = await reading.responses()

    assert len(moved_back.responses) == 0
    assert len(dropped.responses) == 1


async def test_the_newest_come_first_and_pages_join_without_a_gap(
    survey: SurveyService, reading: Reading
) -> None:
    hours = (9, 9, 9, 8, 12, 10, 11)  # three at the same instant
    day = datetime.fromtimestamp((TODAY - 1) * 86400, UTC).date()
    sent = [
        make_submission(words(f"{hour:02} {n}"), occurred_at=f"{day}T{hour:02}:00:00Z")
        for n, hour in enumerate(hours)
    ]
    old = make_submission(words("00 old"), occurred_at="2020-02-29T12:00:00Z")
    await survey.submit(*sent, old)
    long = scope(from_day=10_957)

    pages = [page async for page in reading.pages(2, within=long)]
    found = [text for page in pages for text in page]

    assert [len(page) for page in pages] == [2, 2, 2, 2]
    assert sorted(found) == sorted(s.answers[0].text for s in [*sent, old])
    assert [text[:2] for text in found] == ["12", "11", "10", "09", "09", "09", "08", "00"]
    assert (await reading.verbatims(long, count=True)).total == 8


async def test_what_comes_meanwhile_moves_no_later_page(
    survey: SurveyService, reading: Reading
) -> None:
    await survey.submit(*(make_submission(words(f"text {n}")) for n in range(4)))
    page = await reading.verbatims(first=2)
    await survey.submit(make_submission(words("newer")))

    following = await reading.verbatims(first=2, after=page.next)

    shown = {found.text for reply in (page, following) for found in reply.verbatims}
    assert shown == {f"text {n}" for n in range(4)}
    assert not following.HasField("next")


async def test_two_texts_of_one_response_are_two_items(
    survey: SurveyService, reading: Reading
) -> None:
    more = surveys_pb2.Question(key="more", kind=surveys_pb2.QUESTION_KIND_TEXT, text="More?")
    await survey.create("long", questions=[*QUESTIONS, more], public=True)
    await survey.submit(
        make_submission(words("first"), words("second", "more"), survey="long"),
    )

    assert [page async for page in reading.pages(1)] == [["first"], ["second"]]
    assert await reading.texts(question="more") == ["second"]


@pytest.mark.parametrize(
    ("kept", "texts"),
    [
        ({"touchpoint": "till"}, ["at the till"]),
        ({"channel": "SMS"}, ["by sms"]),
        ({"language": "mk"}, ["на македонски"]),
        ({"segment": "B2B"}, []),
        ({"survey": "internal"}, []),
        ({"survey": "nosuch"}, []),
        ({"touchpoint": "nosuch"}, []),
        ({"channel": "S\0MS"}, []),
    ],
)
async def test_filters(
    survey: SurveyService, reading: Reading, kept: dict[str, str], texts: list[str]
) -> None:
    sent = [
        make_submission(words("at the till"), touchpoint="till", department=None),
        make_submission(words("by sms"), channel="SMS"),
        make_submission(words("на македонски"), language="mk"),
    ]
    await survey.submit(*sent, metadata=survey.bearer(Role.ADMIN))

    assert await reading.texts(scope(filter=pb.ReadingFilter(**kept))) == texts


@pytest.mark.parametrize(
    ("kind", "low", "high", "texts"),
    [
        ("NPS", 0, 6, ["detractor"]),
        ("NPS", 7, 8, ["passive"]),
        ("NPS", 9, 10, []),
        ("CSAT", 1, 5, ["passive"]),
    ],
)
async def test_texts_of_those_who_scored_so(
    survey: SurveyService, reading: Reading, kind: str, low: int, high: int, texts: list[str]
) -> None:
    await survey.submit(
        make_submission(score(6), words("detractor")),
        make_submission(score(8), score(2, "overall"), words("passive")),
        make_submission(words("said no score")),
    )
    number = surveys_pb2.QuestionKind.Value(f"QUESTION_KIND_{kind}")

    found = await reading.texts(scored=pb.ScoreBounds(kind=number, low=low, high=high))

    assert found == texts


@pytest.mark.parametrize(
    ("kind", "low", "high", "reason"),
    [
        ("NPS", 0, 11, "SCORE_OUT_OF_RANGE"),
        ("CSAT", 4, 2, "SCORE_OUT_OF_RANGE"),
        ("RATING", 1, 5, "KIND_WITHOUT_SCALE"),
        ("TEXT", 1, 5, "KIND_WITHOUT_SCALE"),
    ],
)
async def test_bounds_that_cannot_be(
    reading: Reading, kind: str, low: int, high: int, reason: str
) -> None:
    number = surveys_pb2.QuestionKind.Value(f"QUESTION_KIND_{kind}")
    call = reading.verbatims(scored=pb.ScoreBounds(kind=number, low=low, high=high))

    assert (await failure_of(call)).reason == reason


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("RĒĶINS", ["Rēķins bija nepareizs"]),
        ("re\u0304k\u0327ins", ["Rēķins bija nepareizs"]),  # as macOS writes it
        ("сметка", ["Погрешна Сметка"]),
        ("napac\u030cen", ["Napac\u030cen račun"]),
        ("napačen", ["Napac\u030cen račun"]),
        ("100%", ["100% certain_ly"]),
        ("n_l", ["100% certain_ly"]),
        ("_", ["100% certain_ly"]),
        ("  bija  ", ["Rēķins bija nepareizs"]),
        ("\0", []),
        ("nothing of it", []),
    ],
)
async def test_a_search_finds_part_of_a_text_in_any_case_and_language(
    survey: SurveyService, reading: Reading, search: str, found: list[str]
) -> None:
    texts = ["Rēķins bija nepareizs", "Погрешна Сметка", "Napac\u030cen račun", "100% certain_ly"]
    await survey.submit(*(make_submission(words(text)) for text in texts))

    page = await reading.verbatims(search=search, count=True)

    assert [verbatim.text for verbatim in page.verbatims] == found
    assert not page.HasField("total")


async def test_a_search_that_is_refused_is_not_repeated(reading: Reading) -> None:
    failure = await failure_of(reading.verbatims(search="secret" * 50))

    assert failure.reason == "TOO_LONG"
    assert "secret" not in failure.message


async def test_a_head_reads_the_own_subtree_and_nothing_else(survey: SurveyService) -> None:
    for department in ("sales", "shop", "care"):
        await survey.submit(make_submission(score(1), words(department), department=department))
    head = Reading(survey, Role.DEPARTMENT_HEAD, "sales")

    refusals = [
        await failure_of(call(scope(department)))
        for call in (head.verbatims, head.responses)
        for department in ("care", "root")
    ]
    absent = await failure_of(head.verbatims(pb.ReadingScope(department_id=new_id(), to_day=9)))

    assert set(await head.texts(scope("sales"))) == {"sales", "shop"}
    assert len((await head.responses(scope("sales"))).responses) == 2
    assert await head.texts(scope("sales", include_subtree=False)) == ["sales"]
    assert await head.texts(scope("sales"), department="shop") == ["shop"]
    assert await head.texts(scope("sales"), department="care") == []
    assert await head.texts(scope("sales"), department="nosuch") == []
    assert {(f.reason, f.message) for f in refusals} == {(absent.reason, absent.message)}


async def test_a_subtree_as_it_was_shows_only_what_may_be_seen_today(
    survey: SurveyService,
) -> None:
    """The shop was under sales, and from today on it is under care."""
    yesterday = datetime.fromtimestamp((TODAY - 1) * 86400, UTC).date()
    given = make_submission(words("then"), department="shop", occurred_at=f"{yesterday}T09:00:00Z")
    await survey.submit(given)
    moved = make_department("shop", "sales", [(yesterday + timedelta(days=1), "care")])
    await fill_directory(survey.database, [moved], time_zone="Europe/Riga")
    await survey.directory.refresh()
    was, is_now = scope("sales", as_it_was=True), scope("sales")

    assert await Reading(survey).texts(was) == ["then"]
    assert await Reading(survey).texts(is_now) == []
    assert await Reading(survey, Role.DEPARTMENT_HEAD, "sales").texts(was) == []
    assert await Reading(survey, Role.DEPARTMENT_HEAD, "care").texts(scope("care")) == ["then"]


@pytest.mark.parametrize("role", [Role.INTEGRATION, Role.OPERATOR, Role.PRIVACY_OFFICER])
async def test_other_roles_read_no_responses(survey: SurveyService, role: Role) -> None:
    refused = Reading(survey, role)

    for call in (refused.verbatims(), refused.responses()):
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await call
        assert error.value.code() in (CODE.PERMISSION_DENIED, CODE.NOT_FOUND)


async def test_what_was_withdrawn_is_not_read(survey: SurveyService, reading: Reading) -> None:
    given = make_submission(score(1), words("gone"))
    await survey.submit(given)
    request = responses_pb2.WithdrawResponseRequest(id=given.id)
    await survey.responses.WithdrawResponse(request, metadata=survey.bearer(Role.ADMIN))

    assert await reading.texts() == []
    assert (await reading.responses(count=True)).total == 0


@pytest.mark.parametrize(
    "asked",
    [
        {"within": scope(to_day=TODAY - 3)},
        {"first": 0},
        {"first": 101},
        {"after": pb.ReadingPlace(at=-1)},
        {"after": pb.ReadingPlace(at=1, row="nonsense")},
    ],
)
async def test_what_cannot_be_asked(reading: Reading, asked: dict[str, object]) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await reading.verbatims(**asked)  # type: ignore[arg-type]

    assert refused.value.code() is CODE.INVALID_ARGUMENT


async def test_reading_is_told_once_a_day(survey: SurveyService, reading: Reading) -> None:
    await survey.submit(make_submission(score(1), words("read")))

    for _ in range(2):
        await reading.verbatims()
        await reading.responses()
    await reading.verbatims(scope("sales"))

    told = [d for d in await deeds(survey.database) if d.deed == Deed.RESPONSES_READ]
    assert [d.keys for d in told] == [("root",), ("sales",)]


async def test_a_search_is_in_no_log_and_no_trace(
    survey: SurveyService,
    reading: Reading,
    spans: InMemorySpanExporter,
    capfd: pytest.CaptureFixture[str],
) -> None:
    await survey.submit(make_submission(words("the canary sings")))
    capfd.readouterr()

    assert await reading.texts(search="canary") == ["the canary sings"]
    await failure_of(reading.verbatims(search="canary" * 50))

    written = "".join(capfd.readouterr())
    assert "canary" not in written
    assert "canary" not in repr(
        [(s.name, s.attributes, s.events) for s in spans.get_finished_spans()]
    )
