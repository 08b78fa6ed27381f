"""Every query about alerts."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.metrics.alerts.domain import Alert, AlertAction, AlertEnd
from services.metrics.alerts.tables import StoredAlert
from services.metrics.formulas.scores import Interval
from services.metrics.formulas.shifts.weeks import Usual


class AlertFilter(NamedTuple):
    """Which alerts are listed; `is_open` None: both. `after` is the id of the last one that was seen."""

    departments: Collection[str]
    is_open: bool | None = None
    after: str | None = None


async def list_alerts(session: AsyncSession, wanted: AlertFilter, first: int) -> list[Alert]:
    """The newest first."""
    statement = select(StoredAlert).where(col(StoredAlert.department_id).in_(wanted.departments))
    if wanted.is_open is not None:
        ended = col(StoredAlert.ended_at)
        statement = statement.where(ended.is_(None) if wanted.is_open else ended.is_not(None))
    if wanted.after is not None:
        statement = statement.where(col(StoredAlert.id) < wanted.after)
    rows = await session.scalars(statement.order_by(col(StoredAlert.id).desc()).limit(first))
    return [_alert(row) for row in rows]


async def all_open(session: AsyncSession) -> list[Alert]:
    """Every open alert."""
    rows = await session.scalars(select(StoredAlert).where(col(StoredAlert.ended_at).is_(None)))
    return [_alert(row) for row in rows]


async def known_alerts(
    session: AsyncSession, departments: Collection[str], since_week: int
) -> list[Alert]:
    """What the next judgement needs: open alerts, and those that went back and were raised since a week."""
    went_back = (col(StoredAlert.ended_by) == AlertEnd.BACK.value) & (
        col(StoredAlert.week) >= since_week
    )
    rows = await session.scalars(
        select(StoredAlert).where(
            col(StoredAlert.department_id).in_(departments),
            or_(col(StoredAlert.ended_at).is_(None), went_back),
        )
    )
    return [_alert(row) for row in rows]


async def lock_alert(session: AsyncSession, id_: str) -> Alert | None:
    """An alert as it is until this transaction ends."""
    row = await session.get(StoredAlert, id_, with_for_update=True)
    return None if row is None else _alert(row)


async def add_alert(session: AsyncSession, alert: Alert) -> bool:
    """Whether it was stored: not where the department has an open one in the metric."""
    statement = (
        insert(StoredAlert)
        .values(_row(alert).model_dump())
        .on_conflict_do_nothing()
        .returning(col(StoredAlert.id))
    )
    return await session.scalar(statement) is not None


async def end_alert(session: AsyncSession, id_: str, end: AlertEnd, at: datetime) -> bool:
    """Whether it was open."""
    statement = (
        update(StoredAlert)
        .where(col(StoredAlert.id) == id_, col(StoredAlert.ended_at).is_(None))
        .values(ended_at=at, ended_by=end.value)
        .returning(col(StoredAlert.id))
    )
    return await session.scalar(statement) is not None


async def acknowledge_alert(
    session: AsyncSession, id_: str, action: AlertAction, by: str, at: datetime
) -> None:
    """Store what somebody does about it."""
    await session.execute(
        update(StoredAlert)
        .where(col(StoredAlert.id) == id_)
        .values(acknowledged_at=at, acknowledged_by=by, action=action.value)
    )


def _row(alert: Alert) -> StoredAlert:
    return StoredAlert(
        id=alert.id,
        department_id=alert.department_id,
        metric=alert.metric,
        version=alert.version,
        rule=alert.rule,
        week=alert.week,
        since_day=alert.since_day,
        value=alert.value,
        base=alert.base,
        value_low=alert.value_interval.low,
        value_high=alert.value_interval.high,
        usual_low=alert.usual_interval.low,
        usual_high=alert.usual_interval.high,
        interval_method=alert.value_interval.method,
        usual=alert.usual.value,
        usual_base=alert.usual.base,
        usual_weekly=alert.usual.weekly,
        usual_mean=alert.usual.mean,
        usual_variance=alert.usual.variance,
        usual_skewness=alert.usual.skewness,
        usual_scatter=alert.usual.scatter,
        deviation=alert.deviation,
        touchpoint=alert.touchpoint,
        segment=alert.segment,
        raised_at=alert.raised_at,
        acknowledged_at=alert.acknowledged_at,
        acknowledged_by=alert.acknowledged_by,
        action=None if alert.action is None else alert.action.value,
        ended_at=alert.ended_at,
        ended_by=None if alert.end is None else alert.end.value,
    )


def _alert(row: StoredAlert) -> Alert:
    return Alert(
        id=row.id,
        department_id=row.department_id,
        metric=row.metric,
        version=row.version,
        rule=row.rule,
        week=row.week,
        since_day=row.since_day,
        value=row.value,
        base=row.base,
        value_interval=Interval(row.value_low, row.value_high, row.interval_method),
        usual_interval=Interval(row.usual_low, row.usual_high, row.interval_method),
        usual=Usual(
            base=row.usual_base,
            weekly=row.usual_weekly,
            value=row.usual,
            mean=row.usual_mean,
            variance=row.usual_variance,
            skewness=row.usual_skewness,
            scatter=row.usual_scatter,
        ),
        deviation=row.deviation,
        touchpoint=row.touchpoint,
        segment=row.segment,
        raised_at=row.raised_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        action=None if row.action is None else AlertAction(row.action),
        ended_at=row.ended_at,
        end=None if row.ended_by is None else AlertEnd(row.ended_by),
    )
