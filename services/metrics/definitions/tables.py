"""Tables for everyday work. The answer log's own tables are written and read on the driver (log.py, cube.py)."""

from sqlalchemy import ARRAY, Column, Text
from sqlmodel import Field, SQLModel


class MetricDefinition(SQLModel, table=True):
    """One version of a metric; never changed."""

    __tablename__ = "metrics_definition"

    key: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    name: str
    unit: str
    higher_is_better: bool
    statistic: str
    question_kind: str | None = None
    formula: str
    denominator: str
    minimum_base: int
    survey_id: str | None = None
    question_id: str | None = None
    option_key: str = ""
    counted: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    against: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    with_dont_know: bool = False


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
