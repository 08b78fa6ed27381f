"""Every query about metric definitions."""

from dataclasses import asdict

from sqlalchemy import func, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.kit.errors import Conflict
from services.metrics.definitions.domain.definitions import (
    Definition,
    IndexItem,
    ItemRef,
    Statistic,
    Unit,
)
from services.metrics.definitions.tables import MetricDefinition


async def add_definition(session: AsyncSession, definition: Definition) -> None:
    """Store a definition once; Conflict if this version was stored with another content."""
    row = _row(definition)
    statement = insert(MetricDefinition).values(row.model_dump()).on_conflict_do_nothing()
    await session.execute(statement)
    stored = await session.get_one(MetricDefinition, (definition.key, definition.version))
    if stored.model_dump() != row.model_dump():
        raise Conflict(
            f"metric {definition.key} version {definition.version} is stored with another content: "
            "a changed definition needs a new version",
            reason="DEFINITION_DIFFERS",
        )


async def definitions(session: AsyncSession) -> list[Definition]:
    """Every version of every metric, by key and version."""
    rows = await session.scalars(
        select(MetricDefinition).order_by(col(MetricDefinition.key), col(MetricDefinition.version))
    )
    return [_definition(row) for row in rows]


async def count_definitions(session: AsyncSession) -> int:
    """How many versions of metrics are stored; they are only ever added."""
    return await session.scalar(select(func.count()).select_from(MetricDefinition)) or 0


async def lock_definitions(session: AsyncSession) -> None:
    """Let nobody else add a definition until the transaction ends."""
    await session.execute(text("LOCK TABLE metrics_definition IN SHARE ROW EXCLUSIVE MODE"))


def _row(definition: Definition) -> MetricDefinition:
    return MetricDefinition(
        key=definition.key,
        version=definition.version,
        name=definition.name,
        unit=definition.unit.value,
        higher_is_better=definition.higher_is_better,
        statistic=definition.statistic.value,
        question_kind=definition.question_kind,
        formula=definition.formula,
        denominator=definition.denominator,
        minimum_base=definition.minimum_base,
        survey_id=definition.item.survey_id if definition.item else None,
        question_id=definition.item.question_id if definition.item else None,
        option_key=definition.item.option if definition.item else "",
        counted=list(definition.counted),
        against=list(definition.against),
        with_dont_know=definition.with_dont_know,
        standard_item=definition.standard_item,
        index_items=[_index_item_row(item) for item in definition.index],
    )


def _definition(row: MetricDefinition) -> Definition:
    return Definition(
        key=row.key,
        version=row.version,
        name=row.name,
        unit=Unit(row.unit),
        higher_is_better=row.higher_is_better,
        statistic=Statistic(row.statistic),
        question_kind=row.question_kind,
        formula=row.formula,
        denominator=row.denominator,
        minimum_base=row.minimum_base,
        item=_item(row),
        counted=tuple(row.counted),
        against=tuple(row.against),
        with_dont_know=row.with_dont_know,
        standard_item=row.standard_item,
        index=tuple(map(_index_item, row.index_items)),
    )


def _item(row: MetricDefinition) -> ItemRef | None:
    if row.survey_id is None or row.question_id is None:
        return None
    return ItemRef(row.survey_id, row.question_id, row.option_key)


def _index_item_row(item: IndexItem) -> dict[str, str]:
    return {"standard_item": item} if isinstance(item, str) else asdict(item)


def _index_item(row: dict[str, str]) -> IndexItem:
    return row["standard_item"] if "standard_item" in row else ItemRef(**row)
