"""What metrics knows of surveys: which questions they ask and where the answers stand in a tuple."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import grpc
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from cxm.survey.v1 import survey_pb2 as pb
from services.kit.database import Database
from services.kit.errors import NotFound, Unavailable
from services.kit.rpc import READ_SECONDS, ServiceIdentity
from services.metrics.domain.csat import CSAT_CODES
from services.metrics.domain.nps import NPS_CODES
from services.metrics.names import SURVEY, Names

if TYPE_CHECKING:
    from cxm.survey.v1.survey_pb2_grpc import SurveyServiceAsyncStub

CODES: Mapping[str, tuple[str, ...]] = {"NPS": NPS_CODES, "CSAT": CSAT_CODES}
DONT_KNOW = None


@dataclass(frozen=True, slots=True)
class Item:
    """A scored question: its place in tuples, and of its first code among the counts of its survey."""

    question_id: str
    position: int
    codes: tuple[str, ...]
    offset: int
    index: Mapping[int | None, int] = field(repr=False)  # score, or None for don't know -> code


@dataclass(frozen=True, slots=True)
class Layout:
    """A survey as the answer log sees it."""

    survey: int
    in_scorecard: bool
    items: Mapping[str, Item]  # by question id
    first_of_kind: Mapping[str, Item]
    counters: int  # codes of all items

    @property
    def widths(self) -> list[int]:
        """How many codes each position has."""
        return [len(item.codes) for item in sorted(self.items.values(), key=lambda i: i.position)]


class Catalog:
    """Surveys by id and by number; a survey that is missing is asked of its owner."""

    def __init__(
        self,
        database: Database,
        names: Names,
        owner: "SurveyServiceAsyncStub",
        identity: ServiceIdentity,
    ) -> None:
        self.database = database
        self.names = names
        self.owner = owner
        self.identity = identity
        self.layouts: dict[str, Layout] = {}
        self.by_number: dict[int, Layout] = {}
        self.state: tuple[int, int] = (0, 0)

    async def refresh(self) -> None:
        """Read the surveys again if some replica copied one."""
        row = await self.database.pool.fetchrow(
            "SELECT count(*), coalesce(sum(revision), 0)::bigint FROM metrics_survey"
        )
        assert row is not None
        if tuple(row) == self.state:
            return
        surveys = [
            pb.Survey.FromString(found["state"])
            for found in await self.database.pool.fetch("SELECT state FROM metrics_survey")
        ]
        await self.names.load()
        rows = await self.database.pool.fetch(
            "SELECT survey_id, position, question_id, codes FROM metrics_layout ORDER BY 1, 2"
        )
        places: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
        for found in rows:
            place = (found["question_id"], tuple(found["codes"]))
            places.setdefault(found["survey_id"], []).append(place)
        for survey in surveys:
            number = self.names.known(SURVEY)[survey.id]
            layout = layout_of(survey, number, places.get(number, []))
            self.layouts[survey.id] = self.by_number[number] = layout
        self.state = (row[0], row[1])

    async def know(self, survey_ids: Iterable[str]) -> None:
        """Ask the owner for surveys the copy lacks; NotFound if it has none, Unavailable if it is away."""
        await self.refresh()
        missing = sorted({i for i in survey_ids if i not in self.layouts})
        if missing:
            await self.ask(missing)

    async def ask(self, survey_ids: list[str]) -> None:
        """Copy surveys as their owner has them now; errors as in `know`."""
        request = pb.BatchGetSurveysRequest(ids=survey_ids)
        try:
            reply = await self.owner.BatchGetSurveys(
                request, timeout=READ_SECONDS, metadata=self.identity.metadata("survey")
            )
        except grpc.aio.AioRpcError as error:
            raise Unavailable("the survey service cannot be asked now") from error
        async with self.database.write.begin() as session:
            for survey in reply.surveys:
                await self.copy(session, survey)
        await self.refresh()
        if any(survey_id not in self.layouts for survey_id in survey_ids):
            raise NotFound("an event names a survey that its owner does not know")

    async def copy(self, session: AsyncSession, survey: pb.Survey) -> None:
        """Keep a survey unless a newer one is kept, and give its scored questions their places."""
        await self.names.intern(SURVEY, [survey.id])
        await session.execute(
            text(
                "INSERT INTO metrics_survey AS s (id, revision, state) VALUES (:id, :revision, :state)"
                " ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, state = excluded.state"
                " WHERE s.revision < excluded.revision"
            ),
            {"id": survey.id, "revision": survey.revision, "state": survey.SerializeToString()},
        )
        number = self.names.known(SURVEY)[survey.id]
        for question in survey.questions:
            codes = CODES.get(kind_of(question))
            if codes is not None:
                await session.execute(APPEND, _place(number, question.id, codes))


# The survey's own row is locked by the statement before, so positions are given one at a time.
APPEND = text(
    "INSERT INTO metrics_layout (survey_id, position, question_id, codes)"
    " SELECT :survey, count(*), :question, :codes FROM metrics_layout WHERE survey_id = :survey"
    " ON CONFLICT (survey_id, question_id) DO NOTHING"
)


def _place(survey: int, question_id: str, codes: tuple[str, ...]) -> dict[str, object]:
    return {"survey": survey, "question": question_id, "codes": list(codes)}


def kind_of(question: pb.Question) -> str:
    """NPS, CSAT, TEXT."""
    return pb.QuestionKind.Name(question.kind).removeprefix("QUESTION_KIND_")


def layout_of(survey: pb.Survey, number: int, places: list[tuple[str, tuple[str, ...]]]) -> Layout:
    """The layout of a survey whose questions have these places."""
    items: dict[str, Item] = {}
    offset = 0
    for position, (question_id, codes) in enumerate(places):
        index = {_answer(code): byte for byte, code in enumerate(codes)}
        items[question_id] = Item(question_id, position, codes, offset, index)
        offset += len(codes)
    first: dict[str, Item] = {}
    for question in survey.questions:
        if question.id in items:
            first.setdefault(kind_of(question), items[question.id])
    return Layout(number, survey.in_scorecard, items, first, offset)


def _answer(code: str) -> int | None:
    return DONT_KNOW if code == "DONT_KNOW" else int(code)
