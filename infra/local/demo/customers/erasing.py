"""One customer is erased: an admin asks, and a privacy officer approves what was counted."""

import time
from typing import Any, Final

from infra.client.api import Api
from infra.client.problem import Problem
from infra.local.demo.customers.identities import COUNT

CUSTOMER: Final = f"C{COUNT - 10:05}"
"""Who never answered: no score changes."""
WITHIN_SECONDS: Final = 120.0
LOOKED_AT_EVERY_SECONDS: Final = 0.2
REQUEST_ERASURE: Final = """
mutation ($input: RequestErasureInput!) {
  requestErasure(input: $input) { request { id } userErrors { field message code } }
}"""
READ_ERASURE: Final = "query ($id: ID!) { privacyRequest(id: $id) { state } }"
DECIDE_PRIVACY: Final = """
mutation ($input: DecidePrivacyInput!) { decidePrivacy(input: $input) { userErrors { field message code } } }"""


class NotErased(Problem):
    """The customer of the demo was not erased."""


def run(api: Api, officer: Api) -> None:
    """Ask, wait until it is counted, and approve; one that was asked for before goes on."""
    asked = {"externalId": CUSTOMER, "reason": "asked by letter"}
    payload = api.mutate("requestErasure", REQUEST_ERASURE, {"input": asked})
    if any(error["code"] == "NOT_FOUND" for error in payload["userErrors"]):
        return  # it was erased before the load was interrupted
    id_ = _checked(payload)["request"]["id"]
    if _wait(api, id_, "COUNTED", "APPROVED", "RUNNING", "DONE") == "COUNTED":
        approval = {"id": id_, "decision": "APPROVE"}
        _checked(officer.mutate("decidePrivacy", DECIDE_PRIVACY, {"input": approval}))
    _wait(api, id_, "DONE")


def _checked(payload: dict[str, Any]) -> dict[str, Any]:
    for error in payload["userErrors"]:
        raise NotErased(f"the demo's erasure was refused: {error['message']} ({error['code']})")
    return payload


def _wait(api: Api, id_: str, *states: str) -> str:
    """The state of the request, once it is one of these."""
    deadline = time.monotonic() + WITHIN_SECONDS
    while True:
        now: str = api.query(READ_ERASURE, {"id": id_})["privacyRequest"]["state"]
        if now in states:
            return now
        if time.monotonic() > deadline:
            raise NotErased(f"the demo's erasure is still {now} after {WITHIN_SECONDS:.0f} s")
        time.sleep(LOOKED_AT_EVERY_SECONDS)
