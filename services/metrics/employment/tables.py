"""Tables of who worked where, and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ARRAY, Column, DateTime, Integer
from sqlmodel import Field, SQLModel


class Employment(SQLModel, table=True):
    """The revision at which an employee's stints are kept."""

    __tablename__ = "metrics_employment"

    employee_id: str = Field(primary_key=True)
    revision: int


class Stint(SQLModel, table=True):
    """An employee's time in a department, [started_day, left_day); leaving: nothing followed the same day."""

    __tablename__ = "metrics_stint"

    employee_id: str = Field(primary_key=True, foreign_key="metrics_employment.employee_id")
    started_day: int = Field(primary_key=True)
    left_day: int | None = None
    department_id: str = Field(index=True)
    leaving: bool


class EmploymentWhole(SQLModel, table=True):
    """Changes that belong together, as those of one file: of how many parts (0: not known yet), and which came."""

    __tablename__ = "metrics_employment_whole"

    id: str = Field(primary_key=True)
    parts: int
    heard: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))
    heard_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


@dataclass(frozen=True, slots=True)
class WholePart:
    """One of them, by its number from 1."""

    whole_id: str
    number: int
    parts: int


@dataclass(frozen=True, slots=True)
class KeptStint:
    """A stint of one employee, as its row has it."""

    started_day: int
    left_day: int | None
    department_id: str
    leaving: bool


@dataclass(frozen=True, slots=True)
class KeptEmployment:
    """All stints of an employee, as of a revision."""

    employee_id: str
    revision: int
    stints: tuple[KeptStint, ...]
