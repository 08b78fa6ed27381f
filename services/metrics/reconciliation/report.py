"""What a reconciliation found, with the keys by which people know departments, surveys and questions."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from services.kit.rights.tree import Tree
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.domain.work import WorkState
from services.metrics.reconciliation.comparing import Comparison
from services.metrics.reconciliation.domain import ControlFigure, FigureDifference, Quantity

MOST_SHOWN = 100


class NamedDifference(NamedTuple):
    """A number that differs; ids where a key is not known. The month is that of the local day: 2026-01."""

    department: str
    survey: str
    month: str
    quantity: Quantity
    question: str
    option: str
    stored: int
    counted: int


@dataclass(frozen=True, slots=True)
class Report:
    """A comparison as operators read it: how many differences, and the first 100 of them."""

    state: WorkState
    started_at: datetime | None = None
    error: str = ""
    compared: int = 0
    differing: int = 0
    differences: tuple[NamedDifference, ...] = ()


def report(comparison: Comparison, tree: Tree, surveys: SurveyCopy) -> Report:
    """The report of a comparison that came to its end; differences by department, survey and month."""
    named = [_named(*each, tree, surveys) for each in comparison.differences.items()]
    named.sort(
        key=lambda d: (d.department, d.survey, d.month, d.question, d.option, d.quantity.value)
    )
    return Report(
        WorkState.DONE,
        compared=comparison.compared,
        differing=len(named),
        differences=tuple(named[:MOST_SHOWN]),
    )


def _named(
    figure: ControlFigure, difference: FigureDifference, tree: Tree, surveys: SurveyCopy
) -> NamedDifference:
    department_id, survey_id, month = figure.key
    department = tree.departments.get(department_id)
    layout = surveys.layouts.get(survey_id)
    questions = {question: key for key, question in layout.questions.items()} if layout else {}
    return NamedDifference(
        department=department.key if department else department_id,
        survey=layout.key if layout else survey_id,
        month=f"{month // 12:04}-{month % 12 + 1:02}",
        quantity=figure.quantity,
        question=questions.get(figure.question_id, figure.question_id),
        option=figure.option,
        stored=difference.stored,
        counted=difference.counted,
    )
