"""Tables of sealed answers, about persons. Nothing in them says who, when, or which came first."""

from uuid import UUID

from sqlmodel import Field, SQLModel


class SpoolRow(SQLModel, table=True):
    """Answers as they came in, sealed under the spool key of their wave, until a batch of them moves on."""

    __tablename__ = "employee_exp_spool"

    id: UUID = Field(primary_key=True)
    wave_id: UUID
    sealed: bytes


class BallotRow(SQLModel, table=True):
    """Answers sealed anew under the ballots key of their wave. The role that takes answers cannot read them."""

    __tablename__ = "employee_exp_ballot"

    id: UUID = Field(primary_key=True)
    wave_id: UUID
    sealed: bytes
