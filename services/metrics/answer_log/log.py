"""Writing the answer log: envelopes in, standing rows and journal out, in one statement."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import asyncpg
import structlog

from cxm.survey.v1.events_pb2 import RecordedResponse, ResponsesRecorded
from services.kit.db.database import Pool
from services.metrics.answer_log.convert import answers_of, collect_answers, key_of
from services.metrics.answer_log.dictionary import DEPARTMENT, Dictionary
from services.metrics.answer_log.interning import intern_named
from services.metrics.answer_log.layout import Layout
from services.metrics.answer_log.packing import NOT_ANSWERED, journal_row, record
from services.metrics.answer_log.surveys import SurveyCopy

SOURCE_SURVEY = 1
STANDING_DAYS = 90

# A second delivery is a unique violation of the inbox, or numbered so low that the inbox has forgotten it (pruning.py):
# nothing happens. The standing row's lock orders the writers, so revisions have no gaps; a writer with yesterday's
# window marks the row stale, never wrong. The source is read after the inbox was locked for writing: whoever locks
# that table and changes the source has every writer before it or after it. While a rebuild is pending journal rows
# name their envelope, so an envelope is applied alone (rebuild/runner.py).
APPLY = """
WITH source AS (
    SELECT CASE WHEN pending THEN $10::bigint END AS envelope FROM metrics_source
    WHERE source = $1 AND counted_through < $10 AND (NOT pending OR $11)
), once AS (
    INSERT INTO metrics_inbox (department_id, source, envelope)
    SELECT d, $1, e FROM unnest($2::int[], $3::bigint[]) AS i (d, e) WHERE EXISTS (SELECT FROM source)
), part AS (
    SELECT d, s, n, string_to_array(c, ',')::int[] AS c, a
    FROM unnest($4::int[], $5::int[], $6::int[], $7::text[], $8::bytea[]) AS p (d, s, n, c, a)
    WHERE EXISTS (SELECT FROM source)
), stood AS (
    INSERT INTO metrics_standing AS o (department_id, survey_id, revision, responses, day, counts)
    SELECT d, s, 1, n, $9, c FROM part ORDER BY d, s
    ON CONFLICT (department_id, survey_id) DO UPDATE SET
        revision = o.revision + 1,
        responses = o.responses + excluded.responses,
        day = least(o.day, excluded.day),
        counts = ARRAY(SELECT coalesce(x, 0) + coalesce(y, 0)
                       FROM unnest(o.counts, excluded.counts) AS z (x, y))
    RETURNING department_id, survey_id, revision
), kept AS (
    INSERT INTO metrics_journal (department_id, survey_id, revision, answers, envelope)
    SELECT department_id, survey_id, revision, a, (SELECT envelope FROM source)
    FROM stood JOIN part ON d = department_id AND s = survey_id
)
SELECT department_id, survey_id, revision FROM stood
"""

log = structlog.get_logger()


@dataclass(slots=True)
class Part:
    """What a batch adds to one department and survey."""

    layout: Layout
    responses: int = 0
    counts: list[int] = field(default_factory=list)
    records: list[bytes] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StandingChange:
    """Answers of a survey were counted for a department; ids, and the revision a read now sees at least."""

    department_id: str
    survey_id: str
    revision: int


class Unknown(Exception):
    """A batch names something without a number yet."""


class AnswerLog:
    """The writer of the log; any number of replicas may write."""

    def __init__(
        self, pool: Pool, dictionary: Dictionary, surveys: SurveyCopy, today: Callable[[], int]
    ) -> None:
        self.pool = pool
        self.dictionary = dictionary
        self.surveys = surveys
        self.today = today

    async def apply(self, envelopes: Sequence[ResponsesRecorded]) -> list[StandingChange]:
        """Count each envelope exactly once, however often it is delivered; all of them or none.

        Returns where the log stands now for everything they name, also for what was counted before:
        whoever counted it may have ended before it announced that.
        """
        today = self.today()
        try:
            parts = self._pack(envelopes, today)
        except Unknown:
            await self._learn(envelopes)
            parts = self._pack(envelopes, today)
        if not parts:
            return []
        stood = await self._store(envelopes, parts, today)
        if stood:
            return self._changes(stood)
        if len(envelopes) > 1:
            return [change for envelope in envelopes for change in await self.apply([envelope])]
        log.info("envelope was applied before", envelope=envelopes[0].envelope)
        return self._changes(await self._standing(parts))

    def _changes(self, rows: Sequence[asyncpg.Record]) -> list[StandingChange]:
        names = self.dictionary.values
        return [
            StandingChange(names[department], names[survey], to) for department, survey, to in rows
        ]

    async def _standing(self, parts: Iterable[tuple[int, int]]) -> list[asyncpg.Record]:
        departments, surveys = zip(*parts, strict=True)
        return await self.pool.fetch(
            "SELECT department_id, survey_id, revision FROM metrics_standing"
            " JOIN unnest($1::int[], $2::int[]) AS p (d, s) ON (department_id, survey_id) = (d, s)",
            departments,
            surveys,
        )

    def _pack(
        self, envelopes: Sequence[ResponsesRecorded], today: int
    ) -> dict[tuple[int, int], Part]:
        parts: dict[tuple[int, int], Part] = {}
        departments = self.dictionary.known(DEPARTMENT)
        layouts = self.surveys.layouts
        for envelope in envelopes:
            for response in envelope.responses:
                department = departments.get(response.department_id)
                layout = layouts.get(response.survey_id)
                if department is None or layout is None:
                    raise Unknown
                part = parts.get((department, layout.survey))
                if part is None:
                    part = Part(layout, counts=[0] * layout.counters)
                    parts[department, layout.survey] = part
                self._add(part, response, today)
        return parts

    def _add(self, part: Part, response: RecordedResponse, today: int) -> None:
        dimension_set = self.dictionary.sets.get(key_of(response.dimensions))
        if dimension_set is None:
            raise Unknown
        layout, sign, day = part.layout, response.sign, response.local_day
        codes = bytearray([NOT_ANSWERED]) * len(layout.widths)
        standing = today - STANDING_DAYS < day <= today
        for answer in response.answers:
            cells = layout.cells.get(answer.question_id)
            if cells is None:
                raise Unknown
            for value in answers_of(answer):
                cell = cells.get(value)
                if cell is None:
                    raise Unknown
                codes[cell.position] = cell.byte
                if standing:
                    part.counts[cell.counter] += sign
        part.responses += sign
        part.records.append(record(day, dimension_set, sign, codes))

    async def _learn(self, envelopes: Sequence[ResponsesRecorded]) -> None:
        responses = [response for envelope in envelopes for response in envelope.responses]
        await intern_named(
            self.dictionary,
            self.surveys,
            (r.department_id for r in responses),
            (key_of(r.dimensions) for r in responses),
            collect_answers((r.survey_id, r.answers) for r in responses),
        )

    async def _store(
        self,
        envelopes: Sequence[ResponsesRecorded],
        parts: dict[tuple[int, int], Part],
        today: int,
    ) -> list[asyncpg.Record]:
        """Where the log stands now; nothing if nothing was applied.

        One envelope: it was applied before. Several: one of them was, or each must be applied alone.
        """
        # Long because the statement has eleven parameters.
        departments = self.dictionary.known(DEPARTMENT)
        once = [
            (departments[department_id], envelope.envelope)
            for envelope in envelopes
            for department_id in {response.department_id for response in envelope.responses}
        ]
        try:
            return await self.pool.fetch(
                APPLY,
                SOURCE_SURVEY,
                [department for department, _ in once],
                [envelope for _, envelope in once],
                [department for department, _ in parts],
                [survey for _, survey in parts],
                [part.responses for part in parts.values()],
                [",".join(map(str, part.counts)) for part in parts.values()],
                [journal_row(len(part.layout.widths), part.records) for part in parts.values()],
                today,
                min(envelope.envelope for envelope in envelopes),
                len(envelopes) == 1,
            )
        except asyncpg.UniqueViolationError as error:
            # Of the whole table, or of a part of it where it is spread.
            if not (error.constraint_name or "").startswith("metrics_inbox_"):
                raise
            return []
