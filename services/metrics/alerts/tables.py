"""The table of alerts."""

from datetime import datetime

from sqlalchemy import Column, DateTime
from sqlmodel import Field, SQLModel


class StoredAlert(SQLModel, table=True):
    """A fall of a score; of a department and a metric one at most is open."""

    __tablename__ = "metrics_alert"

    id: str = Field(primary_key=True)
    department_id: str
    metric: str
    version: int
    rule: str
    week: int
    since_day: int
    value: float
    base: int
    usual: float
    usual_base: int
    usual_weekly: float
    usual_mean: float
    usual_variance: float
    usual_skewness: float
    usual_scatter: float
    value_low: float
    value_high: float
    usual_low: float
    usual_high: float
    interval_method: str
    deviation: float
    touchpoint: str
    segment: str
    raised_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    acknowledged_at: datetime | None = Field(sa_column=Column(DateTime(timezone=True)))
    acknowledged_by: str
    action: str | None
    ended_at: datetime | None = Field(sa_column=Column(DateTime(timezone=True)))
    ended_by: str | None
