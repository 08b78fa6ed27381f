"""The tables of analyses of drivers."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, DateTime, Identity
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class StoredAnalysis(SQLModel, table=True):
    """An analysis: what was asked, how far it is, and what was found of all drivers together."""

    __tablename__ = "metrics_driver_analysis"

    id: str = Field(primary_key=True)
    number: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), nullable=False)
    )
    department_id: str
    survey_id: str
    metric: str
    outcome: str
    method: str
    from_day: int
    to_day: int
    subtree: bool
    as_it_was: bool
    filters: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
    asked_by: str
    asked_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    state: str
    tries: int = 0
    done: float = 0.0
    ended_at: datetime | None = Field(
        default=None, sa_column=Column(DateTime(timezone=True), nullable=True)
    )
    failure: str = ""
    status: str | None = None
    answered: int | None = None
    base: int | None = None
    explained: float | None = None
    explained_low: float | None = None
    explained_high: float | None = None
    chance: float | None = None
    r_squared: float | None = None


class StoredDriver(SQLModel, table=True):
    """A driver of an analysis, and what was found of it."""

    __tablename__ = "metrics_driver"

    analysis_id: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    question_id: str
    best: int | None = None
    weight: float | None = None
    weight_low: float | None = None
    weight_high: float | None = None
    share: float | None = None
    share_low: float | None = None
    share_high: float | None = None
    correlation: float | None = None
    correlation_low: float | None = None
    correlation_high: float | None = None
