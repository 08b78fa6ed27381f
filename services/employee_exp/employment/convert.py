"""Between the contract's messages and employments."""

from collections.abc import Iterable, Iterator
from typing import Final

from cxm.batch.v1.batch_pb2 import ImportDifference
from cxm.employee_exp.v1 import employee_exp_pb2 as pb
from cxm.employee_exp.v1 import events_pb2 as events
from services.employee_exp.employment.domain.details import DetailsChange, DetailsItem
from services.employee_exp.employment.domain.employment import Employment, Stint, StintItem
from services.employee_exp.employment.domain.upserts import EmploymentChange
from services.kit.clock import day_date
from services.kit.letters import composed, plain
from services.kit.rights.tree import Tree
from services.kit.rpc.fields import optional

EmploymentsChanged = events.EmploymentsChanged
LARGEST_MESSAGE: Final = 200_000
"""Bytes: about 2,000 employments of one stint. A relay holds 256 messages."""


def stint_item(item: pb.StintItem) -> StintItem:
    """An item as sent; the spaces around an id are nobody's intention."""
    return StintItem(
        employee_id(item.employee),
        item.department.strip(),
        item.started_day,
        optional(item, "left_day"),
        details_change(item.details) if item.HasField("details") else None,
    )


def details_item(item: pb.DetailsItem) -> DetailsItem:
    """An item as sent; without details it changes none."""
    return DetailsItem(employee_id(item.employee), details_change(item.details))


def details_change(sent: pb.EmployeeDetails) -> DetailsChange:
    """Details as sent, without spaces around."""
    return DetailsChange(
        plain(sent.email) if sent.HasField("email") else None,
        plain(sent.language) if sent.HasField("language") else None,
        plain(sent.subject) if sent.HasField("subject") else None,
        tuple(sorted((plain(name), plain(value)) for name, value in sent.attributes.items())),
    )


def employee_id(sent: str) -> str:
    """An employee's external id as it is stored."""
    return composed(sent.strip())


def employments_changed(employments: Iterable[Employment]) -> Iterator[EmploymentsChanged]:
    """The event, in as many messages as it needs; one employment is in one of them, however large it is."""
    message, size = EmploymentsChanged(), 0
    for state in employments:
        told = _employment(state)
        if size and size + told.ByteSize() > LARGEST_MESSAGE:
            yield message
            message, size = EmploymentsChanged(), 0
        message.employments.append(told)
        size += told.ByteSize()
    if size:
        yield message


def last_part() -> EmploymentsChanged:
    """The event without employments, to say that there are no more parts."""
    return EmploymentsChanged()


def set_part(message: EmploymentsChanged, whole_id: str, number: int, parts: int) -> None:
    """Say which part of which whole a message is; `parts`: of how many, 0 until that is known."""
    message.part.CopyFrom(events.Part(whole_id=whole_id, number=number, parts=parts))


def difference(change: EmploymentChange, tree: Tree) -> ImportDifference:
    """What goes and what comes in its place, for people."""
    former = change.before.stints if change.before else ()
    return ImportDifference(
        id=change.employee,
        before=[_shown(stint, tree) for stint in former if stint not in change.after.stints],
        after=[_shown(stint, tree) for stint in change.after.stints if stint not in former],
    )


def _shown(stint: Stint, tree: Tree) -> str:
    """`care, 2024-01-01 to 2025-01-01`: the last one is the first day not employed there."""
    department = tree.departments.get(stint.department_id)
    key = department.key if department else "?"
    started = day_date(stint.started_day)
    if stint.left_day is None:
        return f"{key}, from {started}"
    return f"{key}, {started} to {day_date(stint.left_day)}"


def _employment(state: Employment) -> events.Employment:
    """An employment as it is announced: without the external id."""
    stints = [
        events.Stint(
            department_id=stint.department_id,
            started_day=stint.started_day,
            left_day=stint.left_day,
        )
        for stint in state.stints
    ]
    return events.Employment(employee_id=state.employee_id, revision=state.revision, stints=stints)
