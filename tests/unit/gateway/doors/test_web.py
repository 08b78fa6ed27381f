"""The pages: from the gateway's own address, for browsers, and nothing else."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from gateway.doors.http import PERSONS
from gateway.doors.web import POLICY
from gateway.main import create_app
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices

SCRIPT = "index-Abc123.js"


@pytest.fixture
async def browser(platform: Platform, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>cxm</title>")
    (folder / "explorer.html").write_text("<!doctype html><title>cxm API</title>")
    (folder / "assets" / SCRIPT).write_text("let answers = 0;\n" * 200)
    (tmp_path / "secret").write_text("not for anybody")
    transport = httpx.ASGITransport(create_app(platform.gateway, web=folder))
    headers = {"accept": "text/html,*/*;q=0.8"}
    async with httpx.AsyncClient(transport=transport, base_url="http://cxm", headers=headers) as it:
        yield it


@pytest.mark.parametrize("path", ["/", "/departments/billing?from=2026-01-01", "/nowhere"])
async def test_a_page_is_at_every_address_that_is_no_door(
    browser: httpx.AsyncClient, path: str
) -> None:
    answer = await browser.get(path)

    assert answer.status_code == 200
    assert "<title>cxm</title>" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-cache"


async def test_a_page_that_is_known_is_not_sent_again(browser: httpx.AsyncClient) -> None:
    tag = (await browser.get("/")).headers["etag"]

    again = await browser.get("/", headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")


async def test_scripts_are_kept_for_ever_and_packed(browser: httpx.AsyncClient) -> None:
    answer = await browser.get(f"/assets/{SCRIPT}")

    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text.startswith("let answers")
    assert "immutable" in answer.headers["cache-control"]


async def test_the_address_of_the_api_opens_the_explorer_for_persons_alone(
    browser: httpx.AsyncClient,
) -> None:
    page = await browser.get("/graphql")
    known = await browser.get("/graphql", headers={"if-none-match": page.headers["etag"]})
    asked = await browser.get("/graphql?query={__typename}")
    program = await browser.get("/graphql", headers={"accept": "*/*"})

    assert (page.status_code, known.status_code) == (200, 304)
    assert "<title>cxm API</title>" in page.text
    assert page.headers["content-security-policy"] == POLICY
    assert page.headers["vary"] == "accept, accept-encoding"
    assert asked.json() == {"data": {"__typename": "Query"}}
    assert program.status_code == 400


async def test_a_hardened_gateway_opens_no_explorer(services: StubServices, tmp_path: Path) -> None:
    (tmp_path / "explorer.html").write_text("<!doctype html><title>cxm API</title>")
    async with open_platform(tmp_path, services, mode="hardened", web=tmp_path) as hardened:
        transport = httpx.ASGITransport(create_app(hardened.gateway, web=tmp_path))
        headers = {"accept": "text/html,*/*;q=0.8"}
        async with httpx.AsyncClient(transport=transport, base_url="http://cxm") as http:
            answer = await http.get("/graphql", headers=headers)

    assert (answer.status_code, answer.text) == (405, PERSONS)


@pytest.mark.parametrize("name", ["index-Gone.js", "..%2f..%2fsecret", "%2e%2e/secret"])
async def test_no_other_file_is_sent(browser: httpx.AsyncClient, name: str) -> None:
    answer = await browser.get(f"/assets/{name}", headers={"accept": "*/*"})

    assert answer.status_code == 404
    assert "not for anybody" not in answer.text


async def test_programs_are_told_by_json_and_may_keep_nothing(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/nowhere", headers={"accept": "application/json"})
    posted = await browser.post("/nowhere")

    assert (answer.status_code, posted.status_code) == (404, 404)
    assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    assert answer.headers["cache-control"] == "no-store"


async def test_without_a_build_the_api_is_served_and_one_line_says_so(platform: Platform) -> None:
    transport = httpx.ASGITransport(create_app(platform.gateway))
    async with httpx.AsyncClient(transport=transport, base_url="http://cxm") as client:
        page = await client.get("/")
        alive = await client.get("/healthz")

    assert page.status_code == 404
    assert (
        page.text
        == "The pages of cxm are not built: run `make web`. The API answers at /graphql.\n"
    )
    assert alive.status_code == 200


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/graphql/", "/graphql"),
        ("/r/some%2Dkey/?lang=lv", "/r/some%2Dkey?lang=lv"),
        ("/signin/done/", "/signin/done"),
        ("/nowhere/", None),
        ("//elsewhere.example/", None),
    ],
)
async def test_a_slash_behind_a_door_leads_to_it_on_the_same_host(
    browser: httpx.AsyncClient, path: str, leads_to: str | None
) -> None:
    """Whatever the Host header says: a cache would keep an answer that leads to somebody else's."""
    answer = await browser.get(f"http://cxm{path}", headers={"host": "elsewhere.example"})

    assert answer.headers.get("location") == leads_to
    assert answer.status_code == (200 if leads_to is None else 307)
