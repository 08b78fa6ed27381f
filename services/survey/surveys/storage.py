"""Every query about surveys, their versions and questions, in sessions; nothing here commits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    and_,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.kit.letters import composed, find_alike
from services.survey.domain.offers import offers_json, offers_of
from services.survey.domain.text import Texts
from services.survey.surveys import tables
from services.survey.surveys.domain.lifecycle import Life, State
from services.survey.surveys.domain.questions import Option, Question, QuestionKind
from services.survey.surveys.domain.surveys import Survey

Statement = Select[*tuple[Any, ...]]


async def add_survey(session: AsyncSession, survey: Survey) -> bool:
    """True if stored now, False if its key was used before."""
    statement = upsert(tables.SurveyRow).values(_state(survey)).on_conflict_do_nothing()
    if await session.scalar(statement.returning(col(tables.SurveyRow.id))) is None:
        return False
    await _add_version(session, survey)
    return True


async def change_survey(session: AsyncSession, survey: Survey, before: Survey) -> None:
    """Store a survey as it is after a change; its row must be locked (lock_survey)."""
    mine = col(tables.SurveyRow.id) == UUID(survey.id)
    await session.execute(update(tables.SurveyRow).where(mine).values(_state(survey)))
    if survey.version != before.version:
        await _add_version(session, survey)
    elif survey.questions != before.questions:
        version = UUID(survey.version_id)
        await session.execute(
            delete(tables.QuestionRow).where(col(tables.QuestionRow.version_id) == version)
        )
        await session.execute(insert(tables.QuestionRow), _question_rows(survey))


async def lock_survey(session: AsyncSession, key: str) -> Survey | None:
    """A survey that nobody else may change until the end of the transaction; None if there is none."""
    spelt = col(tables.SurveyRow.key).in_({key, composed(key)})
    await session.execute(select(col(tables.SurveyRow.id)).where(spelt).with_for_update())
    return (await surveys_by_key(session, [key])).get(key)


def _state(survey: Survey) -> dict[str, Any]:
    return {
        "id": UUID(survey.id),
        "key": survey.key,
        "title": survey.title,
        "public": survey.public,
        "in_scorecard": survey.in_scorecard,
        "department_id": None if survey.department_id is None else UUID(survey.department_id),
        "revision": survey.revision,
        "state": int(survey.life.state),
        "opens_at": survey.life.opens_at,
        "closes_at": survey.life.closes_at,
        "language": survey.language,
        "texts": dict(survey.texts),
        "offers": offers_json(survey.offers),
        "daily_limit": survey.daily_limit,
    }


async def _add_version(session: AsyncSession, survey: Survey) -> None:
    version = {
        "id": UUID(survey.version_id),
        "survey_id": UUID(survey.id),
        "number": survey.version,
    }
    await session.execute(insert(tables.VersionRow).values(version))
    await session.execute(insert(tables.QuestionRow), _question_rows(survey))


def _question_rows(survey: Survey) -> list[dict[str, Any]]:
    return [
        {
            "version_id": UUID(survey.version_id),
            "position": position,
            "id": UUID(question.id),
            "key": question.key,
            "kind": int(question.kind),
            "text": question.text,
            "dont_know": question.dont_know,
            "low": question.low,
            "high": question.high,
            "options": [asdict(o) | {"texts": dict(o.texts)} for o in question.options],
            "texts": dict(question.texts),
            "item": question.item,
        }
        for position, question in enumerate(survey.questions)
    ]


async def surveys_by_key(session: AsyncSession, keys: Iterable[str]) -> dict[str, Survey]:
    """The surveys of these keys, as they are asked for or composed, by the key asked; what is absent is left out."""
    asked = list(keys)
    wanted = {*asked, *map(composed, asked)}
    found = await _surveys(session, _current().where(col(tables.SurveyRow.key).in_(wanted)))
    known = {survey.key: survey for survey in found}
    return {key: survey for key in asked if (survey := find_alike(known, key))}


async def versions_of(session: AsyncSession, survey: Survey) -> list[Survey]:
    """A survey as each of its versions asked, the oldest first."""
    mine = col(tables.SurveyRow.id) == UUID(survey.id)
    return await _surveys(session, _versions().where(mine))


async def all_versions(session: AsyncSession) -> list[Survey]:
    """Every survey as each of its versions asked."""
    return await _surveys(session, _versions())


async def read_revisions(session: AsyncSession) -> tuple[int, int]:
    """How many surveys there are, and the sum of their revisions: another one after every change."""
    revisions = func.coalesce(func.sum(col(tables.SurveyRow.revision)), 0)
    row = (await session.execute(select(func.count(), revisions))).one()
    return int(row[0]), int(row[1])


async def all_surveys(session: AsyncSession) -> list[Survey]:
    """Every survey as its current version asks."""
    return await _surveys(session, _current())


async def version(session: AsyncSession, version_id: UUID) -> Survey:
    """A survey as one of its versions asked."""
    (found,) = await _surveys(session, _versions().where(col(tables.VersionRow.id) == version_id))
    return found


async def batch_surveys(
    session: AsyncSession, ids: Iterable[UUID], keys: Iterable[str]
) -> list[Survey]:
    """The surveys of these ids or keys; what is absent is left out."""
    asked = list(keys)
    named = col(tables.SurveyRow.key).in_({*asked, *map(composed, asked)})
    wanted = or_(col(tables.SurveyRow.id).in_(list(ids)), named)
    return await _surveys(session, _current().where(wanted))


async def list_surveys(
    session: AsyncSession, first: int, after: str, state: State | None, now: datetime
) -> list[Survey]:
    """The next surveys after a key, by key; `state`: only those that are in it now."""
    key = col(tables.SurveyRow.key)
    page = select(key).where(key > after, *_in_state(state, now)).order_by(key).limit(first)
    return await _surveys(session, _current().where(key.in_(page)))


async def count_surveys(session: AsyncSession, state: State | None, now: datetime) -> int:
    statement = select(func.count()).select_from(tables.SurveyRow).where(*_in_state(state, now))
    return await session.scalar(statement) or 0


def _in_state(state: State | None, now: datetime) -> list[ColumnElement[bool]]:
    """Life.at, as a condition."""
    if state is None:
        return []
    survey = tables.SurveyRow
    opened = and_(col(survey.state) == State.SCHEDULED, col(survey.opens_at) <= now)
    set_or_opened = case((opened, int(State.LIVE)), else_=col(survey.state))
    ended = and_(set_or_opened.in_([State.LIVE, State.PAUSED]), col(survey.closes_at) <= now)
    return [case((ended, int(State.CLOSED)), else_=set_or_opened) == int(state)]


def _current() -> Statement:
    """Surveys as their current version asks."""
    survey, version = tables.SurveyRow, tables.VersionRow
    newest = (
        select(func.max(col(version.number)))
        .where(col(version.survey_id) == col(survey.id))
        .correlate(survey)
        .scalar_subquery()
    )
    return _versions().where(col(version.number) == newest)


def _versions() -> Statement:
    """Surveys with the questions of their versions, a row per question, by key, version and position."""
    # Long because it names every column.
    survey, version, question = tables.SurveyRow, tables.VersionRow, tables.QuestionRow
    return (
        select(
            col(survey.id),
            col(survey.key),
            col(survey.title),
            col(survey.public),
            col(survey.in_scorecard),
            col(survey.department_id),
            col(survey.revision),
            col(survey.state),
            col(survey.opens_at),
            col(survey.closes_at),
            col(survey.language),
            col(survey.texts),
            col(survey.offers),
            col(survey.daily_limit),
            col(version.id).label("version_id"),
            col(version.number),
            col(question.id).label("question_id"),
            col(question.key).label("question_key"),
            col(question.kind),
            col(question.text),
            col(question.dont_know),
            col(question.low),
            col(question.high),
            col(question.options),
            col(question.texts).label("question_texts"),
            col(question.item),
        )
        .join(version, col(version.survey_id) == col(survey.id))
        .join(question, col(question.version_id) == col(version.id))
        .order_by(col(survey.key), col(version.number), col(question.position))
    )


async def _surveys(session: AsyncSession, statement: Statement) -> list[Survey]:
    rows = (await session.execute(statement)).mappings()
    return [_survey(list(group)) for _, group in groupby(rows, key=lambda row: row["version_id"])]


def _survey(rows: Sequence[RowMapping]) -> Survey:
    # Long because it names every column.
    first = rows[0]
    questions = tuple(
        Question(
            str(row["question_id"]),
            row["question_key"],
            QuestionKind(row["kind"]),
            row["text"],
            row["dont_know"],
            row["low"],
            row["high"],
            tuple(
                Option(option["key"], option["text"], _texts(option.get("texts", {})))
                for option in row["options"]
            ),
            _texts(row["question_texts"]),
            row["item"],
        )
        for row in rows
    )
    return Survey(
        id=str(first["id"]),
        key=first["key"],
        title=first["title"],
        public=first["public"],
        in_scorecard=first["in_scorecard"],
        department_id=None if first["department_id"] is None else str(first["department_id"]),
        version_id=str(first["version_id"]),
        version=first["number"],
        questions=questions,
        revision=first["revision"],
        life=Life(State(first["state"]), first["opens_at"], first["closes_at"]),
        language=first["language"],
        texts=_texts(first["texts"]),
        offers=offers_of(**first["offers"]),
        daily_limit=first["daily_limit"],
    )


def _texts(stored: Mapping[str, str]) -> Texts:
    return tuple(sorted(stored.items()))
