"""Exports of responses come back in: to the same responses, and as equal ones to another platform."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

from cxm.survey.v1 import export_pb2, responses_pb2, surveys_pb2
from services.kit.clock import new_id
from services.kit.rights.access import Grant, Role
from services.survey.responses.domain.ids import row_id
from tests.service.support.import_call import Outcome
from tests.service.survey.conftest import KEY, OpenSurvey
from tests.service.survey.support.corrections import correct, withdraw
from tests.service.survey.support.exports import CHOICES, Exports
from tests.service.survey.support.running import (
    QUESTIONS,
    SurveyService,
    make_submission,
    score,
    words,
)

STARS = surveys_pb2.Question(
    key="stars.n",
    kind=surveys_pb2.QUESTION_KIND_RATING,
    text="Stars?",
    scale=surveys_pb2.Scale(low=1, high=3),
)
ANY = 80  # responses
EVERY_KIND = [*QUESTIONS, *CHOICES, STARS]
FORMS: dict[str, tuple[dict[str, Any], str]] = {
    "CSV": ({}, ""),
    "CSV lv": ({"locale": "lv"}, ";"),
    "XLSX": ({"format": export_pb2.FILE_FORMAT_XLSX}, ""),
    "Parquet": ({"format": export_pb2.FILE_FORMAT_PARQUET}, ""),
}


def chosen(question: str, *options: str) -> responses_pb2.Answer:
    choices = responses_pb2.Choices(options=options)
    return responses_pb2.Answer(question=question, choices=choices)


def responses() -> list[responses_pb2.Submission]:
    """Every kind of answer, and whatever a file may spoil."""
    dont_know = responses_pb2.Answer(question="overall", dont_know=True)
    texts = (
        "=1+1",
        "'=1",
        "a;-b\r\nc\rd",
        " two ",
        "   ",
        "'' @home,'=x",
        '"quoted", said',
        "\t=2",
    )
    return [
        make_submission(score(9), dont_know, words("quick"), survey="all", customer="c1"),
        make_submission(score(5, "overall"), chosen("used", "shop", "web"), survey="all"),
        make_submission(chosen("colour", "blue"), score(2, "stars.n"), survey="all"),
        make_submission(
            score(0),
            survey="all",
            department=None,
            touchpoint="invoice",
            channel="-PHONE",
            segment="@home",
            language="lv",
            occurred_at="2026-03-01T21:59:59.999999Z",
        ),
        *(make_submission(words(each), survey="all", department="care") for each in texts),
        *map(any_response, range(ANY)),
    ]


def any_response(seed: int) -> responses_pb2.Submission:
    """Some answers, labels and a day; the same for the same seed."""
    draw = Random(seed)
    text = "".join(draw.choices("a ā,;|=+-@'\"\t\r\n\u00a0\U0001f600", k=draw.randint(1, 9)))
    answers = [
        score(draw.randint(0, 10)),
        score(draw.randint(1, 5), "overall"),
        score(draw.randint(1, 3), "stars.n"),
        words(text),
        chosen("colour", draw.choice(("red", "blue"))),
        chosen("used", *draw.sample(("web", "app", "shop"), draw.randint(1, 3))),
    ]
    return make_submission(
        *draw.sample(answers, draw.randint(1, len(answers))),
        survey="all",
        department=draw.choice(("sales", "shop", "care")),
        segment=draw.choice((None, "-", "=1", "new, old", "a'b")),
        occurred_at=f"2026-0{draw.randint(1, 5)}-1{draw.randint(0, 9)}T21:59:59.{draw.randint(0, 999_999):06}Z",
    )


@dataclass
class Own:
    """A platform that exports and imports."""

    survey: SurveyService

    @property
    def exports(self) -> Exports:
        return Exports(self.survey, self.survey.response_export)

    async def mapping(self, *, delimiter: str = "", role: Role = Role.ANALYST) -> str:
        request = export_pb2.GetExportMappingRequest(survey="all", delimiter=delimiter)
        stub = self.survey.response_export
        call = stub.GetExportMapping(request, metadata=self.survey.bearer(role))
        return b"".join([piece.data async for piece in call]).decode()

    async def file(self, form: str = "CSV") -> bytes:
        days = {"from_day": 20_000, "to_day": 30_000}
        return await self.exports.file(key="all", **(days | FORMS[form][0]))

    async def load(self, file: bytes, form: str = "CSV", **options: Any) -> Outcome:
        mapping = options.pop("mapping", None) or await self.mapping(delimiter=FORMS[form][1])
        return await self.survey.load(mapping, file, **options)


@pytest.fixture
async def own(open_survey: OpenSurvey) -> Own:
    """With responses of every kind."""
    survey = await open_survey()
    await survey.create("all", questions=EVERY_KIND)
    admin = survey.bearer(Role.ADMIN)
    results = await survey.submit(*responses(), metadata=admin)
    assert all(not result.refusals for result in results)
    return Own(survey)


def rows_of(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode(), newline="")))


def as_csv(rows: Sequence[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def said(rows: Sequence[dict[str, str]], held: Callable[[str], str] = str) -> list[list[str]]:
    """What the rows say, without ids and when they were received."""
    apart = ("response", "version", "received_at", "received_at_local")
    return sorted([held(value) for name, value in row.items() if name not in apart] for row in rows)


def in_a_workbook(text: str) -> str:
    """What a cell holds: one kind of line break, and milliseconds."""
    return re.sub("(:[0-9]{2}[.][0-9]{3})[0-9]*Z$", r"\1Z", re.sub("\r\n?", "\n", text))


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.stored, outcome.corrected, outcome.already, outcome.refused


@pytest.mark.parametrize("form", FORMS)
async def test_what_is_unchanged_is_already_stored_in_every_form(own: Own, form: str) -> None:
    file = await own.file(form)
    before = await own.survey.facts()

    plain = await own.load(file, form)
    updating = await own.load(file, form, update=True, role=Role.ANALYST)
    foreseen = await own.load(file, form, update=True, dry_run=True)

    assert plain.report == []
    assert counts(plain) == counts(updating) == counts(foreseen) == (0, 0, len(before), 0)
    assert await own.survey.facts() == before


@pytest.mark.parametrize("form", FORMS)
async def test_another_platform_gets_equal_responses_once(
    own: Own, open_survey: OpenSurvey, form: str
) -> None:
    other = Own(await open_survey())
    file, mapping = await own.file(form), await own.mapping(delimiter=FORMS[form][1])

    foreseen = await other.load(file, form, mapping=mapping, dry_run=True)
    first = await other.load(file, form, mapping=mapping)
    again = await other.load(file, form, mapping=mapping, update=True)

    assert first.report == []
    assert counts(foreseen) == counts(first)
    assert first.survey == "all"
    stored = len(await own.survey.facts())
    assert (counts(first), counts(again)) == ((stored, 0, 0, 0), (0, 0, stored, 0))
    held = in_a_workbook if form == "XLSX" else str
    assert said(rows_of(await other.file()), held) == said(rows_of(await own.file()), held)


async def test_a_changed_cell_corrects_its_response_and_no_other_answer(own: Own) -> None:
    rows = rows_of(await own.file())
    row = next(row for row in rows if row["answer.why"] == "quick")
    row |= {"answer.recommend": "3", "answer.why": "slow", "answer.overall": "4"}
    rows[rows.index(row) - 1 if rows.index(row) else 1]["answer.colour"] = "red"
    before = len(await own.survey.facts())

    conflict = await own.load(as_csv(rows))
    foreseen = await own.load(as_csv(rows), update=True, dry_run=True)
    outcome = await own.load(as_csv(rows), update=True, role=Role.ANALYST)
    again = await own.load(as_csv(rows), update=True)

    assert [line[1:3] for line in conflict.report] == [["response", "ID_CONFLICT"]] * 2
    assert counts(foreseen) == counts(outcome) == (0, 2, before - 2, 0)
    assert counts(again) == (0, 0, before, 0)
    assert said(rows_of(await own.file())) == said(rows)
    assert len(await own.survey.facts()) == before + 4


async def test_of_rows_that_show_one_response_and_differ_the_first_holds(own: Own) -> None:
    rows = rows_of(await own.file())[:1]
    twice = as_csv([*rows, rows[0] | {"answer.recommend": "4"}, *rows])

    for update in (False, True):
        outcome = await own.load(twice, update=update)
        assert [line[:3] for line in outcome.report] == [["3", "response", "ID_TWICE"]]
        assert (outcome.corrected, outcome.already) == (0, 2)
    changed = rows[0] | {"answer.recommend": "4"}
    assert counts(await own.load(as_csv([changed, changed]), update=True)) == (0, 1, 1, 0)


async def test_a_newer_file_corrects_what_an_older_one_stored_on_another_platform(
    own: Own, open_survey: OpenSurvey
) -> None:
    other, mapping = Own(await open_survey()), await own.mapping()
    rows = rows_of(await own.file())
    await other.load(as_csv(rows), mapping=mapping)
    row = next(row for row in rows if row["answer.why"] == "quick")
    row["answer.recommend"] = "1"

    conflict = await other.load(as_csv(rows), mapping=mapping)
    outcome = await other.load(as_csv(rows), mapping=mapping, update=True)

    assert [line[2] for line in conflict.report] == ["ID_CONFLICT"]
    assert (outcome.stored, outcome.corrected, outcome.refused) == (0, 1, 0)
    assert said(rows_of(await other.file())) == said(rows)


async def test_what_was_withdrawn_stays_so(own: Own) -> None:
    file = await own.file()
    sent = make_submission(score(7), survey="all")
    gone = (await own.survey.facts())[0].response_id
    admin = own.survey.bearer(Role.ADMIN)
    await withdraw(own.survey, gone, metadata=admin)
    await own.survey.submit(sent, metadata=admin)
    before = await own.survey.facts()

    for update in (False, True):
        outcome = await own.load(file, update=update)
        assert counts(outcome) == (0, 0, len(before) - 2, 0)

    assert await own.survey.facts() == before
    shown = {row["response"] for row in rows_of(await own.file())}
    assert row_id(KEY, gone) not in shown
    assert row_id(KEY, sent.id) in shown, "the control"


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("department", "shop", "FROZEN"),
        ("occurred_at", "2026-01-05T10:00:00Z", "FROZEN"),
        ("segment", "other", "FROZEN"),
        ("answer.recommend", "11", "SCORE_OUT_OF_RANGE"),
        ("response", "r-1", "RESPONSE_EXPECTED"),
        ("response", "", "CELL_EMPTY"),
    ],
)
async def test_what_cannot_be_changed_is_refused_by_name(
    own: Own, column: str, value: str, reason: str
) -> None:
    rows = sorted(rows_of(await own.file()), key=lambda row: row[column] == value)
    rows[0][column] = value

    outcome = await own.load(as_csv(rows), update=True)

    assert [line[:3] for line in outcome.report] == [["2", column, reason]]
    assert counts(outcome) == (0, 0, len(rows) - 1, 1)


async def test_who_may_only_submit_finds_the_own_rows_and_others_look_absent(own: Own) -> None:
    survey = own.survey
    mine = survey.identities.granted("survey", "mine", Grant(Role.INTEGRATION))
    mapping = '[defaults]\nsurvey = "all"\ndepartment = "care"\n[columns]\nid = "id"\n'
    mapping += '[answers.recommend]\ncolumn = "score"\n'
    await survey.load(mapping, "id,score\n1,1\n2,2\n", metadata=mine)
    rows = rows_of(await own.file())
    strange = rows[0] | {"response": row_id(KEY, new_id())}
    rows = [row | {"answer.recommend": row["answer.recommend"] and "4"} for row in rows]
    before = len(await survey.facts())

    outcome = await own.load(as_csv([*rows, strange]), metadata=mine, update=True)

    assert (outcome.stored, outcome.corrected) == (0, 2)
    told = {tuple(line[1:]) for line in outcome.report}
    assert [line[:2] for line in told] == [("response", "UNKNOWN_RESPONSE")], "all the same"
    assert len(outcome.report) == len(rows) - 2 + 1
    assert len(await survey.facts()) == before + 4


async def test_an_analyst_of_a_department_changes_nothing_elsewhere(own: Own) -> None:
    rows = [row for row in rows_of(await own.file()) if row["department"] == "care"]
    rows = [row for row in rows if not row["touchpoint"]]
    moved = [row | {"department": "sales", "answer.why": "other"} for row in rows]
    analyst = own.survey.bearer(Role.ANALYST, "sales")
    before = await own.survey.facts()

    there = await own.load(as_csv(rows), metadata=analyst, update=True)
    here = await own.load(as_csv(moved[:1]), metadata=analyst, update=True)
    unknown = [moved[0] | {"response": row_id(KEY, new_id())}]
    absent = await own.load(as_csv(unknown), metadata=analyst, update=True)

    assert {line[2] for line in there.report} == {"UNKNOWN_DEPARTMENT"}
    assert counts(here) == counts(absent) == (1, 0, 0, 0), "neither is known to be there"
    assert (await own.survey.facts())[: len(before)] == before


async def test_questions_that_are_not_asked_any_more_come_back(
    own: Own, open_survey: OpenSurvey
) -> None:
    survey, admin = own.survey, own.survey.bearer(Role.ADMIN)
    asked = [q for q in EVERY_KIND if q.key not in ("colour", "why")]
    asked = [*asked, surveys_pb2.Question(key="more", kind=surveys_pb2.QUESTION_KIND_CES, text="?")]
    asked[1].dont_know = False
    request = surveys_pb2.UpdateSurveyRequest(
        key="all", questions=surveys_pb2.QuestionList(questions=asked)
    )
    await survey.surveys.UpdateSurvey(request, metadata=admin)
    asked[1].dont_know = True
    new = make_submission(score(6, "more"), survey="all")
    await survey.submit(new, metadata=admin)
    file, mapping = await own.file(), await own.mapping()
    rows = rows_of(file)
    later = next(row for row in rows if row["response"] == row_id(KEY, new.id))
    other = Own(await open_survey())

    unchanged = await own.load(file, update=True)
    elsewhere = await other.load(file, mapping=mapping)
    later["answer.colour"] = "red"
    refused = await own.load(as_csv(rows), update=True)

    assert counts(unchanged) == (0, 0, len(rows), 0)
    assert counts(elsewhere) == (len(rows), 0, 0, 0)
    assert [line[1:3] for line in refused.report] == [["answer.colour", "UNKNOWN_QUESTION"]]


async def test_what_the_mapping_does_not_name_stays(own: Own) -> None:
    mapping = "".join(
        table
        for table in (await own.mapping()).split("\n\n")
        if "answers" not in table or "recommend" in table
    ).replace("[", "\n[")
    rows = rows_of(await own.file())
    row = next(row for row in rows if row["answer.why"] == "quick")
    row["answer.recommend"] = "2"

    outcome = await own.load(as_csv(rows), mapping=mapping, update=True)

    assert (outcome.corrected, outcome.refused) == (1, 0)
    assert said(rows_of(await own.file())) == said(rows)


async def test_a_correction_of_an_export_is_no_new_content_of_the_first_file(own: Own) -> None:
    """The control is the correction by an admin, which keeps what the file said too."""
    mapping = '[defaults]\nsurvey = "all"\ndepartment = "care"\n[columns]\nid = "id"\n'
    mapping += '[answers.recommend]\ncolumn = "score"\n'
    first = "id,score\n1,1\n2,2\n"
    await own.survey.load(mapping, first)
    ids = {fact.answers[0].score: fact.response_id for fact in (await own.survey.facts())[-2:]}
    rows = rows_of(await own.file())
    row = next(row for row in rows if row["response"] == row_id(KEY, ids[1]))
    row["answer.recommend"] = "8"
    await correct(own.survey, ids[2], score(7), metadata=own.survey.bearer(Role.ADMIN))
    await own.load(as_csv([row]), update=True)

    again = await own.survey.load(mapping, first, update=True)

    assert counts(again) == (0, 0, 2, 0)
    shown = {r["response"]: r["answer.recommend"] for r in rows_of(await own.file())}
    assert (shown[row_id(KEY, ids[1])], shown[row_id(KEY, ids[2])]) == ("8", "7")


async def test_the_mapping_of_a_survey_is_for_who_reads_surveys(own: Own) -> None:
    assert await own.mapping(role=Role.INTEGRATION) == await own.mapping()
    with pytest.raises(Exception, match="your role does not allow this"):
        await own.mapping(role=Role.OPERATOR)
