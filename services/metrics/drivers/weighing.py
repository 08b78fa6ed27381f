"""A process of its own: a file of responses (`joint.py`) on stdin, what was found of the drivers on stdout.

`python -m services.metrics.drivers.weighing`. Each line it writes is JSON: how far it is, `done`, and at the end what
was `found`. It steps back for whoever else needs the processor, and SIGXCPU ends it when its seconds are used up.
"""

import json
import os
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from services.metrics.formulas.drivers.explained import explained_by
from services.metrics.formulas.drivers.weights import DriverMethod, Floats, chance_of, weigh

PIECE_ROWS: Final = 1_000_000
COURTESY: Final = 10
Bytes = NDArray[np.uint8]
Counts = NDArray[np.int64]


def main() -> None:
    os.nice(COURTESY)
    head = json.loads(sys.stdin.buffer.readline())
    seconds = head["cpu_seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    _write({"found": find(head, sys.stdin.buffer, _tell)})


def find(head: Mapping[str, Any], rows: IO[bytes], tell: Any) -> dict[str, Any]:
    """What was found: the fields of `Found`, as JSON has them.

    `head` has for each question, the outcome last, what its answers count by code (None: as none), and for each driver
    the codes of who is satisfied.
    """
    scales = [
        np.array([np.nan if value is None else value for value in scale], np.float64)
        for scale in head["scales"]
    ]
    patterns, counts = _patterns(rows, len(scales))
    values = np.stack([_valued(patterns[:, at], scale) for at, scale in enumerate(scales)], axis=1)
    answered = int(counts[~np.isnan(values[:, -1])].sum())
    is_whole = ~np.isnan(values).any(axis=1)
    patterns, values, counts = patterns[is_whole], values[is_whole], counts[is_whole]
    best = [
        int(counts[np.isin(patterns[:, at], codes)].sum()) for at, codes in enumerate(head["best"])
    ]
    found = {
        "answered": answered,
        "base": int(counts.sum()),
        "drivers": [{"best": many} for many in best],
    }
    return found | _weighed(head, found, values, counts, tell)


def _weighed(
    head: Mapping[str, Any], found: Mapping[str, Any], values: Floats, counts: Counts, tell: Any
) -> dict[str, Any]:
    """The status, and what goes with it; drivers that do not vary have no weight."""
    if found["base"] < head["smallest_base"]:
        return {"status": "INSUFFICIENT_BASE"}
    varies = np.ptp(values, axis=0) > 0
    if not varies[-1]:
        return {"status": "OUTCOME_CONSTANT"}
    used = np.flatnonzero(varies[:-1]).tolist()
    if len(used) < head["fewest_drivers"]:
        return {"status": "DRIVERS_CONSTANT"}
    method = DriverMethod(head["method"])
    weighed = weigh(values[:, varies], counts, method, seed=head["seed"], tell=tell)
    of_sample = (weighed.r_squared, len(used), found["base"])
    chance = chance_of(*of_sample)
    explained = asdict(explained_by(*of_sample))
    result = {"explained": explained, "r_squared": weighed.r_squared, "chance": chance}
    if chance >= head["clear"]:
        return {"status": "NOTHING_EXPLAINED", **result}
    drivers = [dict(driver) for driver in found["drivers"]]
    parts = (weighed.weights, weighed.shares, weighed.correlations)
    for at, *each in zip(used, *parts, strict=True):
        drivers[at] |= dict(zip(("weight", "share", "correlation"), map(asdict, each), strict=True))
    return {"status": "OK", **result, "drivers": drivers}


def _patterns(rows: IO[bytes], questions: int) -> tuple[Bytes, Counts]:
    """What was answered, each combination once, and how often; what was taken back is not there."""
    width = questions + 1
    found, many = np.empty((0, questions), np.uint8), np.empty(0, np.int64)
    while piece := rows.read(PIECE_ROWS * width):
        table = np.frombuffer(piece, np.uint8).reshape(-1, width)
        signs = table[:, 0].view(np.int8).astype(np.int64)
        found, many = _merged(np.concatenate([found, table[:, 1:]]), np.concatenate([many, signs]))
    is_there = many > 0
    return found[is_there], many[is_there]


def _merged(patterns: Bytes, counts: Counts) -> tuple[Bytes, Counts]:
    whole = np.ascontiguousarray(patterns).view(f"V{patterns.shape[1]}")[:, 0]
    unique, place = np.unique(whole, return_inverse=True)
    summed = np.bincount(place, counts, len(unique)).astype(np.int64)
    return unique.view(np.uint8).reshape(len(unique), -1), summed


def _valued(codes: Bytes, scale: Floats) -> Floats:
    """The number each answer stands for; NaN for none."""
    by_byte = np.full(256, np.nan)
    by_byte[: len(scale)] = scale
    return by_byte[codes]


def _tell(done: float) -> None:
    _write({"done": done})


def _write(told: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
