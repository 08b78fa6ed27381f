"""Changing surveys: what they say, what they ask, whether they take responses."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cxm.survey.v1 import surveys_pb2 as pb
from cxm.survey.v1.events_pb2 import SurveyChanged
from services.kit import clock
from services.kit.db.database import Database, reaching
from services.kit.errors import Conflict, Invalid, NotFound
from services.kit.events.outbox import Outbox
from services.kit.events.streams import SURVEY_CHANGED
from services.survey.attribution.lookup import DirectoryLookup
from services.survey.domain.refusal import Refusal, failure_of, refuse
from services.survey.domain.text import can_be_a_key
from services.survey.domain.times import parse_instant
from services.survey.surveys import convert
from services.survey.surveys import storage as survey_storage
from services.survey.surveys.domain.drafts import (
    SurveyDraft,
    check_draft,
    check_size,
    draft_of,
    is_same,
)
from services.survey.surveys.domain.edits import edited
from services.survey.surveys.domain.lifecycle import (
    FIRST,
    UNOPENED,
    Life,
    State,
    changed,
    refuse_edit,
)
from services.survey.surveys.domain.questions import Question
from services.survey.surveys.domain.surveys import Survey

LAST_YEAR = 2200


class Editing:
    """Changes one survey at a time under its row's lock, and announces what came of it."""

    def __init__(
        self, database: Database, outbox: Outbox, lookup: DirectoryLookup, now: clock.Clock
    ) -> None:
        self.database = database
        self.outbox = outbox
        self.lookup = lookup
        self.now = now

    async def create(self, request: pb.CreateSurveyRequest) -> Survey:
        """Store a survey with its first version; one of the same key that says the same is returned instead."""
        draft = convert.draft(request)
        refuse(*check_draft(draft))
        survey = convert.new_survey(draft, await self._department(draft.department))
        refuse(*check_size([survey.questions]))
        survey = replace(survey, life=self._first_life(request.survey))
        with reaching("surveys"):
            async with self.database.write.begin() as session:
                if await survey_storage.add_survey(session, survey):
                    await self._announce(session, survey)
                    return survey
                found = await survey_storage.surveys_by_key(session, [draft.key])
        if not is_same(found[draft.key], draft, survey.department_id):
            raise Conflict(
                "another survey has this key: choose another key, or send what is stored",
                reason="KEY_TAKEN",
                field=["key"],
            )
        return found[draft.key]

    async def update(self, request: pb.UpdateSurveyRequest) -> Survey:
        """Apply what the request names; the same again changes nothing."""
        named = (
            await self._department(request.department) if request.HasField("department") else None
        )
        with reaching("surveys"):
            async with self.database.write.begin() as session:
                before = await _locked(session, request.key, "key")
                refuse(refuse_edit(before.life.at(self.now())))
                if request.HasField("version") and request.version != before.version:
                    raise Conflict(
                        f"version {before.version} is current: read it and edit that one",
                        reason="VERSION_CHANGED",
                        field=["version"],
                    )
                draft = convert.edited_draft(request, before)
                refuse(*check_draft(draft))
                department = named if request.HasField("department") else before.department_id
                after = await self._edited(session, before, draft, department)
                return await self._store(session, before, after)

    async def change_state(self, request: pb.ChangeSurveyStateRequest) -> Survey:
        """Bring a survey into a state, now or at the times given."""
        opens_at = _instant(request.opens_at, "opens_at") if request.HasField("opens_at") else None
        closes_at = (
            _instant(request.closes_at, "closes_at") if request.HasField("closes_at") else None
        )
        wanted = state_of(request.state)
        with reaching("surveys"):
            async with self.database.write.begin() as session:
                before = await _locked(session, request.key, "survey")
                life = _life(changed(before.life, wanted, opens_at, closes_at, self.now()))
                return await self._store(session, before, replace(before, life=life))

    async def _edited(
        self, session: AsyncSession, before: Survey, draft: SurveyDraft, department: str | None
    ) -> Survey:
        after = replace(
            before,
            title=draft.title,
            public=draft.public,
            in_scorecard=draft.in_scorecard,
            department_id=department,
            language=draft.language,
            texts=draft.texts,
        )
        if tuple(map(draft_of, before.questions)) == draft.questions:
            return after
        was_open = before.life.at(self.now()) not in UNOPENED
        versions = [s.questions for s in await survey_storage.versions_of(session, before)]
        questions = edited(draft.questions, versions, clock.new_id, was_open=was_open)
        if isinstance(questions, list):
            raise failure_of(questions[0])
        return _asking(after, versions, questions, was_open=was_open)

    async def _store(self, session: AsyncSession, before: Survey, after: Survey) -> Survey:
        if after == before:
            return before
        after = replace(after, revision=before.revision + 1)
        await survey_storage.change_survey(session, after, before)
        await self._announce(session, after)
        return after

    async def _announce(self, session: AsyncSession, survey: Survey) -> None:
        fact = SurveyChanged(survey=convert.survey(survey, self.now()))
        await self.outbox.announce(session, SURVEY_CHANGED, fact)

    async def _department(self, key: str) -> str | None:
        """The id of a department key, None for an empty one; Invalid if there is none."""
        if not key:
            return None
        department_id = await self.lookup.know_department(key)
        if department_id is None:
            raise Invalid(
                "there is no such department: name one by its key, or leave it out",
                reason="UNKNOWN_DEPARTMENT",
                field=["department"],
            )
        return department_id

    def _first_life(self, survey: pb.Survey) -> Life:
        state = state_of(survey.state) if survey.state else State.LIVE
        if state not in FIRST:
            message = "a new survey is DRAFT, SCHEDULED or LIVE"
            raise Invalid(message, reason="STATE_NOT_REACHABLE", field=["state"])
        opens_at = _instant(survey.opens_at, "opens_at") if survey.opens_at else None
        closes_at = _instant(survey.closes_at, "closes_at") if survey.closes_at else None
        if state is State.DRAFT:
            return Life(state, opens_at, closes_at)
        now = self.now()
        return _life(changed(Life(State.DRAFT), state, opens_at, closes_at, now))


def _asking(
    survey: Survey,
    versions: list[tuple[Question, ...]],
    questions: tuple[Question, ...],
    *,
    was_open: bool,
) -> Survey:
    """With other questions: a new version of a survey that was open, else the same one."""
    refuse(*check_size([*versions, questions] if was_open else [questions]))
    if not was_open:
        return replace(survey, questions=questions)
    return replace(
        survey, questions=questions, version=survey.version + 1, version_id=clock.new_id()
    )


def state_of(number: int) -> State:
    """The state of a number of the contract; Invalid if there is none."""
    try:
        return State(number)
    except ValueError as error:
        raise Invalid("say which state", reason="UNKNOWN_STATE", field=["state"]) from error


def _life(found: Life | Refusal) -> Life:
    if isinstance(found, Refusal):
        raise failure_of(found)
    return found


async def _locked(session: AsyncSession, key: str, field: str) -> Survey:
    """The survey of a key, which nobody else changes meanwhile; `field`: what callers name it by."""
    survey = await survey_storage.lock_survey(session, key) if can_be_a_key(key) else None
    if survey is None:
        raise NotFound("there is no such survey", reason="UNKNOWN_SURVEY", field=[field])
    return survey


def _instant(text: str, field: str) -> datetime:
    at = parse_instant(text)
    if at is None or not 2000 <= at.year <= LAST_YEAR:
        message = f"this is no time like 2026-01-31T09:30:00Z, before {LAST_YEAR}"
        raise Invalid(message, reason="INVALID_TIME", field=[field])
    return at.astimezone(UTC)
