"""Bounds of processor time that hold on a slow or busy machine too: a fixed piece of work tells how slow it is now."""

import json
import time

USUAL_SECONDS = 0.009
"""What the piece of work takes on the machine that bounds are written for."""

_TEXT = json.dumps([{"key": f"k{number}", "score": number % 11} for number in range(2_000)])


def allowed(seconds: float) -> float:
    """The bound in seconds of the processor for here and now: never less than the one that is written."""
    taken = min(_work() for _ in range(5))  # the least: others interrupt
    return seconds * max(1.0, taken / USUAL_SECONDS)


def _work() -> float:
    since = time.thread_time()
    for _ in range(18):
        rows = json.loads(_TEXT)
        sum(row["score"] for row in sorted(rows, key=lambda row: str(row["key"])))
    return time.thread_time() - since
