"""Tables of surveys. Responses are written and compared on the driver alone (storage.py), so they have no class."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlmodel import Field, SQLModel


class SurveyRow(SQLModel, table=True):
    """A survey; its questions belong to its versions."""

    __tablename__ = "survey_survey"

    id: UUID = Field(primary_key=True)
    key: str
    title: str
    public: bool
    in_scorecard: bool
    department_id: UUID | None
    revision: int
    state: int
    opens_at: datetime | None = Field(sa_type=TIMESTAMP(timezone=True))
    closes_at: datetime | None = Field(sa_type=TIMESTAMP(timezone=True))
    language: str
    texts: dict[str, str] = Field(sa_type=JSONB)
    offers: dict[str, Any] = Field(sa_type=JSONB)
    daily_limit: int


class VersionRow(SQLModel, table=True):
    """A version of a survey, from 1; the one with the highest number is current."""

    __tablename__ = "survey_version"

    id: UUID = Field(primary_key=True)
    survey_id: UUID
    number: int


class QuestionRow(SQLModel, table=True):
    """A question as a version asks it."""

    __tablename__ = "survey_question"

    version_id: UUID = Field(primary_key=True)
    position: int = Field(primary_key=True)
    id: UUID
    key: str
    kind: int
    text: str
    dont_know: bool
    low: int
    high: int
    options: list[dict[str, Any]] = Field(sa_type=JSONB)
    texts: dict[str, str] = Field(sa_type=JSONB)
    item: str
