"""What the public API says: who is ready, what waits, what was given up, whether scores agree; and its clock."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

from infra.cli.doctor import versions
from infra.cli.doctor.findings import Finding, clock_finding, now
from infra.client.api import Api, Json

SECONDS: Final = 5.0
PATIENCE_SECONDS: Final = 10.0
STUCK_SECONDS: Final = 10
WAIT_SECONDS: Final = 60
NOT_BUILT: Final = "The pages of cxm are not built"
HEALTH: Final = """query {
  health { service isAnswering unpublished stuckSeconds unapplied unappliedSeconds deadLetterCount }
  reconciliation { state error differing } }"""


def check(url: str, token: str) -> list[Finding]:
    """Without a token only what everybody may know."""
    about, found = f"gateway at {url}", []
    try:
        asked_at = now()
        reply = httpx.get(f"{url.rstrip('/')}/readyz", timeout=SECONDS)
        accuracy = (now() - asked_at).total_seconds() + 1  # the header has no fractions
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return [Finding(about, f"it does not answer: {error}", "start it, or give the right --url")]
    if date := reply.headers.get("date"):
        told: datetime = parsedate_to_datetime(date).astimezone(UTC)
        found += clock_finding(about, told, asked_at, accuracy)
    if not reply.is_success:
        away = ", ".join(_away(reply)) or f"status {reply.status_code}"
        found.append(
            Finding(about, f"it is not ready: {away}", "start those services, or see their logs")
        )
    found += check_pages(url)
    return [*found, *_health(url, token)] if token else found


def check_pages(url: str) -> list[Finding]:
    """Whether the gateway has pages for browsers."""
    about = f"gateway at {url}"
    try:
        reply = httpx.get(f"{url.rstrip('/')}/", timeout=SECONDS)
    except httpx.HTTPError as error:
        return [Finding(about, f"it gives no page: {error}", "see its log")]
    if reply.status_code != httpx.codes.NOT_FOUND or not reply.text.startswith(NOT_BUILT):
        return []
    remedy = "build them (`make web`) and name their folder in CXM_GATEWAY_WEB"
    return [Finding(about, "it has no pages, the API alone", remedy)]


def _away(reply: httpx.Response) -> list[str]:
    try:
        return [str(name) for name in reply.json()["away"]]
    except (ValueError, KeyError, TypeError):
        return []


def _health(url: str, token: str) -> list[Finding]:
    with Api(url, token, patience_seconds=PATIENCE_SECONDS) as api:
        data = api.query(HEALTH)
        if data["health"] is None:
            wrong = "the token may not ask how services are"
            return [Finding("token", wrong, "take one of an operator: `cxm token --role operator`")]
        found = [finding for service in data["health"] for finding in _service(service)]
        found += versions.ask(api)
    compared = data["reconciliation"]
    if compared and compared["differing"]:
        wrong = f"{compared['differing']:,} numbers differ from the stored responses"
        found.append(Finding("scores", wrong, "`cxm reconcile --rebuild` makes them anew"))
    return found


def _service(told: Json) -> list[Finding]:
    about, found = told["service"].lower(), []
    if not told["isAnswering"]:
        return [Finding(about, "it does not answer", "start it, or see its log")]
    if (told["stuckSeconds"] or 0) > STUCK_SECONDS:
        wrong = f"{told['unpublished']:,} facts wait and none left for {told['stuckSeconds']} s"
        found.append(Finding(about, wrong, "see that the broker answers and has room"))
    if (told["unappliedSeconds"] or 0) > WAIT_SECONDS:
        wrong = f"it has {told['unapplied']:,} facts to apply, the oldest for {told['unappliedSeconds']} s"
        found.append(Finding(about, wrong, "see its log"))
    if told["deadLetterCount"]:
        wrong = f"{told['deadLetterCount']:,} dead letters: facts that could not be applied"
        found.append(Finding(about, wrong, "its log says why; then `cxm replay dead-letters`"))
    return found
