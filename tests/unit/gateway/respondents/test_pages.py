"""Pages of respondents: languages, bad links, and what they let in."""

from urllib.parse import urlencode

import pytest

from gateway.browsers.languages import LANGUAGES
from services.kit.errors import NotFound
from tests.unit.gateway.respondents.support.visitor import EVIL, FORM, Visitor
from tests.unit.gateway.support.stub_services import StubServices


@pytest.mark.parametrize(
    "path",
    [
        "/r/none",
        "/r/none?lang=lv&all=1&step=x",
        "/r/visit?i=none",
        "/r/visit/x",
        "/r/visit/snippet/x",
    ],
)
async def test_every_bad_link_is_one_page(
    visitor: Visitor, services: StubServices, path: str
) -> None:
    known = await visitor.open("/r/absent")
    if "i=" in path:
        services.failures["GetForm"] = NotFound("no", reason="INVITATION_SPENT")
    answer = await visitor.open(path, accept="text/html")

    assert (answer.status_code, answer.content) == (404, known.content)
    assert "This link cannot be used" in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_speaks_the_language_of_the_survey_that_is_wished(
    visitor: Visitor, language: str
) -> None:
    answer = await visitor.open("/r/visit", **{"accept-language": language})

    assert f'<html lang="{"lv" if language == "lv" else "en"}">' in answer.text
    assert ("Vai ieteiktu?" in answer.text) == (language == "lv")


async def test_a_language_that_is_not_there_is_as_none(visitor: Visitor) -> None:
    plain = await visitor.open("/r/visit")
    visitor.platform.http.cookies.clear()
    for tag in ("xx", '"><script>', "lv\r\nx: y"):
        answer = await visitor.open("/r/visit?" + urlencode({"lang": tag}))
        assert "<script" not in answer.text
        assert "Question 1 of 3" in answer.text
    assert 'lang="lv" hreflang="lv">Latviešu</a>' in plain.text


async def test_a_page_holds_no_script_and_lets_none_in(visitor: Visitor) -> None:
    for step in (1, 2, 3):
        await visitor.open(f"/r/visit?step={step}")
        answer = await visitor.send({f"q{step}": EVIL})
        assert "<script" not in answer.text
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
    assert "&lt;script&gt;" in (await visitor.open("/r/visit?step=3")).text


FOREIGN = [
    {"origin": "https://evil.example"},
    {"sec-fetch-site": "cross-site", "origin": "null"},
    {"sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
async def test_a_form_of_another_page_sends_nothing(
    visitor: Visitor, services: StubServices, headers: dict[str, str]
) -> None:
    await visitor.open("/r/visit?all=1")
    form = visitor.page

    answer = await visitor.send({"q1": "9"}, **headers)
    assert (answer.status_code, services.asked["SubmitResponses"]) == (404, [])

    visitor.page = form
    await visitor.send({"q1": "9"}, **{"sec-fetch-site": "same-origin", "origin": "null"})
    assert len(services.asked["SubmitResponses"]) == 1


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"q1=" + b"x" * 300_000, FORM, 413),
        (b"&".join(b"q1=1" for _ in range(7_000)), FORM, 400),
        (b'{"q1": 1}', {"content-type": "application/json"}, 415),
        (b"q1=\xff", FORM, 400),
    ],
)
async def test_what_is_no_form_is_not_looked_at(
    visitor: Visitor, services: StubServices, body: bytes, headers: dict[str, str], status: int
) -> None:
    answer = await visitor.platform.http.post("/r/visit", content=body, headers=headers)

    assert answer.status_code == status
    assert not services.asked["GetForm"]


@pytest.mark.parametrize(
    ("asked", "address", "language"),
    [
        ("?t=a%22b", "?t=a%22b", "en"),
        ("?lang=lv&d=x", "?d=x&amp;lang=lv", "lv"),
        ("?lang=%22%3E%3Cscript%3E", "?lang=%22%3E%3Cscript%3E", "mk"),
    ],
)
async def test_the_snippet_is_one_link(
    visitor: Visitor, services: StubServices, asked: str, address: str, language: str
) -> None:
    """Of any key: what it says is the same, so nobody learns what is there."""
    for key in ("visit", "none"):
        wishes = {"accept-language": "mk" if "script" in asked else "en"}
        answer = await visitor.open(f"/r/{key}/snippet{asked}", **wishes)

        assert answer.headers["content-type"].startswith("text/plain")
        begin = f'<a href="http://cxm/r/{key}{address}" lang="{language}" style="'
        assert answer.text.startswith(begin)
        assert answer.text.count("<") == 2
    assert not services.asked["GetForm"]
