"""Protobuf <-> reports of comparisons and rebuilds. A report is stored as the bytes of its message."""

from datetime import datetime

from cxm.metrics.v1 import reconciliation_pb2 as pb
from services.kit.clock import instant_text
from services.metrics.domain.work import WorkState
from services.metrics.rebuild.runner import RebuildProgress
from services.metrics.reconciliation.domain import Quantity
from services.metrics.reconciliation.report import NamedDifference, Report

_STATE = {state: pb.WorkState.Value(f"WORK_STATE_{state.value}") for state in WorkState}
_STATE_OF = {number: state for state, number in _STATE.items()}
_QUANTITY = {quantity: pb.Quantity.Value(f"QUANTITY_{quantity.name}") for quantity in Quantity}
_QUANTITY_OF = {number: quantity for quantity, number in _QUANTITY.items()}


def reconciliation(report: Report) -> pb.Reconciliation:
    return pb.Reconciliation(
        state=_STATE[report.state],
        started_at=_instant(report.started_at),
        error=report.error,
        compared=report.compared,
        differing=report.differing,
        differences=[_difference(difference) for difference in report.differences],
    )


def report_bytes(report: Report) -> bytes:
    """A report as it is stored."""
    return reconciliation(report).SerializeToString()


def read_report(stored: bytes) -> Report:
    """The report of these bytes; when its comparison started is not among them."""
    message = pb.Reconciliation.FromString(stored)
    return Report(
        state=_STATE_OF[message.state],
        error=message.error,
        compared=message.compared,
        differing=message.differing,
        differences=tuple(
            NamedDifference(
                d.department,
                d.survey,
                d.month,
                _QUANTITY_OF[d.quantity],
                d.question,
                d.option,
                d.stored,
                d.counted,
            )
            for d in message.differences
        ),
    )


def rebuild(progress: RebuildProgress) -> pb.Rebuild:
    return pb.Rebuild(
        state=_STATE[progress.state],
        done=progress.done,
        total=progress.total,
        started_at=_instant(progress.started_at),
        error=progress.error,
    )


def _difference(difference: NamedDifference) -> pb.Difference:
    return pb.Difference(
        department=difference.department,
        survey=difference.survey,
        month=difference.month,
        quantity=_QUANTITY[difference.quantity],
        question=difference.question,
        option=difference.option,
        stored=difference.stored,
        counted=difference.counted,
    )


def _instant(at: datetime | None) -> str:
    return "" if at is None else instant_text(at)
