"""Answers under way, as the browser keeps them."""

import pytest

from gateway.browsers.answers import LONGEST, SECONDS, AnswerCookies, Kept
from gateway.calls.forms import Place

PLACE = Place("visit", touchpoint="till", invitation="token")
KEPT = Kept("0123456789ABCDEFGHJK", {"nps": 9, "why": "a\n\ud800", "csat": True, "liked": ("a",)})


class Moment:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 1_000.5

    def __call__(self) -> float:
        return self.at


def cookie_of(said: str | None) -> str:
    """What the browser sends back of a Set-Cookie."""
    assert said is not None
    return said.partition(";")[0]


def test_what_is_kept_is_found_for_two_hours_at_its_own_link() -> None:
    now = Moment()
    cookies = AnswerCookies(b"key", is_secure=False, now=now)
    cookie = "other=1; " + cookie_of(cookies.keep(PLACE, KEPT))

    assert cookies.find(PLACE, cookie) == KEPT
    assert AnswerCookies(b"key", is_secure=False, now=now).find(PLACE, cookie) == KEPT  # a replica
    assert AnswerCookies(b"other", is_secure=False, now=now).find(PLACE, cookie) is None
    for changed in ({"survey": "x"}, {"touchpoint": None}, {"invitation": "x"}, {"department": ""}):
        assert cookies.find(PLACE._replace(**changed), cookie) is None
    now.at += SECONDS - 1
    assert cookies.find(PLACE, cookie) == KEPT
    now.at += 1
    assert cookies.find(PLACE, cookie) is None


def test_a_cookie_that_was_changed_is_none() -> None:
    cookies = AnswerCookies(b"key", is_secure=False, now=Moment())
    name, _, value = cookie_of(cookies.keep(PLACE, KEPT)).partition("=")
    for place, sign in enumerate(value[:-1]):  # the last one has bits that stand for nothing
        bad = value[:place] + ("A" if sign != "A" else "B") + value[place + 1 :]
        assert cookies.find(PLACE, f"{name}={bad}") is None

    for bad in ("", "x", "\u00e9", "A" * 100):
        assert cookies.find(PLACE, f"{name}={bad}") is None


@pytest.mark.parametrize(
    ("is_secure", "name"), [(True, "__Secure-cxm-answers"), (False, "cxm-answers")]
)
def test_a_cookie_goes_to_its_survey_alone(is_secure: bool, name: str) -> None:
    said = AnswerCookies(b"key", is_secure=is_secure, now=Moment()).keep(Place("=1 é"), KEPT)

    assert said is not None
    assert said.startswith(f"{name}=")
    assert "; Path=/r/%3D1%20%C3%A9; HttpOnly; SameSite=Lax" in said
    assert said.endswith("; Secure") is is_secure


def test_more_than_a_cookie_holds_is_not_kept() -> None:
    cookies = AnswerCookies(b"key", is_secure=False, now=Moment())
    words = " ".join(map(str, range(10_000)))

    assert cookies.keep(PLACE, KEPT._replace(answers={"why": words})) is None
    kept = cookies.keep(PLACE, KEPT._replace(answers={"why": "x" * 10_000}))
    assert len(cookie_of(kept)) < LONGEST
