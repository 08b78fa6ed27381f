"""A customer who is erased after a backup, and what a restore makes of it: with the newest journal, and without."""

import shutil
from pathlib import Path

from infra.client.api import Api
from tests.support.platform import START_SECONDS, Running, cxm, eventually, up

UPSERT = """mutation ($input: UpsertCustomersInput!) { upsertCustomers(input: $input) { userErrors { message } } }"""
REQUEST = """mutation ($input: RequestErasureInput!) { requestErasure(input: $input) { request { id }
  userErrors { message } } }"""
DECIDE = """mutation ($input: DecidePrivacyInput!) { decidePrivacy(input: $input) { userErrors { message } } }"""
STATE = "query ($id: ID!) { privacyRequest(id: $id) { state receipts { service } } }"
CUSTOMER = '{ customer(externalId: "forgotten-1") { number } }'
IDENTIFIERS = [
    {"kind": "CUSTOMER", "value": "forgotten-1"},
    {"kind": "EMAIL", "value": "forgotten@example.com"},
]
SECONDS = 60.0


def plant(api: Api) -> None:
    """A customer, before the backup."""
    customers = [{"identifiers": IDENTIFIERS, "source": "drill"}]
    said = api.query(UPSERT, {"input": {"customers": customers}})["upsertCustomers"]
    assert said["userErrors"] == [], said


def erase(platform: Running) -> str:
    """Erase the customer, after the backup; the id of the request."""
    given = {"externalId": "forgotten-1", "reason": "asked for"}
    asked = platform.ask(REQUEST, {"input": given})["requestErasure"]
    assert asked["userErrors"] == [], asked
    id_: str = asked["request"]["id"]
    eventually(lambda: _state(platform, id_) == "COUNTED", seconds=SECONDS)
    decision = {"input": {"id": id_, "decision": "APPROVE"}}
    decided = platform.ask(DECIDE, decision, platform.token("privacy_officer"))["decidePrivacy"]
    assert decided["userErrors"] == [], decided
    eventually(lambda: _state(platform, id_) == "DONE", seconds=SECONDS)
    return id_


def is_waiting(restored: Running) -> bool:
    """Whether the platform says why it is not ready, and answers nobody."""
    assert restored.process.poll() is None, restored.output.read_text()
    return "profile waits: ERASURES_MISSING" in " ".join(restored.output.read_text().split())


def reapply(restored: Running, request: str) -> bool:
    """Whether the erasure is done again once somebody asks for it, under the same request, by all services."""
    eventually(lambda: is_waiting(restored), seconds=START_SECONDS)
    doctor = cxm("doctor", "--data-dir", str(restored.data_dir))
    done = cxm("privacy", "reapply", "--data-dir", str(restored.data_dir))
    assert done.returncode == 0, done.stdout + done.stderr
    eventually(restored.is_ready, seconds=START_SECONDS)
    eventually(lambda: _state(restored, request) == "DONE", seconds=SECONDS)
    return "ERASURES_MISSING" in doctor.stdout and not is_there(restored)


def is_there(platform: Running) -> bool:
    """Whether the customer is stored."""
    return platform.ask(CUSTOMER)["customer"] is not None


def is_back_without_journal(base: Path) -> bool:
    """The control: a restore without the newest journal brings the customer back, and nothing is waited for."""
    target = base / "without"
    done = cxm("restore", "--from", str(base / "backup"), "--data-dir", str(target))
    assert "restore again with --journal" in done.stdout, done.stdout + done.stderr
    with up(target, base / "output-without", "--no-demo") as restored:
        eventually(restored.is_ready, seconds=START_SECONDS)
        is_back = is_there(restored)
    shutil.rmtree(target)
    return is_back


def _state(platform: Running, request: str) -> str:
    found = platform.ask(STATE, {"id": request})["privacyRequest"]
    return str(found["state"]) if found else ""
