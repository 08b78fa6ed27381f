"""POST /t: whose facts they are, from which pages, and how many."""

import hmac
import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import httpx

from cxm.profile.v1 import customers_pb2
from cxm.profile.v1 import sites_pb2 as pb
from services.kit import clock
from services.kit.clock import instant_text
from services.kit.errors import Invalid
from tests.unit.gateway.support.running import Platform

KEY = "site_" + "ab" * 10
SHOP = "https://shop.example"
SECRET = b"s" * 32
DEVICE = "d" * 20
SITE = pb.SiteItem(name="Shop", origins=[SHOP], departments=["sales"], facts_a_minute=60)


def fact(number: int = 1, **more: Any) -> dict[str, Any]:
    at = instant_text(clock.now() - timedelta(minutes=1))
    return {"kind": "VIEWED", "id": str(number), "at": at, "touchpoint": "webshop", **more}


def signed(id_: str, secret: bytes = SECRET) -> dict[str, Any]:
    expires = int(clock.now().timestamp()) + 60
    signature = hmac.new(secret, f"{id_}\n{expires}".encode(), sha256).hexdigest()
    return {"id": id_, "expires": expires, "signature": signature}


async def send(
    platform: Platform, sent: object, key: str = KEY, method: str = "POST", **headers: str
) -> httpx.Response:
    body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    given = {"origin": SHOP, "content-type": "text/plain", **headers}
    return await platform.http.request(method, f"/t?site={key}", content=body, headers=given)


def known(platform: Platform, **changed: Any) -> None:
    site = pb.SiteItem()
    site.CopyFrom(SITE)
    for name, value in changed.items():
        setattr(site, name, value)
    platform.services.sites[KEY] = pb.FindSiteResponse(site=site, secrets=[SECRET])


def named(platform: Platform) -> list[customers_pb2.Identifier | None]:
    """Of each fact that profile was sent who it is of."""
    return [
        item.customer if item.HasField("customer") else None
        for request in platform.services.asked["RecordInteractions"]
        for item in request.items
    ]


async def test_facts_are_nobodys_the_browsers_that_agreed_or_the_signed_customers(
    platform: Platform,
) -> None:
    known(platform)

    bare = await send(platform, {"facts": [fact(1), fact(2)]})
    agreed = await send(platform, {"facts": [fact(3)], "device": DEVICE, "consent": True})
    opted_out = await send(
        platform, {"facts": [fact(4)], "device": DEVICE, "consent": True}, **{"sec-gpc": "1"}
    )
    customer = await send(
        platform,
        {"facts": [fact(5)], "device": DEVICE, "consent": True, "customer": signed("C-1")},
    )

    assert bare.json() == {"stored": 2, "alreadyStored": 0, "refused": []}
    assert {answer.status_code for answer in (bare, agreed, opted_out, customer)} == {200}
    of_browser = customers_pb2.Identifier(kind="DEVICE", value=DEVICE)
    of_customer = customers_pb2.Identifier(kind="CUSTOMER", value="C-1")
    assert named(platform) == [None, None, of_browser, None, of_customer]
    assert list(platform.services.asked["LinkVisitor"]) == [
        pb.LinkVisitorRequest(key=KEY, customer="C-1", device=DEVICE)
    ]
    assert "set-cookie" not in bare.headers
    assert bare.headers["access-control-allow-origin"] == SHOP


async def test_who_is_not_signed_links_and_stores_nothing(platform: Platform) -> None:
    known(platform)

    forged = await send(
        platform, {"facts": [fact()], "customer": signed("C-1", b"x" * 32), "device": DEVICE}
    )

    assert (forged.status_code, forged.json()["code"]) == (403, "SIGNATURE")
    assert not platform.services.asked["RecordInteractions"]
    assert not platform.services.asked["LinkVisitor"]


async def test_what_cannot_be_linked_keeps_no_fact_back(platform: Platform) -> None:
    known(platform)
    platform.services.failures["LinkVisitor"] = Invalid("was erased", reason="ERASED")

    answer = await send(
        platform,
        {"facts": [fact()], "device": DEVICE, "consent": True, "customer": signed("C-1")},
    )

    assert answer.json()["stored"] == 1


async def test_pages_of_others_and_sites_that_are_none_or_paused_are_refused(
    platform: Platform,
) -> None:
    known(platform)

    for wrong in ("https://evil.example", "null", "http://shop.example"):
        other = await send(platform, {"facts": [fact()]}, origin=wrong)
        assert (other.status_code, other.json()["code"]) == (403, "ORIGIN")
        assert "access-control-allow-origin" not in other.headers
    for key in ("site_" + "00" * 10, "nothing", ""):
        assert (await send(platform, {"facts": [fact()]}, key)).status_code == 404
    before = await send(platform, b"", method="OPTIONS")
    assert (before.status_code, before.headers["access-control-allow-origin"]) == (204, SHOP)
    assert not platform.services.asked["RecordInteractions"]


async def test_a_paused_site_takes_nothing(platform: Platform) -> None:
    known(platform, paused=True)

    answer = await send(platform, {"facts": [fact()]})

    assert (answer.status_code, answer.json()["code"]) == (403, "PAUSED")


async def test_what_is_too_large_too_fast_or_no_call_is_refused(platform: Platform) -> None:
    known(platform, facts_a_minute=3)

    large = await send(platform, b" " * (8 * 1024 + 1))
    form = await send(platform, b"a=1", **{"content-type": "application/x-www-form-urlencoded"})
    read = await send(platform, b"", method="GET")
    bad = await send(platform, {"facts": [fact(at="now")]})
    first = await send(platform, {"facts": [fact(1), fact(2), fact(3)]})
    fast = await send(platform, {"facts": [fact(4)]})

    assert [answer.status_code for answer in (large, form, read, bad, first, fast)] == [
        *(413, 415, 405, 400, 200, 429),
    ]
    assert bad.json()["field"] == ["facts", "0", "at"]
    assert int(fast.headers["retry-after"]) > 0
    assert fast.headers["access-control-allow-origin"] == SHOP


async def test_a_site_is_asked_for_once_in_a_while(platform: Platform) -> None:
    known(platform)

    for number in range(3):
        await send(platform, {"facts": [fact(number)]})

    assert len(platform.services.asked["FindSite"]) == 1
