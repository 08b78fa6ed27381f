"""Tables of waves; about nobody."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, DateTime
from sqlmodel import Field, SQLModel


def _instant() -> Column[datetime]:
    return Column(DateTime(timezone=True))


class WaveRow(SQLModel, table=True):
    """A wave. `draft` and `report` are messages; links_spent is that of the start of the day links_spent_day."""

    __tablename__ = "employee_exp_wave"

    id: UUID = Field(primary_key=True)
    key: str
    state: str
    draft: bytes
    opens_at: datetime | None = Field(default=None, sa_column=_instant())
    closes_at: datetime | None = Field(default=None, sa_column=_instant())
    opened_at: datetime | None = Field(default=None, sa_column=_instant())
    closed_at: datetime | None = Field(default=None, sa_column=_instant())
    released_at: datetime | None = Field(default=None, sa_column=_instant())
    closed_early_because: str = ""
    invited: int = 0
    reminded: int = 0
    links_sent: int = 0
    links_spent: int | None = None
    links_spent_day: int | None = None
    report: bytes | None = None
    imported: bool = False
    revision: int = 1


class WaveDepartmentRow(SQLModel, table=True):
    """A department as it was when a wave opened; places from 0, in the order of ids."""

    __tablename__ = "employee_exp_wave_department"

    wave_id: UUID = Field(primary_key=True)
    place: int = Field(primary_key=True)
    department_id: UUID
    key: str
    name: str
    parent_place: int | None
    counted_in_place: int | None = None


class WaveCategoryRow(SQLModel, table=True):
    """A category of a declared dimension, as it was when a wave opened; an empty name: not given."""

    __tablename__ = "employee_exp_wave_category"

    wave_id: UUID = Field(primary_key=True)
    dimension: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    name: str
