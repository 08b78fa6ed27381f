"""Whether the time of an answer tells a department that may not be seen from one that is not there."""

import time
from collections.abc import Awaitable, Callable, Mapping
from itertools import chain, repeat
from math import sqrt

from tests.security.support.asking import Asking
from tests.security.support.building import PRIVATE
from tests.security.support.doors.filing import DAYS
from tests.security.support.model import Viewer

HIDDEN, ABSENT = "cousin", "nobody"  # keys of one length
DEVIATIONS = 4.0

RESPONSE = {"survey": PRIVATE, "answers": [{"question": "recommend", "score": 99}]}
SUBMIT = """mutation ($input: SubmitResponseInput!) {
  submitResponse(input: $input) { userErrors { code } } }"""
INVITE = """mutation ($input: CreateInvitationsInput!) {
  createInvitations(input: $input) { userErrors { code } } }"""
EMPLOY = """mutation ($input: UpsertEmployeesInput!) {
  upsertEmployees(input: $input) { results { userErrors { code } } } }"""
Ask = Callable[[str], Awaitable[object]]


async def shares(
    asking: Asking, head: Viewer, integration: Viewer, pairs: int
) -> Mapping[str, float]:
    """By door: how often a hidden department took longer than an absent one; 0.5 when nothing can be told."""
    doors = _reading(asking, asking.token(head)) | _writing(asking, asking.token(integration))
    return {door: await _share(ask, pairs) for door, ask in doors.items()}


def farthest(pairs: int) -> float:
    """From a half, of a share that chance alone makes: four standard deviations."""
    return DEVIATIONS * sqrt((2 * pairs + 1) / 12) / pairs


def _reading(asking: Asking, token: str) -> dict[str, Ask]:

    async def query(key: str) -> object:
        return await asking.graphql(
            "query ($key: String!) { department(key: $key) { id } }", token, {"key": key}
        )

    async def export(key: str) -> object:
        path = f"/exports/responses?survey={PRIVATE}&department={key}&{DAYS}"
        return await asking.send("GET", path, token)

    async def scores_export(key: str) -> object:
        return await asking.send("GET", f"/exports/scores?department={key}&{DAYS}", token)

    return {"query": query, "export": export, "scores export": scores_export}


def _writing(asking: Asking, token: str) -> dict[str, Ask]:
    async def send(asked: str, given: object) -> object:
        return await asking.graphql(asked, token, {"input": given})

    async def submit(key: str) -> object:
        return await send(SUBMIT, RESPONSE | {"department": key})

    async def at_touchpoint(key: str) -> object:
        return await send(SUBMIT, RESPONSE | {"touchpoint": f"tp-{key}"})

    async def invite(key: str) -> object:
        return await send(INVITE, {"survey": PRIVATE, "for": [{"department": key}]})

    async def employ(key: str) -> object:
        employee = {"id": "somebody", "department": key, "startedOn": "2025-01-01"}
        return await send(EMPLOY, {"employees": [employee]})

    return {"submit": submit, "touchpoint": at_touchpoint, "invite": invite, "employee": employ}


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
