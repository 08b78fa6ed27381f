"""Whether the time of an answer tells a department that may not be seen from one that is not there."""

import time
from collections.abc import Awaitable, Callable, Mapping
from itertools import chain, repeat

from tests.security.support.asking import Asking
from tests.security.support.building import PRIVATE
from tests.security.support.doors.filing import DAYS
from tests.security.support.model import Viewer

HIDDEN, ABSENT = "cousin", "nobody"  # keys of one length
FARTHEST = 0.1
"""Of the share of pairs in which the hidden one took longer, from a half: four times its spread for 300 pairs."""

Ask = Callable[[str], Awaitable[object]]


async def shares(asking: Asking, head: Viewer, pairs: int) -> Mapping[str, float]:
    """By door: how often a hidden department took longer than an absent one; 0.5 when nothing can be told."""
    token = asking.token(head)

    async def query(key: str) -> object:
        return await asking.graphql(
            "query ($key: String!) { department(key: $key) { id } }", token, {"key": key}
        )

    async def export(key: str) -> object:
        path = f"/exports/responses?survey={PRIVATE}&department={key}&{DAYS}"
        return await asking.send("GET", path, token)

    async def scores_export(key: str) -> object:
        return await asking.send("GET", f"/exports/scores?department={key}&{DAYS}", token)

    async def submit(key: str) -> object:
        answers = [{"question": "recommend", "score": 99}]
        given = {"survey": PRIVATE, "department": key, "answers": answers}
        asked = """mutation ($input: SubmitResponseInput!) {
          submitResponse(input: $input) { userErrors { code } } }"""
        return await asking.graphql(asked, token, {"input": given})

    doors = {"query": query, "export": export, "scores export": scores_export, "submit": submit}
    return {door: await _share(ask, pairs) for door, ask in doors.items()}


async def _share(ask: Ask, pairs: int) -> float:
    """The probability of superiority (Mann and Whitney, 1947) of samples taken in turn."""
    hidden: list[float] = []
    absent: list[float] = []
    for number in range(pairs):
        both = ((HIDDEN, hidden), (ABSENT, absent))
        for key, taken in both if number % 2 else both[::-1]:
            started = time.perf_counter()
            await ask(key)
            taken.append(time.perf_counter() - started)
    ranked = sorted(chain(zip(hidden, repeat(1)), zip(absent, repeat(0))))
    ranks = sum(rank for rank, (_, is_hidden) in enumerate(ranked, 1) if is_hidden)
    return (ranks - pairs * (pairs + 1) / 2) / pairs**2
