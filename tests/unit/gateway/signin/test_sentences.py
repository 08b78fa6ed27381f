"""What pages say to a person, and in which language."""

from pathlib import Path

import pytest

from gateway.browsers.languages import LANGUAGES, language_of
from gateway.signin.sentences import Sentence, say
from tests.unit.gateway.support.browser import COOKIE, Browser
from tests.unit.gateway.support.running import open_platform
from tests.unit.gateway.support.stub_services import StubServices

VALUES = {"subject": "oidc:4711", "seconds": 7, "reason": "NO_ID_TOKEN"}


def names_of(text: str) -> set[str]:
    """What a sentence leaves to be filled in, found by what stands there when it is."""
    return {name for name, value in VALUES.items() if str(value) in text}


@pytest.mark.parametrize("sentence", Sentence)
def test_a_sentence_is_there_in_every_language_with_the_same_values(sentence: Sentence) -> None:
    said = [say(sentence, language, **VALUES) for language in LANGUAGES]

    assert len(set(said)) == len(LANGUAGES)
    assert len({frozenset(names_of(text)) for text in said}) == 1
    assert len({text.endswith(".") for text in said}) == 1
    assert not any("token" in text.lower() for text in map(without_reason, said))


def without_reason(text: str) -> str:
    return text.replace(str(VALUES["reason"]), "")


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        ("", "en"),
        ("lv", "lv"),
        ("LT-lt, en;q=0.8", "lt"),
        ("de-AT, sl;q=0.7, en;q=0.3", "sl"),
        ("en;q=0.2, mk;q=0.9", "mk"),
        ("lv;q=0, en;q=0.1", "en"),
        ("sl;q=x, mk;q=0.1", "mk"),
        ("*, fr", "en"),
        ("x" * 2_000 + ",lv", "en"),
    ],
)
def test_the_language_is_the_one_the_browser_wants_most(wishes: str, language: str) -> None:
    assert language_of(wishes) == language


async def test_who_is_not_signed_in_is_told_what_to_do_in_the_own_language(
    browser: Browser,
) -> None:
    english = await browser.send("GET", "/signin/done")
    latvian = await browser.send("GET", "/signin/done", {"accept-language": "lv-LV,en;q=0.5"})

    assert (english.status_code, latvian.status_code) == (401, 401)
    assert "Nobody is signed in in this browser. Sign in" in english.text
    assert '<html lang="lv">' in latvian.text
    assert "Pierakstieties" in latvian.text
    assert "Pierakstīties vēlreiz</a>" in latvian.text
    assert latvian.headers["content-type"].startswith("text/html")
    assert (latvian.headers["content-language"], latvian.headers["vary"]) == (
        "lv",
        "accept-language",
    )
    assert not any("token" in page.text.lower() for page in (english, latvian))


async def test_an_ended_session_is_said_as_one(browser: Browser) -> None:
    browser.cookies = {COOKIE: "x"}

    page = await browser.send("GET", "/signin/done")

    assert "Your session has ended" in page.text
    assert "Max-Age=0" in page.headers["set-cookie"], "the browser would be refused for hours"


async def test_without_a_provider_a_person_is_sent_to_the_administrator(
    services: StubServices, tmp_path: Path
) -> None:
    async with open_platform(tmp_path, services) as bare:
        page = await Browser(bare).send("GET", "/signin")

    assert page.status_code == 404
    assert "Ask your administrator for a sign-in link" in page.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "NOT_FOUND"),
        ("POST", "/graphq", 404, "NOT_FOUND"),
        ("POST", "/signin/done", 405, "BAD_REQUEST"),
    ],
)
async def test_what_is_at_no_door_has_a_code(
    browser: Browser, method: str, path: str, status: int, code: str
) -> None:
    answer = await browser.send(method, path)

    assert answer.status_code == status
    assert answer.json()["errors"][0]["extensions"]["code"] == code
