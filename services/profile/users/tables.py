"""Rows of users; about persons, under row-level security."""

from sqlmodel import Field, SQLModel


class UserRow(SQLModel, table=True):
    """A user; empty: not known."""

    __tablename__ = "profile_user"

    subject: str = Field(primary_key=True)
    name: str
    email: str
    language: str
