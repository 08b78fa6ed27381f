"""Tables of employee_exp about persons. The role `read` has no right to them, and row-level security no way in."""

from datetime import date
from uuid import UUID

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import DATERANGE, Range
from sqlmodel import Field, SQLModel


class EmployeeRow(SQLModel, table=True):
    """An employee. The external id is the organisation's own and never leaves this table; details are sealed."""

    __tablename__ = "employee_exp_employee"

    id: UUID = Field(primary_key=True)
    external_id: str
    revision: int
    unkeyed: bool = False
    spelt: bool = False
    details: bytes | None = None
    erased: bool = False


class StintRow(SQLModel, table=True):
    """Work in one department during a range of days; an open end: still there."""

    __tablename__ = "employee_exp_stint"
    model_config = {"arbitrary_types_allowed": True}

    employee_id: UUID = Field(primary_key=True)
    department_id: UUID
    valid: Range[date] = Field(sa_column=Column(DATERANGE, primary_key=True))
    stored_by: str | None = None
