"""Rows of grants; about persons, under row-level security."""

from datetime import date
from uuid import UUID

from sqlmodel import Field, SQLModel


class GrantRow(SQLModel, table=True):
    """A role over a department (key, empty: the whole organisation); to_on is excluded."""

    __tablename__ = "profile_grant"

    id: UUID = Field(primary_key=True)
    subject: str
    role: str
    department: str
    from_on: date | None
    to_on: date | None
