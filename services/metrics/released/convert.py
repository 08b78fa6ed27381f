"""Protobuf -> what was released."""

from cxm.employee_exp.v1 import events_pb2, releases_pb2
from services.kit.rpc.fields import optionals
from services.metrics.released.domain import DepartmentRelease, Release, ReleasedNumber


def release(event: events_pb2.ReleasePublished) -> Release:
    """A release, or a part of it."""
    return Release(
        event.wave_id,
        event.wave_key,
        event.opened_day,
        event.closed_day,
        [_department(each) for each in event.departments],
    )


def _department(message: events_pb2.ReleasedDepartment) -> DepartmentRelease:
    if not message.released:
        return DepartmentRelease(
            message.department_id, released=False, counted_in=message.counted_in
        )
    withheld = [
        ReleasedNumber(name, place)
        for name, place in sorted(message.counted_in_by_statistic.items())
    ]
    cells = [*map(_cell, message.scores), *withheld]
    return DepartmentRelease(message.department_id, released=True, cells=cells)


def _cell(score: releases_pb2.ReleasedScore) -> ReleasedNumber:
    n, value, low, high, sd = optionals(score, "n", "value", "low", "high", "sd")
    return ReleasedNumber(
        score.statistic, None, n, value, low, high, score.method, sd, list(score.items)
    )
