"""A sign-in under way, as the browser keeps it."""

import base64

import pytest

from gateway.browsers.attempts import AFTER_SIGN_IN, ATTEMPT_SECONDS, Attempts, local_path


def test_a_sign_in_is_found_by_its_cookie_and_state_for_ten_minutes() -> None:
    moment = [1_000.0]
    attempts = Attempts(b"key", lambda: moment[0])
    begun, cookie = attempts.begin("/scores")
    other, _ = attempts.begin("/scores")

    assert attempts.find(cookie, begun.state) == begun
    assert Attempts(b"key", lambda: moment[0]).find(cookie, begun.state) == begun  # a replica
    assert Attempts(b"other", lambda: moment[0]).find(cookie, begun.state) is None
    assert attempts.find(cookie, other.state) is None
    moment[0] += ATTEMPT_SECONDS + 1
    assert attempts.find(cookie, begun.state) is None


def test_the_browser_knows_neither_nonce_nor_verifier() -> None:
    begun, cookie = Attempts(b"key").begin("/")
    kept = base64.urlsafe_b64decode(cookie + "==")

    for secret in (begun.nonce, begun.verifier, begun.state):
        assert secret not in cookie
        assert base64.urlsafe_b64decode(secret + "==") not in kept


def test_a_cookie_that_was_changed_is_none() -> None:
    attempts = Attempts(b"key")
    begun, cookie = attempts.begin("/")
    changed = [cookie[:i] + ("A" if cookie[i] != "A" else "B") + cookie[i + 1 :] for i in range(90)]

    assert [attempts.find(bad, begun.state) for bad in (*changed, "", "x", "\u00e9")] == [None] * 93


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ("/scores?key=d0#nps", "/scores?key=d0#nps"),
        ("/", "/"),
        ("", AFTER_SIGN_IN),
        ("scores", AFTER_SIGN_IN),
        ("//example.net", AFTER_SIGN_IN),
        ("/\\example.net", AFTER_SIGN_IN),
        ("/a\\b", AFTER_SIGN_IN),
        ("/a\tb", AFTER_SIGN_IN),
        ("/\t/example.net", AFTER_SIGN_IN),
        ("https://example.net", AFTER_SIGN_IN),
        ("/\u00e9", AFTER_SIGN_IN),
    ],
)
def test_a_browser_goes_on_at_a_path_of_this_host(wanted: str, path: str) -> None:
    assert local_path(wanted) == path
