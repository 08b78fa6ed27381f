"""Computed cells as rows: departments by their ids, categories by their names."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import numpy as np

from services.employee_exp.releases.domain.figures.disclosure import End
from services.employee_exp.releases.domain.figures.statistics import CellScore
from services.employee_exp.releases.domain.release import ReleasedCell
from services.employee_exp.releases.domain.tree import NONE, Indices, Tree
from services.employee_exp.waves.domain.snapshot import Snapshot, WavePlace
from services.employee_exp.waves.domain.wave import Wave

ENDS = {End.NEITHER: "", End.AT_MOST: "at_most", End.AT_LEAST: "at_least"}
Row = dict[str, Any]


def tree_of(places: Iterable[WavePlace]) -> Tree:
    """The departments of a snapshot."""
    return Tree([NONE if each.parent_place is None else each.parent_place for each in places])


def cell_rows(wave: Wave, snapshot: Snapshot, cells: Iterable[ReleasedCell]) -> Iterator[Row]:
    """A row for each figure of each cell."""
    for cell in cells:
        dimension = category = ""
        if cell.dimension != NONE:
            dimension = wave.draft.dimensions[cell.dimension]
            category = snapshot.categories[dimension][cell.category]
        place = snapshot.places[cell.department]
        for score in cell.scores:
            yield {
                "wave_id": UUID(wave.id),
                "department_id": UUID(place.department_id),
                "dimension": dimension,
                "category": category,
                **_figures(score),
            }


def _figures(score: CellScore) -> Row:
    interval = score.interval
    return {
        "statistic": score.statistic,
        "n": score.people,
        "value": score.value,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "method": interval.method if interval else "",
        "sd": score.spread,
        "bands": [
            {"name": band.name, "share": band.share, "end": ENDS[band.end]} for band in score.bands
        ],
        "alpha": score.alpha,
    }


def comment_count_rows(
    wave: Wave,
    snapshot: Snapshot,
    tree: Tree,
    writers: Mapping[str, Indices],
    shown: Mapping[str, frozenset[int]],
) -> Iterator[Row]:
    """For each text question and department that shows its comments: how many there are."""
    for question, departments in shown.items():
        whole = tree.sum_up(np.bincount(writers[question], minlength=len(tree)))
        for department in sorted(departments):
            yield {
                "wave_id": UUID(wave.id),
                "department_id": UUID(snapshot.places[department].department_id),
                "dimension": "",
                "category": "",
                **_figures(CellScore(question, int(whole[department]))),
            }
