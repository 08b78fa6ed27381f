"""Tables of releases: written once by the role that releases, and looked up from then on."""

from typing import Any
from uuid import UUID

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class ReleaseCellRow(SQLModel, table=True):
    """One figure of one department, or of a category of it; of a text question how many comments are shown there."""

    __tablename__ = "employee_exp_release_cell"

    wave_id: UUID = Field(primary_key=True)
    department_id: UUID = Field(primary_key=True)
    dimension: str = Field("", primary_key=True)
    category: str = Field("", primary_key=True)
    statistic: str = Field(primary_key=True)
    n: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    method: str = ""
    sd: float | None = None
    bands: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSONB, nullable=False)
    )
    alpha: float | None = None


class ReleaseVerbatimRow(SQLModel, table=True):
    """What somebody wrote, at the nearest department that shows comments on that question."""

    __tablename__ = "employee_exp_release_verbatim"

    id: UUID = Field(primary_key=True)
    wave_id: UUID
    question: str
    place: int
    text: str
