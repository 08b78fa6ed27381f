"""Tables of what was released of employee surveys. Rows are only ever added."""

from sqlalchemy import ARRAY, Column, String
from sqlmodel import Field, SQLModel


class ReleasedWave(SQLModel, table=True):
    """A wave that closed on a local day; `statistics` are those that some department has or is withheld."""

    __tablename__ = "metrics_released_wave"

    wave_id: str = Field(primary_key=True)
    key: str
    opened_day: int
    closed_day: int
    statistics: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))


class ReleasedDepartment(SQLModel, table=True):
    """A department of a wave's snapshot; `counted_in`: the name of a department above, where it is withheld."""

    __tablename__ = "metrics_released_department"

    wave_id: str = Field(primary_key=True, foreign_key="metrics_released_wave.wave_id")
    department_id: str = Field(primary_key=True)
    released: bool
    counted_in: str


class ReleasedCell(SQLModel, table=True):
    """One statistic of a released department. `counted_in` set: this one is withheld, and all numbers are empty."""

    __tablename__ = "metrics_released_cell"

    wave_id: str = Field(primary_key=True)
    department_id: str = Field(primary_key=True)
    statistic: str = Field(primary_key=True)
    counted_in: str | None = None
    n: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    method: str
    sd: float | None = None
    items: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False, server_default="{}"))
