"""What a reconciliation found, with the keys by which people know departments, surveys and questions."""

from cxm.metrics.v1 import reconciliation_pb2 as pb
from services.kit.rights.tree import Tree
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.reconciliation.comparing import Comparison
from services.metrics.reconciliation.domain import ControlFigure, FigureDifference, Quantity

MOST_SHOWN = 100
QUANTITIES = {
    Quantity.RESPONSES: pb.QUANTITY_RESPONSES,
    Quantity.ANSWERS: pb.QUANTITY_ANSWERS,
    Quantity.SUM: pb.QUANTITY_SUM,
}


def report(found: Comparison, tree: Tree, surveys: SurveyCopy) -> pb.Reconciliation:
    """The comparison as operators read it; of many differences the first 100."""
    named = [_difference(*one, tree, surveys) for one in found.differences.items()]
    named.sort(key=lambda d: (d.department, d.survey, d.month, d.question, d.option, d.quantity))
    return pb.Reconciliation(
        state=pb.WORK_STATE_DONE,
        compared=found.compared,
        differing=len(named),
        differences=named[:MOST_SHOWN],
    )


def _difference(
    place: ControlFigure, difference: FigureDifference, tree: Tree, surveys: SurveyCopy
) -> pb.Difference:
    department_id, survey_id, month = place.key
    department = tree.departments.get(department_id)
    layout = surveys.layouts.get(survey_id)
    questions = {question: key for key, question in layout.questions.items()} if layout else {}
    return pb.Difference(
        department=department.key if department else department_id,
        survey=layout.key if layout else survey_id,
        month=f"{month // 12:04}-{month % 12 + 1:02}",
        quantity=QUANTITIES[place.quantity],
        question=questions.get(place.question_id, place.question_id),
        option=place.option,
        stored=difference.stored,
        counted=difference.counted,
    )
