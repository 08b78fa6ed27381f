"""Users in the schema: what is asked of profile, and how it is shown."""

from cxm.profile.v1 import users_pb2 as pb
from services.kit.errors import Denied
from tests.unit.gateway.support.running import Platform

UPSERT = """mutation ($users: [UserInput!]!) { upsertUsers(input: {users: $users}) {
  results { index key status userErrors { code } } userErrors { code field } } }"""
LIST = "{ users { totalCount edges { node { subject name email language } } } }"
ME = "{ viewer { name email language } }"
ANN = pb.StoredUser(key="ann", name="Ann", email="ann@example.org")


async def test_what_is_said_of_a_user_is_sent_and_what_is_not_said_is_not(
    platform: Platform,
) -> None:
    given = {"subject": "oidc:ann", "email": "", "language": "de"}

    data = await platform.data(UPSERT, users=[given])

    assert data["upsertUsers"] == {
        "results": [{"index": 0, "key": "oidc:ann", "status": "STORED", "userErrors": []}],
        "userErrors": [],
    }
    (request,) = platform.services.asked["UpsertUsers"]
    assert list(request.items) == [pb.UserItem(subject="oidc:ann", email="", language="de")]


async def test_users_are_listed_and_see_themselves(platform: Platform) -> None:
    platform.services.users = {"ann": ANN}
    known = {"name": "Ann", "email": "ann@example.org", "language": None}

    assert (await platform.data(LIST))["users"] == {
        "totalCount": 1,
        "edges": [{"node": {"subject": "ann", **known}}],
    }
    assert (await platform.data(ME))["viewer"] == known
    assert len(platform.services.asked["GetOwnUser"]) == 1
    platform.services.users = {}
    unknown = {"name": None, "email": None, "language": None}
    assert (await platform.data(ME))["viewer"] == unknown


async def test_who_may_not_hears_why(platform: Platform) -> None:
    platform.services.failures["UpsertUsers"] = Denied("your role does not allow this")

    assert await platform.codes(UPSERT, platform.bearer(), users=[{"subject": "a"}]) == [
        "FORBIDDEN"
    ]
