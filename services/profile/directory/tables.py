"""Tables of profile. Ranges are days; an open side means since ever or for ever."""

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, Column, Text
from sqlalchemy.dialects.postgresql import DATERANGE, Range
from sqlmodel import Field, SQLModel


class OrganizationRow(SQLModel, table=True):
    """The one organisation. `version` grows with every transaction that changes the directory."""

    __tablename__ = "profile_organization"

    one: bool = Field(default=True, primary_key=True)
    time_zone: str
    root_id: UUID
    version: int


class StageRow(SQLModel, table=True):
    """A phase of the customer's journey."""

    __tablename__ = "profile_stage"

    key: str = Field(primary_key=True)
    name: str
    position: int


class DepartmentRow(SQLModel, table=True):
    """A department; its revision is the directory's version at its last change, its latest former name the last."""

    __tablename__ = "profile_department"

    id: UUID = Field(primary_key=True)
    key: str
    name: str
    revision: int
    former_names: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    closed_from: date | None
    merged_into: UUID | None


class PlacementRow(SQLModel, table=True):
    """Where a department hangs during a range of days; no parent: the root."""

    __tablename__ = "profile_placement"
    model_config = {"arbitrary_types_allowed": True}

    department_id: UUID = Field(primary_key=True)
    parent_id: UUID | None
    valid: Range[date] = Field(sa_column=Column(DATERANGE, primary_key=True))


class TouchpointRow(SQLModel, table=True):
    """A touchpoint; revision as of departments, channel "" for none."""

    __tablename__ = "profile_touchpoint"

    id: UUID = Field(primary_key=True)
    key: str
    name: str
    channel: str
    revision: int


class TermRow(SQLModel, table=True):
    """Who owns a touchpoint, and its stage (null for none), during a range of days."""

    __tablename__ = "profile_term"
    model_config = {"arbitrary_types_allowed": True}

    touchpoint_id: UUID = Field(primary_key=True)
    department_id: UUID
    stage: str | None
    valid: Range[date] = Field(sa_column=Column(DATERANGE, primary_key=True))
