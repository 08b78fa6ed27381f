"""Rows of a release -> protobuf."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from cxm.employee_exp.v1 import releases_pb2 as pb
from cxm.employee_exp.v1.events_pb2 import ReleasedDepartment, ReleasePublished
from services.employee_exp.releases.domain.figures.statistics import PARTICIPATION
from services.employee_exp.releases.results import ReleasedWave
from services.employee_exp.releases.tables import ReleaseCellRow
from services.employee_exp.waves.domain.wave import Wave
from services.kit.clock import day_number

Cell = ReleaseCellRow
FIELD_BYTES = 8
"""What a message costs inside another one, at most."""
_ENDS = {
    "": pb.BAND_END_UNSPECIFIED,
    "at_most": pb.BAND_END_AT_MOST,
    "at_least": pb.BAND_END_AT_LEAST,
}

__all__ = ["ReleasePublished"]


def scores(released: ReleasedWave, cells: Iterable[Cell]) -> list[pb.ReleasedScore]:
    """The figures of one group: participation, then those of the wave in their order, and no others."""
    by_statistic = {cell.statistic: cell for cell in cells}
    return [
        _score(by_statistic[statistic], released.items.get(statistic, ()))
        for statistic in (PARTICIPATION, *released.statistics)
        if statistic in by_statistic
    ]


def _score(cell: Cell, items: Sequence[str]) -> pb.ReleasedScore:
    bands = [
        pb.ReleasedBand(name=band["name"], share=band["share"], end=_ENDS[band["end"]])
        for band in cell.bands
    ]
    return pb.ReleasedScore(
        statistic=cell.statistic,
        n=cell.n,
        value=cell.value,
        low=cell.low,
        high=cell.high,
        method=cell.method,
        sd=cell.sd,
        bands=bands,
        alpha=cell.alpha,
        items=items,
    )


def department_results(
    released: ReleasedWave,
    department_id: str,
    cells: Sequence[Cell],
    dimensions: Sequence[str],
    seen: Mapping[str, Collection[str]],
) -> pb.DepartmentResults:
    """`seen`: by statistic and text question, which departments see it. Of a withheld one nothing is said but where."""
    if not released.is_released(department_id):
        above = released.counted_in(department_id)
        return pb.DepartmentResults(
            department_id=department_id, counted_in="" if above is None else above.name
        )
    counts = {cell.statistic: cell.n or 0 for cell in cells}
    return pb.DepartmentResults(
        department_id=department_id,
        released=True,
        scores=scores(released, cells),
        dimensions=dimensions,
        verbatims=[
            pb.VerbatimCount(question=question, count=counts[question])
            for question in released.texts
            if question in counts
        ],
        counted_in_by_statistic=_elsewhere(
            released, department_id, [*released.statistics, *released.texts], seen
        ),
    )


def _elsewhere(
    released: ReleasedWave,
    department_id: str,
    statistics: Iterable[str],
    seen: Mapping[str, Collection[str]],
) -> dict[str, str]:
    """What a released department does not see, and the name of the one above that does."""
    return {
        statistic: released.nearest_with(department_id, seen[statistic])
        for statistic in statistics
        if department_id not in seen[statistic]
    }


def categories(released: ReleasedWave, cells: Iterable[Cell]) -> list[pb.ReleasedCategory]:
    """By name, those without one last."""
    by_name: dict[str, list[Cell]] = {}
    for cell in cells:
        by_name.setdefault(cell.category, []).append(cell)
    return [
        pb.ReleasedCategory(category=name, scores=scores(released, by_name[name]))
        for name in sorted(by_name, key=lambda name: (name == "", name))
    ]


def release_published(wave: Wave, zone: ZoneInfo) -> ReleasePublished:
    """A release, without departments yet."""
    return ReleasePublished(
        wave_id=wave.id,
        wave_key=wave.key,
        closed_day=_day(wave.closed_at, zone),
        opened_day=_day(wave.opened_at, zone),
        imported=wave.imported,
    )


def _day(at: datetime | None, zone: ZoneInfo) -> int:
    if at is None:
        raise ValueError("a wave that was not closed is not announced")
    return day_number(at.astimezone(zone).date())


def released_departments(
    released: ReleasedWave, cells: Iterable[Cell]
) -> Iterator[ReleasedDepartment]:
    """All departments of the snapshot by place; withheld ones say where they are counted."""
    by_department: dict[str, list[Cell]] = {}
    seen: dict[str, set[str]] = {statistic: set() for statistic in released.statistics}
    for cell in cells:
        by_department.setdefault(str(cell.department_id), []).append(cell)
        if cell.statistic in seen:
            seen[cell.statistic].add(str(cell.department_id))
    for place in released.places:
        id_ = place.department_id
        if released.is_released(id_):
            yield ReleasedDepartment(
                department_id=id_,
                released=True,
                scores=scores(released, by_department.get(id_, ())),
                counted_in_by_statistic=_elsewhere(released, id_, released.statistics, seen),
            )
        else:
            above = released.counted_in(id_)
            yield ReleasedDepartment(
                department_id=id_,
                counted_in_id="" if above is None else above.department_id,
                counted_in="" if above is None else above.name,
            )
