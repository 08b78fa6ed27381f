"""The audit log in the schema: four logs on one cursor."""

from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.audit.v1.audit_pb2 import AuditEntry
from gateway.graph.audit import AuditDeed
from services.kit.errors import Denied, Unavailable
from services.kit.rights.audit.entries import Deed
from tests.unit.gateway.support.running import Platform

LOG = """query ($first: Int, $after: String, $filter: AuditFilterInput) {
  auditLog(first: $first, after: $after, filter: $filter) {
    entries { at subject role department deed ids keys }
    pageInfo { hasNextPage endCursor } missing } }"""


def entry(second: int, deed: str, **more: Any) -> AuditEntry:
    at = Timestamp(seconds=1_777_000_000 + second)
    return AuditEntry(id=f"e{second}", at=at, subject="ann", deed=deed, **more)


def fill(platform: Platform) -> None:
    platform.services.audit = {
        "profile": [entry(1, "department_moved"), entry(4, "grant_given", role="admin")],
        "survey": [entry(2, "survey_published"), entry(3, "response_withdrawn")],
    }


async def page(platform: Platform, **variables: Any) -> Any:
    return (await platform.data(LOG, **variables))["auditLog"]


async def test_the_logs_of_all_services_are_one_newest_first(platform: Platform) -> None:
    fill(platform)

    first = await page(platform, first=3)
    rest = await page(platform, first=3, after=first["pageInfo"]["endCursor"])

    deeds = [[e["deed"] for e in found["entries"]] for found in (first, rest)]
    assert deeds == [
        ["GRANT_GIVEN", "RESPONSE_WITHDRAWN", "SURVEY_PUBLISHED"],
        ["DEPARTMENT_MOVED"],
    ]
    assert [found["pageInfo"]["hasNextPage"] for found in (first, rest)] == [True, False]
    assert (first["entries"][0]["role"], first["entries"][1]["role"]) == ("admin", None)
    assert first["missing"] == []


async def test_a_deed_of_a_newer_service_is_another_one(platform: Platform) -> None:
    platform.services.audit = {"profile": [entry(1, "tamed"), entry(2, "grant_given")]}

    found = await page(platform)

    assert [e["deed"] for e in found["entries"]] == ["GRANT_GIVEN", "OTHER"]


async def test_a_service_that_is_away_is_named(platform: Platform) -> None:
    fill(platform)
    platform.services.failures["ListAuditEntries survey"] = Unavailable("away")

    found = await page(platform)

    assert found["missing"] == ["survey"]
    assert [e["deed"] for e in found["entries"]] == ["GRANT_GIVEN", "DEPARTMENT_MOVED"]


async def test_who_may_not_hears_why(platform: Platform) -> None:
    failure = Denied("your role does not allow this (read audit)")
    for service in ("profile", "survey", "metrics", "employee_exp"):
        platform.services.failures[f"ListAuditEntries {service}"] = failure

    assert await platform.codes(LOG, platform.bearer()) == ["FORBIDDEN"]
    assert await platform.codes(LOG) == ["UNAUTHENTICATED"]


async def test_filters_are_asked_of_the_services(platform: Platform) -> None:
    await page(platform, filter={"subject": "ann", "deeds": ["GRANT_GIVEN"], "about": "care"})

    (request,) = platform.services.asked["ListAuditEntries metrics"]
    assert (request.subject, list(request.deeds), request.about) == ("ann", ["grant_given"], "care")


def test_every_deed_has_a_name_in_the_schema() -> None:
    *known, other = AuditDeed
    assert [(deed.name, str(deed.value)) for deed in known] == [(d.name, d) for d in Deed]
    assert other is AuditDeed.OTHER
