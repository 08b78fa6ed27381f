"""Sign-in links: for one browser, once, by the button."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from services.kit.errors import Broken
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tokens import EMBEDDED_ISSUER, LINK_AUDIENCE
from tests.unit.gateway.support.browser import ADDRESS, MARKED, ME, Browser
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.stub_services import StubServices

FOREIGN = {"origin": "https://example.net", "x-cxm": "1"}


def link_of(platform: Platform, audience: str = LINK_AUDIENCE, seconds: int = 60) -> str:
    head = Viewer("department_head:d0", (Grant(Role.DEPARTMENT_HEAD, "d0"),))
    token = platform.issuer.mint(
        head, issuer=EMBEDDED_ISSUER, audience=audience, seconds=seconds, is_unique=True
    )
    return f"/signin/link/{token}"


async def test_a_link_signs_in_once_and_only_by_its_button(
    browser: Browser, platform: Platform, services: StubServices
) -> None:
    link, own = link_of(platform), {"origin": ADDRESS}
    page = await browser.send("GET", link)
    strange = [await browser.send("POST", link, headers) for headers in ({}, FOREIGN)]
    assert not services.sessions

    spent = await browser.send("POST", link, own)
    me = (await browser.ask(ME, **MARKED)).json()["data"]["viewer"]
    again = await Browser(platform).send("POST", link, own)

    assert f'action="{link}"' in page.text
    assert [answer.status_code for answer in strange] == [403, 403]
    assert (spent.status_code, spent.headers["location"]) == (303, "/")
    assert me == {"subject": "department_head:d0", "grants": [{"role": "DEPARTMENT_HEAD"}]}
    assert again.status_code == 409
    assert "GetOwnGrants" not in services.asked  # its own grants count


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"audience": "cxm"}, "This link is not whole or not for this address. Copy all of it"),
        ({"seconds": -1}, "15 minutes, and they have passed. Ask for a new one."),
    ],
)
async def test_a_link_that_does_not_hold_signs_nobody_in(
    browser: Browser, platform: Platform, changes: dict[str, Any], says: str
) -> None:
    link = link_of(platform, **changes)

    for answer in (await browser.send("GET", link), await browser.send("POST", link, MARKED)):
        assert answer.status_code == 401
        assert says in answer.text
        assert "token" not in answer.text.lower()


async def test_a_link_that_was_cut_or_used_says_so(browser: Browser, platform: Platform) -> None:
    link, own = link_of(platform), {"origin": ADDRESS}

    cut = await browser.send("GET", link[:-5])
    await browser.send("POST", link, own)
    used = [await browser.send("GET", link), await browser.send("POST", link, own)]

    assert cut.status_code == 401
    assert "not whole" in cut.text
    assert [answer.status_code for answer in used] == [409, 409]
    assert all("This link was used before" in answer.text for answer in used)
    assert not any("token" in answer.text.lower() for answer in (cut, *used))


async def test_a_fault_of_ours_is_logged_and_not_told(
    browser: Browser, platform: Platform, services: StubServices
) -> None:
    services.failures["StartSession"] = Broken("row 7 of table x")
    with capture_logs() as logs:
        answer = await browser.send("POST", link_of(platform), {"origin": ADDRESS})

    assert answer.status_code == 500
    assert "row 7" not in answer.text
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == ["sign-in failed"]


async def test_a_link_is_no_bearer_token(browser: Browser, platform: Platform) -> None:
    token = link_of(platform).rpartition("/")[2]

    assert (await browser.ask(ME, authorization=f"Bearer {token}")).status_code == 401
