"""Tables of who worked where, and when."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class KeptEmployment:
    """All stints of an employee, as of a revision."""

    employee_id: str
    revision: int
    stints: tuple[Stint, ...]
