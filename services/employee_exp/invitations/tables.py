"""Tables of invitations, about persons: row-level security shows what a transaction names."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel


class InvitationRow(SQLModel, table=True):
    """Who may answer once, where the answers count, and what was kept for later. It has no time.

    employee_id is absent of who was erased, and from the close of the wave on; then spent is false of all.
    """

    __tablename__ = "employee_exp_invitation"

    id: UUID = Field(primary_key=True)
    wave_id: UUID
    employee_id: UUID | None
    token_hash: bytes
    address_hash: bytes | None = None
    spent: bool = False
    place: int
    categories: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))
    kept: bytes | None = None


class MailingRow(SQLModel, table=True):
    """A mail that was not handed over yet; round 0 invites, the others remind."""

    __tablename__ = "employee_exp_mailing"

    invitation_id: UUID = Field(primary_key=True)
    round: int = Field(primary_key=True)
    wave_id: UUID
    attempts: int = 0
    due_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
