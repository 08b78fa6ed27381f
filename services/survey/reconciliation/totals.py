"""What the stored responses add up to, by department, survey and month."""

from collections.abc import AsyncIterator, Mapping
from itertools import groupby
from typing import NamedTuple

from cxm.survey.v1 import reconciliation_pb2 as pb
from services.kit.db.database import Connection
from services.survey.reconciliation.domain import Item, read_code
from services.survey.surveys.domain.surveys import Survey

LONGEST_QUERY_SECONDS = 600.0
ROWS_AT_ONCE = 2_000
RESPONSE = -1  # the place of the response itself, before those of its bytes

# How often each byte stands at each place: what it means depends on the version, and there are few of them.
TALLY = f"""
SELECT department_id::text AS department, 12 * date_part('year', day)::int + date_part('month', day)::int - 1 AS month,
    version_id::text AS version, place, CASE WHEN place > {RESPONSE} THEN get_byte(answers, place) END AS code,
    count(*) AS responses
FROM survey_response
CROSS JOIN LATERAL (SELECT date '1970-01-01' + local_day) AS d (day)
CROSS JOIN LATERAL generate_series({RESPONSE}, length(answers) - 1) AS p (place)
WHERE withdrawn_at IS NULL GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2"""


class Tally(NamedTuple):
    """How many responses of a department to a version have a byte at a place, in a month."""

    department: str
    month: int
    version: str
    place: int
    code: int | None
    responses: int


async def control_totals(
    reader: Connection, versions: Mapping[str, Survey]
) -> AsyncIterator[list[pb.ResponseTotals]]:
    """The control totals of all responses that a transaction sees; `versions` by id."""
    rest: list[Tally] = []
    cursor = await reader.cursor(TALLY, timeout=LONGEST_QUERY_SECONDS)
    while rows := await cursor.fetch(ROWS_AT_ONCE, timeout=LONGEST_QUERY_SECONDS):
        rest += [Tally(*row) for row in rows]
        # The last department and month may go on in the rows that follow.
        *whole, last = [list(part) for _, part in groupby(rest, key=lambda tally: tally[:2])]
        yield [totals for part in whole for totals in _totals(part, versions)]
        rest = last
    yield list(_totals(rest, versions))


def _totals(tallies: list[Tally], versions: Mapping[str, Survey]) -> list[pb.ResponseTotals]:
    """The totals of one department and month, by survey."""
    responses: dict[str, int] = {}
    answers: dict[str, dict[Item, list[int]]] = {}
    for tally in tallies:
        survey = versions[tally.version]
        if tally.code is None:
            responses[survey.id] = responses.get(survey.id, 0) + tally.responses
        elif (answer := read_code(survey, tally.place, tally.code)) is not None:
            of_item = answers.setdefault(survey.id, {}).setdefault(answer.item, [0, 0])
            of_item[0] += tally.responses
            of_item[1] += tally.responses * answer.value
    return [
        pb.ResponseTotals(
            department_id=tallies[0].department,
            survey_id=survey_id,
            month=tallies[0].month,
            responses=count,
            answers=[
                pb.AnswerTotals(question_id=item.question_id, option=item.option, count=c, sum=s)
                for item, (c, s) in sorted(answers.get(survey_id, {}).items())
            ],
        )
        for survey_id, count in sorted(responses.items())
    ]
