"""Responses as they stand, by column: what is counted of them, many to a message."""

from collections.abc import AsyncIterator, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

import asyncpg

from cxm.survey.v1 import events_pb2
from cxm.survey.v1 import reconciliation_pb2 as pb
from services.kit.db.database import Connection
from services.survey.reconciliation.totals import LONGEST_QUERY_SECONDS
from services.survey.responses.events import scored_answers
from services.survey.surveys.domain.surveys import Survey

ROWS_AT_ONCE = 10_000
MOST_REMEMBERED = 200_000

COUNT = "SELECT count(*) FROM survey_response WHERE withdrawn_at IS NULL"
# Ids as bytes: of all forms they are the quickest to read and to compare.
FACTS = """
SELECT uuid_send(department_id), uuid_send(version_id), local_day, answers, uuid_send(touchpoint_id), stage, channel,
    segment, language
FROM survey_response WHERE withdrawn_at IS NULL"""

AnsweredVersion = tuple[bytes, bytes]
"""The version that was answered, and the answers as they are kept."""
KeyT = TypeVar("KeyT", bound=Hashable)


async def count_responses(reader: Connection) -> int:
    """How many responses a transaction sees; withdrawn ones are not there."""
    count: int = await reader.fetchval(COUNT, timeout=LONGEST_QUERY_SECONDS)
    return count


async def read_facts(
    reader: Connection, versions: Mapping[str, Survey], watermark: int
) -> AsyncIterator[pb.StreamFactsResponse]:
    """All responses that a transaction sees, in no order; `versions` by id."""
    columns = FactColumns(versions)
    cursor = await reader.cursor(FACTS, timeout=LONGEST_QUERY_SECONDS)
    while rows := await cursor.fetch(ROWS_AT_ONCE, timeout=LONGEST_QUERY_SECONDS):
        yield columns.message(rows, watermark)


class FactColumns:
    """Packs rows; remembers what answers mean, since few are given by many."""

    def __init__(self, versions: Mapping[str, Survey]) -> None:
        self.versions = versions
        self.known: dict[AnsweredVersion, pb.ScoredAnswers] = {}

    def message(self, rows: Sequence[asyncpg.Record], watermark: int) -> pb.StreamFactsResponse:
        departments, versions, days, answers, *members = zip(*rows, strict=True)
        department_ids, department = _places(departments)
        sets, dimension_set = _places(zip(*members, strict=True))
        answered, answer = _places(zip(versions, answers, strict=True))
        version_ids, version = _places(versions)
        survey_ids, survey_of = _places(self._version(version_id).id for version_id in version_ids)
        return pb.StreamFactsResponse(
            watermark=watermark,
            department_ids=map(_id, department_ids),
            survey_ids=survey_ids,
            dimensions=[_dimensions(*dimensions) for dimensions in sets],
            answers=[self._answers(each) for each in answered],
            department=department,
            survey=[survey_of[place] for place in version],
            dimension_set=dimension_set,
            answer=answer,
            local_day=days,
        )

    def _version(self, version_id: bytes) -> Survey:
        return self.versions[_id(version_id)]

    def _answers(self, answered: AnsweredVersion) -> pb.ScoredAnswers:
        message = self.known.get(answered)
        if message is None:
            version, codes = answered
            answers = scored_answers(self._version(version), codes)
            if len(self.known) >= MOST_REMEMBERED:
                self.known.clear()
            message = self.known[answered] = pb.ScoredAnswers(answers=answers)
        return message


def _id(sent: bytes) -> str:
    return str(UUID(bytes=sent))


def _places(values: Iterable[KeyT]) -> tuple[list[KeyT], list[int]]:
    """The different values, and the place of each one among them."""
    place_of: dict[KeyT, int] = {}
    places = [place_of.setdefault(value, len(place_of)) for value in values]
    return list(place_of), places


def _dimensions(
    touchpoint_id: bytes | None,
    stage: str | None,
    channel: str | None,
    segment: str | None,
    language: str | None,
) -> events_pb2.DimensionSet:
    return events_pb2.DimensionSet(
        touchpoint_id=_id(touchpoint_id) if touchpoint_id else "",
        stage=stage or "",
        channel=channel or "",
        segment=segment or "",
        language=language or "",
    )
