"""What metrics knows of surveys: which questions they ask and where the answers stand in a tuple."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from cxm.survey.v1 import surveys_pb2 as pb
from services.kit.db.database import Database
from services.kit.errors import NotFound
from services.kit.rpc.asking import asking
from services.kit.rpc.servicing import READ_SECONDS, ServiceIdentity
from services.metrics.answer_log.convert import survey_asked
from services.metrics.answer_log.dictionary import SURVEY, Dictionary
from services.metrics.answer_log.layout import (
    Layout,
    LayoutPosition,
    SurveyAsked,
    layout_of,
    leading_questions,
    missing_places,
)

if TYPE_CHECKING:
    from cxm.survey.v1.surveys_pb2_grpc import SurveyServiceAsyncStub


KEEP_SURVEY = text("""
INSERT INTO metrics_survey AS s (id, revision, state) VALUES (:id, :revision, :state)
ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, state = excluded.state WHERE s.revision < excluded.revision
""")
READ_PLACES = text("""
SELECT question_id, option_key, kind, codes FROM metrics_layout WHERE survey_id = :survey ORDER BY position
""")
ADD_PLACE = text("""
INSERT INTO metrics_layout (survey_id, position, question_id, option_key, kind, codes, item)
VALUES (:survey, :position, :question_id, :option, :kind, :codes, :item)
""")
SET_LEADING = text("""
UPDATE metrics_layout SET leads = true WHERE survey_id = :survey AND question_id = ANY (:leading) AND NOT leads
""")
SET_ITEM = text("""
UPDATE metrics_layout SET item = :item WHERE survey_id = :survey AND question_id = :question AND item <> :item
""")


class SurveyCopy:
    """Surveys by id and by number; a survey that is missing is asked of its owner."""

    def __init__(
        self,
        database: Database,
        dictionary: Dictionary,
        owner: "SurveyServiceAsyncStub",
        identity: ServiceIdentity,
    ) -> None:
        self.database = database
        self.dictionary = dictionary
        self.owner = owner
        self.identity = identity
        self.layouts: dict[str, Layout] = {}
        self.by_number: dict[int, Layout] = {}
        self.state: tuple[int, ...] = ()

    async def refresh(self) -> None:
        """Read the surveys again if some replica copied one."""
        row = await self.database.pool.fetchrow(
            "SELECT (SELECT count(*) + count(*) FILTER (WHERE leads) FROM metrics_layout),"
            " coalesce(sum(revision), 0)::bigint, count(*) FROM metrics_survey"
        )
        assert row is not None
        if tuple(row) == self.state:
            return
        surveys = [
            pb.Survey.FromString(found["state"])
            for found in await self.database.pool.fetch("SELECT state FROM metrics_survey")
        ]
        await self.dictionary.load()
        rows = await self.database.pool.fetch(
            "SELECT survey_id, question_id, option_key, kind, codes, leads, item FROM metrics_layout"
            " ORDER BY survey_id, position"
        )
        places: dict[int, list[LayoutPosition]] = {}
        for number, question_id, option, kind, codes, leads, item in rows:
            place = LayoutPosition(question_id, option, kind, tuple(codes), leads, item)
            places.setdefault(number, []).append(place)
        for survey in surveys:
            number = self.dictionary.known(SURVEY)[survey.id]
            layout = layout_of(survey_asked(survey), number, places.get(number, []))
            self.layouts[survey.id] = self.by_number[number] = layout
        self.state = tuple(row)

    async def know(self, survey_ids: Iterable[str]) -> None:
        """Ask the owner for surveys the copy lacks; NotFound if it has none, Unavailable if it is away."""
        await self.refresh()
        missing = sorted({i for i in survey_ids if i not in self.layouts})
        if missing:
            await self.ask(missing)

    async def ask(self, survey_ids: list[str]) -> None:
        """Copy surveys as their owner has them now; errors as in `know`."""
        request = pb.BatchGetSurveysRequest(ids=survey_ids)
        with asking("the survey service"):
            reply = await self.owner.BatchGetSurveys(
                request, timeout=READ_SECONDS, metadata=self.identity.metadata("survey")
            )
        async with self.database.write.begin() as session:
            for survey in reply.surveys:
                await self.copy(session, survey)
        await self.refresh()
        if any(survey_id not in self.layouts for survey_id in survey_ids):
            raise NotFound("an event names a survey that its owner does not know")

    async def copy(self, session: AsyncSession, survey: pb.Survey) -> None:
        """Keep a survey unless a newer one is kept, and give its scored questions their places."""
        await self.dictionary.intern(SURVEY, [survey.id])
        await session.execute(
            KEEP_SURVEY,
            {"id": survey.id, "revision": survey.revision, "state": survey.SerializeToString()},
        )
        # Before it opens a survey has no answers and may still ask something else; its places can wait for them.
        if survey.state not in (pb.SURVEY_STATE_DRAFT, pb.SURVEY_STATE_SCHEDULED):
            number = self.dictionary.known(SURVEY)[survey.id]
            await _append(session, number, survey_asked(survey))


async def _append(session: AsyncSession, number: int, survey: SurveyAsked) -> None:
    """Give places to what has none; the survey's own row is locked, so positions are given one at a time."""
    rows = await session.execute(
        READ_PLACES,
        {"survey": number},
    )
    known = [
        LayoutPosition(question_id, option, kind, tuple(codes))
        for question_id, option, kind, codes in rows
    ]
    missing = [
        place
        for question in survey.questions
        for place in missing_places(question, [p for p in known if p.question_id == question.id])
    ]
    if missing:
        await session.execute(
            ADD_PLACE,
            [
                {**place._asdict(), "survey": number, "position": position, "codes": [*place.codes]}
                for position, place in enumerate(missing, start=len(known))
            ],
        )
    # A version that asks another question first takes nothing from the answers to the one before.
    await session.execute(
        SET_LEADING,
        {"survey": number, "leading": sorted(leading_questions(survey))},
    )
    # A question that is not asked any more keeps its item.
    asked = [question for question in survey.questions if question.item]
    if asked:
        await session.execute(
            SET_ITEM, [{"survey": number, "question": q.id, "item": q.item} for q in asked]
        )
