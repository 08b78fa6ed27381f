"""The table of targets."""

from datetime import datetime

from sqlalchemy import Column, DateTime
from sqlmodel import Field, SQLModel


class StoredTarget(SQLModel, table=True):
    """What a department is to reach in a metric."""

    __tablename__ = "metrics_target"

    department_id: str = Field(primary_key=True)
    metric: str = Field(primary_key=True)
    value: float
    side: str
    due_day: int
    owner: str
    set_by: str
    set_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
