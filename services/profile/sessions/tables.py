"""Rows of sessions; about persons, under row-level security."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


def _instant(*, nullable: bool = False) -> Any:
    return Field(sa_column=Column(DateTime(timezone=True), nullable=nullable))


class FormerSecretRow(SQLModel, table=True):
    """A secret that was replaced, by which its session is still found."""

    __tablename__ = "profile_session_former"

    hash: bytes = Field(primary_key=True)
    session_id: UUID


class SessionRow(SQLModel, table=True):
    """A session of a browser; of its secrets only SHA-256."""

    __tablename__ = "profile_session"

    id: UUID = Field(primary_key=True)
    subject: str
    grants: Any = Field(sa_column=Column(JSONB, nullable=True))
    provider_session: str
    sign_in: str
    hash: bytes
    previous_hash: bytes | None
    started_at: datetime = _instant()
    replaced_at: datetime = _instant()
    confirmed_at: datetime | None = _instant(nullable=True)
    seen_at: datetime = _instant()
    ends_at: datetime = _instant()
    ended_at: datetime | None = _instant(nullable=True)
