"""Grants in the schema: what is asked of profile, and how it is shown."""

from datetime import date

import pytest

from cxm.profile.v1 import grants_pb2 as pb
from services.kit.clock import day_number
from services.kit.errors import Denied
from tests.unit.gateway.support.running import Platform

UPSERT = """mutation ($grants: [GrantInput!]!) { upsertGrants(input: {grants: $grants}) {
  results { index key status userErrors { code } } userErrors { code field } } }"""
REVOKE = 'mutation { revokeGrants(input: {ids: ["a", "b"]}) { revoked userErrors { code } } }'
LIST = """{ grants(subject: "oidc:ann") { totalCount
  edges { node { id subject role department from to } } } }"""


async def test_a_grant_is_given_with_its_days(platform: Platform) -> None:
    given = {
        "subject": "oidc:ann",
        "role": "DEPARTMENT_HEAD",
        "department": "d0",
        "from": "2026-01-01",
        "to": "2027-01-01",
    }

    data = await platform.data(UPSERT, grants=[given])

    assert data["upsertGrants"] == {
        "results": [{"index": 0, "key": "oidc:ann", "status": "STORED", "userErrors": []}],
        "userErrors": [],
    }
    (request,) = platform.services.asked["UpsertGrants"]
    (item,) = request.items
    assert item == pb.GrantItem(
        subject="oidc:ann",
        role="department_head",
        department="d0",
        from_day=day_number(date(2026, 1, 1)),
        to_day=day_number(date(2027, 1, 1)),
    )


async def test_grants_are_listed_and_revoked_by_their_ids(platform: Platform) -> None:
    item = pb.GrantItem(subject="oidc:ann", role="analyst", to_day=day_number(date(2027, 1, 1)))
    platform.services.grants = {"oidc:ann": [item]}

    listed = (await platform.data(LIST))["grants"]
    revoked = (await platform.data(REVOKE))["revokeGrants"]

    assert platform.services.asked["ListGrants"][0].subject == "oidc:ann"
    assert listed["totalCount"] == 1
    assert listed["edges"][0]["node"] == {
        "id": "g0",
        "subject": "oidc:ann",
        "role": "ANALYST",
        "department": None,
        "from": None,
        "to": "2027-01-01",
    }
    assert revoked == {"revoked": 2, "userErrors": []}
    assert list(platform.services.asked["RevokeGrants"][0].keys) == ["a", "b"]


@pytest.mark.parametrize(("rpc", "query"), [("UpsertGrants", UPSERT), ("RevokeGrants", REVOKE)])
async def test_who_may_not_hears_why(platform: Platform, rpc: str, query: str) -> None:
    platform.services.failures[rpc] = Denied("your role does not allow this (write grants)")

    given = {"grants": [{"subject": "oidc:a", "role": "ADMIN"}]} if query is UPSERT else {}

    answer = await platform.codes(query, platform.bearer(), **given)

    assert answer == ["FORBIDDEN"]
