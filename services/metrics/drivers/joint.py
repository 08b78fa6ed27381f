"""Answers of one response side by side, written to a file for the process that weighs them.

A line of JSON says what was asked of that process; then each response is a byte for its sign and a byte for each
question: the index of the answer among the question's codes, 255 for none.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

import numpy as np

from services.metrics.answer_log.layout import Item
from services.metrics.answer_log.packing import Tuples
from services.metrics.cube.cube import Cube
from services.metrics.cube.series import Keep, codes_of
from services.metrics.domain.scope import Scope, Span

Parts = Sequence[tuple[Span, Tuples]]


async def joint_parts(
    cube: Cube, scope: Scope, survey: int, dimensions: Mapping[str, str]
) -> tuple[Parts, Keep | None]:
    """The responses of a scope to a survey as they are now, and which of them have these values of dimensions."""
    await cube.fresh({span.department_id for span in scope.spans})
    return cube.responses(scope.spans, survey), cube.keep(dimensions)


def write_joint(
    file: BinaryIO, head: Mapping[str, Any], parts: Parts, keep: Keep | None, items: Sequence[Item]
) -> None:
    """Write a file for the process that weighs; it takes long where there are many responses."""
    file.write(json.dumps(head).encode() + b"\n")
    for span, part in parts:
        low, high = np.searchsorted(part.day, np.clip([span.from_day, span.to_day], 0, 65_536))
        rows = part.take(slice(low, high))
        if keep is not None:
            rows = rows.take(keep.sets[rows.dimension_set])
        columns = [rows.sign.view(np.uint8), *(codes_of(rows, item) for item in items)]
        file.write(np.stack(columns, axis=1).tobytes())
    file.flush()
