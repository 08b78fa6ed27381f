"""A platform that exports its responses and takes them in again."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

from cxm.survey.v1 import export_pb2, responses_pb2, surveys_pb2
from services.kit.rights.access import Role
from tests.service.support.import_call import Outcome
from tests.service.survey.conftest import OpenSurvey
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
FEW, MANY = 8, 80  # responses of any content
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


def responses(others: int) -> list[responses_pb2.Submission]:
    """Every kind of answer, whatever a file may spoil, and so many others of any content."""
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
        *map(any_response, range(others)),
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


async def filled(survey: SurveyService, others: int) -> Own:
    """With responses of every kind."""
    await survey.create("all", questions=EVERY_KIND)
    admin = survey.bearer(Role.ADMIN)
    results = await survey.submit(*responses(others), metadata=admin)
    assert all(not result.refusals for result in results)
    return Own(survey)


@pytest.fixture
async def own(open_survey: OpenSurvey) -> Own:
    return await filled(await open_survey(), FEW)


@pytest.fixture
async def own_of_many(open_survey: OpenSurvey) -> Own:
    return await filled(await open_survey(), MANY)


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
