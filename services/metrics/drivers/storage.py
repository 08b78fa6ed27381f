"""Every query about analyses of drivers."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import case, delete, func, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.metrics.domain.periods import Period
from services.metrics.drivers.domain import (
    Analysis,
    AnalysisProgress,
    AnalysisState,
    Asked,
    DriverFound,
    Found,
    WeightStatus,
)
from services.metrics.drivers.tables import StoredAnalysis, StoredDriver
from services.metrics.formulas.drivers.weights import DriverMethod, Estimate

MOST_KEPT = 50
"""Analyses of a department that stay; older ones go when another is asked for."""


async def add(session: AsyncSession, asked: Asked) -> None:
    """Store what is asked for, to be taken up by whoever is free; the oldest of its department go."""
    row = StoredAnalysis(
        id=asked.id,
        department_id=asked.department_id,
        survey_id=asked.survey_id,
        metric=asked.metric,
        outcome=asked.outcome,
        method=asked.method.value,
        from_day=asked.period.from_day,
        to_day=asked.period.to_day,
        subtree=asked.subtree,
        as_it_was=asked.as_it_was,
        filters=dict(asked.filters),
        asked_by=asked.asked_by,
        asked_at=asked.asked_at,
        state=AnalysisState.WAITING.value,
    )
    session.add(row)
    await session.flush()
    session.add_all(
        StoredDriver(analysis_id=asked.id, place=place, question_id=question)
        for place, question in enumerate(asked.drivers)
    )
    of_department = col(StoredAnalysis.department_id) == asked.department_id
    kept = (
        select(col(StoredAnalysis.id))
        .where(of_department)
        .order_by(col(StoredAnalysis.number).desc())
        .limit(MOST_KEPT)
    )
    ended = col(StoredAnalysis.ended_at).is_not(None)
    await session.execute(
        delete(StoredAnalysis).where(of_department, ended, col(StoredAnalysis.id).not_in(kept))
    )


async def lock(session: AsyncSession) -> None:
    """Let nobody else ask for an analysis until this transaction ends."""
    await session.execute(text("LOCK TABLE metrics_driver_analysis IN SHARE ROW EXCLUSIVE MODE"))


async def count_open(session: AsyncSession, subject: str) -> tuple[int, int]:
    """How many analyses did not end: of a subject, and in all."""
    own = func.count().filter(col(StoredAnalysis.asked_by) == subject)
    statement = select(own, func.count()).where(col(StoredAnalysis.ended_at).is_(None))
    mine, all_ = (await session.execute(statement)).one()
    return mine, all_


async def find(session: AsyncSession, id_: str) -> Analysis | None:
    row = await session.get(StoredAnalysis, id_)
    return None if row is None else (await _whole(session, [row]))[0]


async def newest(
    session: AsyncSession,
    department_id: str,
    survey_id: str | None,
    metric: str | None,
    states: Collection[AnalysisState],
    most: int,
    *,
    weighed_first: bool = False,
) -> list[Analysis]:
    """The newest analyses of a department, of a survey and a metric where these are named.

    `weighed_first`: those with weights before those in which there was nothing to tell.
    """
    statement = select(StoredAnalysis).where(
        col(StoredAnalysis.department_id) == department_id,
        col(StoredAnalysis.state).in_([state.value for state in states]),
    )
    if survey_id is not None:
        statement = statement.where(col(StoredAnalysis.survey_id) == survey_id)
    if metric is not None:
        statement = statement.where(col(StoredAnalysis.metric) == metric)
    if weighed_first:
        has_weights = col(StoredAnalysis.status) == WeightStatus.OK.value
        statement = statement.order_by(case((has_weights, 0), else_=1))
    rows = await session.scalars(statement.order_by(col(StoredAnalysis.number).desc()).limit(most))
    return await _whole(session, rows.all())


async def next_open(session: AsyncSession) -> str | None:
    """The oldest analysis that did not end, by id."""
    return await session.scalar(
        select(col(StoredAnalysis.id))
        .where(col(StoredAnalysis.ended_at).is_(None))
        .order_by(col(StoredAnalysis.number))
        .limit(1)
    )


async def begin(session: AsyncSession, id_: str) -> int | None:
    """Take an analysis up; how often that was done by now, None if it ended meanwhile."""
    statement = (
        update(StoredAnalysis)
        .where(col(StoredAnalysis.id) == id_, col(StoredAnalysis.ended_at).is_(None))
        .values(state=AnalysisState.RUNNING.value, done=0.0, tries=col(StoredAnalysis.tries) + 1)
        .returning(col(StoredAnalysis.tries))
    )
    return await session.scalar(statement)


async def show_progress(session: AsyncSession, id_: str, done: float) -> bool:
    """Whether it is still wanted."""
    statement = (
        update(StoredAnalysis)
        .where(col(StoredAnalysis.id) == id_, col(StoredAnalysis.ended_at).is_(None))
        .values(done=done)
        .returning(col(StoredAnalysis.id))
    )
    return await session.scalar(statement) is not None


async def end(
    session: AsyncSession, id_: str, state: AnalysisState, at: datetime, failure: str = ""
) -> bool:
    """Whether it was not ended before."""
    values: dict[str, object] = {"state": state.value, "ended_at": at, "failure": failure}
    if state is AnalysisState.DONE:
        values["done"] = 1.0
    statement = (
        update(StoredAnalysis)
        .where(col(StoredAnalysis.id) == id_, col(StoredAnalysis.ended_at).is_(None))
        .values(values)
        .returning(col(StoredAnalysis.id))
    )
    return await session.scalar(statement) is not None


async def put_found(session: AsyncSession, id_: str, found: Found) -> None:
    """Store what was found beside what was asked."""
    value, low, high = _parts(found.explained)
    await session.execute(
        update(StoredAnalysis)
        .where(col(StoredAnalysis.id) == id_)
        .values(
            status=found.status.value,
            answered=found.answered,
            base=found.base,
            explained=value,
            explained_low=low,
            explained_high=high,
            chance=found.chance,
            r_squared=found.r_squared,
        )
    )
    for place, driver in enumerate(found.drivers):
        estimates = {
            "weight": driver.weight,
            "share": driver.share,
            "correlation": driver.correlation,
        }
        await session.execute(
            update(StoredDriver)
            .where(col(StoredDriver.analysis_id) == id_, col(StoredDriver.place) == place)
            .values(
                best=driver.best,
                **{
                    f"{name}{end}": part
                    for name, estimate in estimates.items()
                    for end, part in zip(("", "_low", "_high"), _parts(estimate), strict=True)
                },
            )
        )


async def _whole(session: AsyncSession, rows: Sequence[StoredAnalysis]) -> list[Analysis]:
    statement = (
        select(StoredDriver)
        .where(col(StoredDriver.analysis_id).in_([row.id for row in rows]))
        .order_by(col(StoredDriver.place))
    )
    drivers: dict[str, list[StoredDriver]] = {row.id: [] for row in rows}
    for driver in await session.scalars(statement):
        drivers[driver.analysis_id].append(driver)
    return [_analysis(row, drivers[row.id]) for row in rows]


def _analysis(row: StoredAnalysis, drivers: Sequence[StoredDriver]) -> Analysis:
    asked = Asked(
        id=row.id,
        department_id=row.department_id,
        survey_id=row.survey_id,
        metric=row.metric,
        outcome=row.outcome,
        drivers=tuple(driver.question_id for driver in drivers),
        method=DriverMethod(row.method),
        period=Period(row.from_day, row.to_day),
        subtree=row.subtree,
        as_it_was=row.as_it_was,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        filters=row.filters,
    )
    progress = AnalysisProgress(AnalysisState(row.state), row.done, row.ended_at, row.failure)
    return Analysis(asked, progress, _found(row, drivers))


def _found(row: StoredAnalysis, drivers: Sequence[StoredDriver]) -> Found | None:
    if row.status is None or row.answered is None or row.base is None:
        return None
    return Found(
        WeightStatus(row.status),
        row.answered,
        row.base,
        tuple(
            DriverFound(
                driver.question_id,
                driver.best or 0,
                _estimate(driver.weight, driver.weight_low, driver.weight_high),
                _estimate(driver.share, driver.share_low, driver.share_high),
                _estimate(driver.correlation, driver.correlation_low, driver.correlation_high),
            )
            for driver in drivers
        ),
        _estimate(row.explained, row.explained_low, row.explained_high),
        row.chance,
        row.r_squared,
    )


def _estimate(value: float | None, low: float | None, high: float | None) -> Estimate | None:
    if value is None or low is None or high is None:
        return None
    return Estimate(value, low, high)


def _parts(estimate: Estimate | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if estimate is None else (estimate.value, estimate.low, estimate.high)
