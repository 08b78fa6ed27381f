"""Changing surveys: what they say, what they ask, whether they take responses."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit import clock
from services.kit.db.database import Database, reaching
from services.kit.errors import Conflict, Invalid, NotFound
from services.kit.events.outbox import Outbox
from services.kit.events.streams import SURVEY_CHANGED
from services.kit.rights.audit.entries import Actor, AuditEntry, Deed
from services.kit.rights.audit.storage import write_entries
from services.survey.attribution.lookup import DirectoryLookup
from services.survey.domain.offers import Offers, check_offers, refuse_unknown_offer
from services.survey.domain.refusal import Refusal, failure_of, refuse
from services.survey.domain.text import can_be_a_key
from services.survey.domain.times import parse_instant
from services.survey.surveys import convert, storage
from services.survey.surveys.domain.drafts import (
    LifeDraft,
    SurveyDraft,
    check_draft,
    check_size,
    complete,
    draft_of,
    is_same,
    refuse_unanswerable,
)
from services.survey.surveys.domain.edits import SurveyEdit, edit_questions, new_survey
from services.survey.surveys.domain.lifecycle import (
    FIRST,
    PUBLISHED,
    UNOPENED,
    Life,
    State,
    change_life,
    refuse_edit,
)
from services.survey.surveys.domain.questions import Question
from services.survey.surveys.domain.surveys import Survey

LAST_YEAR = 2200
ABOUT_TO_OPEN = timedelta(
    seconds=10
)  # replicas remember a survey for 5 s, and have clocks of their own


class Editing:
    """Changes one survey at a time under its row's lock, and announces what came of it."""

    def __init__(
        self, database: Database, outbox: Outbox, lookup: DirectoryLookup, now: clock.Clock
    ) -> None:
        self.database = database
        self.outbox = outbox
        self.lookup = lookup
        self.now = now

    async def create(self, actor: Actor, draft: SurveyDraft, first: LifeDraft) -> Survey:
        """Store a survey with its first version; one of the same key that says the same is returned instead."""
        draft = complete(draft)
        refuse(*check_draft(draft))
        await self._check_offered(draft.offers)
        survey = new_survey(draft, await self._department(draft.department), clock.new_id)
        refuse(*check_size([survey.questions]))
        survey = replace(survey, life=self._first_life(first))
        refuse(refuse_unanswerable(survey))
        with reaching("surveys"):
            async with self.database.write.begin() as session:
                if await storage.add_survey(session, survey):
                    await self._write_audit(session, actor, survey, _deeds(None, survey))
                    await self._announce(session, survey)
                    return survey
                by_key = await storage.surveys_by_key(session, [draft.key])
        stored = by_key[draft.key]
        if not is_same(stored, draft, survey.department_id):
            raise Conflict(
                "another survey has this key: choose another key, or send what is stored",
                reason="KEY_TAKEN",
                field=["key"],
            )
        return stored

    async def update(self, actor: Actor, edit: SurveyEdit) -> Survey:
        """Apply an edit; the same again changes nothing."""
        named = None if edit.department is None else await self._department(edit.department)
        if edit.offers is not None:
            refuse(*check_offers(edit.offers))
            await self._check_offered(edit.offers)
        with reaching("surveys"):
            async with self.database.write.begin() as session:
                before = await _locked(session, edit.key, "key")
                refuse(refuse_edit(before.life.at(self.now())))
                if edit.version is not None and edit.version != before.version:
                    raise Conflict(
                        f"version {before.version} is current: read it and edit that one",
                        reason="VERSION_CHANGED",
                        field=["version"],
                    )
                draft = edit.draft(before)
                refuse(*check_draft(draft))
                department = before.department_id if edit.department is None else named
                after = await self._edited(session, before, draft, department)
                if not before.takes_nothing_from_strangers:  # of older ones all else is edited
                    refuse(refuse_unanswerable(after))
                return await self._store(session, actor, before, after)

    async def change_state(self, actor: Actor, key: str, wanted: LifeDraft) -> Survey:
        """Bring a survey into a state, now or at the times given."""
        opens_at, closes_at = _times(wanted)
        state = state_of(wanted.state)
        with reaching("surveys"):
            async with self.database.write.begin() as session:
                before = await _locked(session, key, "survey")
                life = _life(change_life(before.life, state, opens_at, closes_at, self.now()))
                after = replace(before, life=life)
                if state in PUBLISHED:
                    refuse(refuse_unanswerable(after))
                return await self._store(session, actor, before, after)

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
            offers=draft.offers,
            daily_limit=draft.daily_limit,
        )
        if tuple(map(draft_of, before.questions)) == draft.questions:
            return after
        was_open = before.life.at(self.now() + ABOUT_TO_OPEN) not in UNOPENED
        versions = [s.questions for s in await storage.versions_of(session, before)]
        questions = edit_questions(draft.questions, versions, clock.new_id, was_open=was_open)
        if isinstance(questions, list):
            raise failure_of(questions[0])
        return _asking(after, versions, questions, was_open=was_open)

    async def _store(
        self, session: AsyncSession, actor: Actor, before: Survey, after: Survey
    ) -> Survey:
        if after == before:
            return before
        await self._write_audit(session, actor, after, _deeds(before, after))
        after = replace(after, revision=before.revision + 1)
        await storage.change_survey(session, after, before)
        await self._announce(session, after)
        return after

    async def announce_all(self, session: AsyncSession) -> None:
        """Announce every survey as it is now; who knows one already changes nothing."""
        for survey in await storage.all_surveys(session):
            await self._announce(session, survey)

    async def _write_audit(
        self, session: AsyncSession, actor: Actor, survey: Survey, deeds: Sequence[Deed]
    ) -> None:
        at, ids, keys = self.now(), (survey.id,), (survey.key,)
        await write_entries(session, [AuditEntry(at, actor, deed, ids, keys) for deed in deeds])

    async def _announce(self, session: AsyncSession, survey: Survey) -> None:
        fact = convert.change_message(survey, self.now())
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

    async def _check_offered(self, offers: Offers) -> None:
        """Invalid if something is offered that does not exist."""
        unknown = await self.lookup.unknown_keys(offers.departments, offers.touchpoints)
        refuse(*(refuse_unknown_offer(name) for name in unknown))

    def _first_life(self, first: LifeDraft) -> Life:
        state = state_of(first.state) if first.state else State.LIVE
        if state not in FIRST:
            message = "a new survey is DRAFT, SCHEDULED or LIVE"
            raise Invalid(message, reason="STATE_NOT_REACHABLE", field=["state"])
        opens_at, closes_at = _times(first)
        if state is State.DRAFT:
            return Life(state, opens_at, closes_at)
        now = self.now()
        return _life(change_life(Life(State.DRAFT), state, opens_at, closes_at, now))


def _deeds(before: Survey | None, after: Survey) -> list[Deed]:
    """What was done to a survey; `before` None: it is new."""
    if before is not None and before.life != after.life:
        return [Deed.SURVEY_STATE_CHANGED]
    deed = Deed.SURVEY_CREATED if before is None else Deed.SURVEY_CHANGED
    published = after.public and not (before is not None and before.public)
    return [deed, Deed.SURVEY_PUBLISHED] if published else [deed]


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


def _life(life: Life | Refusal) -> Life:
    if isinstance(life, Refusal):
        raise failure_of(life)
    return life


async def _locked(session: AsyncSession, key: str, field: str) -> Survey:
    """The survey of a key, which nobody else changes meanwhile; `field`: what callers name it by."""
    survey = await storage.lock_survey(session, key) if can_be_a_key(key) else None
    if survey is None:
        raise NotFound("there is no such survey", reason="UNKNOWN_SURVEY", field=[field])
    return survey


def _times(life: LifeDraft) -> tuple[datetime | None, datetime | None]:
    """When a survey opens and closes; Invalid if a time is not one."""
    opens_at = None if life.opens_at is None else _instant(life.opens_at, "opens_at")
    closes_at = None if life.closes_at is None else _instant(life.closes_at, "closes_at")
    return opens_at, closes_at


def _instant(text: str, field: str) -> datetime:
    at = parse_instant(text)
    if at is None or not 2000 <= at.year <= LAST_YEAR:
        message = f"this is no time like 2026-01-31T09:30:00Z, before {LAST_YEAR}"
        raise Invalid(message, reason="INVALID_TIME", field=[field])
    return at.astimezone(UTC)
