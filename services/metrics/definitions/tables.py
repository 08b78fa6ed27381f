"""The table of metric definitions."""

from sqlalchemy import ARRAY, Column, Text
from sqlalchemy.dialects.postgresql import JSONB
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
    standard_item: str = ""
    index_items: list[dict[str, str]] = Field(sa_column=Column(JSONB, nullable=False))
