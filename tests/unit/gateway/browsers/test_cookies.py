"""What a browser is known by, and what it must show besides."""

import pytest
from pydantic import ValidationError

from gateway.browsers.attempts import Attempts
from gateway.browsers.cookies import Browsers, cookie_of
from gateway.config import Settings
from tests.unit.gateway.support.running import Platform

ADDRESS = "https://cx.example.org"
LOCAL = "http://127.0.0.1:8000"


def browsers(address: str | None) -> Browsers:
    return Browsers(address, (), Attempts(b"key"))


def test_only_on_this_machine_a_cookie_goes_without_tls() -> None:
    safe, local = browsers(ADDRESS).keep("secret", 60), browsers(LOCAL).keep("secret", 60)

    assert safe == "__Host-cxm=secret; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure"
    assert local == "cxm=secret; Max-Age=60; Path=/; HttpOnly; SameSite=Lax"


@pytest.mark.parametrize(
    ("cookies", "found"),
    [
        ("a=b; __Host-cxm=x; c=d", "x"),
        ("__Host-cxm=x=y", "x=y"),
        ("x__Host-cxm=x", None),
        ("__Host-cxm", None),
        ("", None),
    ],
)
def test_a_cookie_is_found_by_its_whole_name(cookies: str, found: str | None) -> None:
    assert cookie_of(cookies, "__Host-cxm") == found


@pytest.mark.parametrize(
    ("headers", "secret", "is_marked"),
    [
        ({"authorization": "Bearer x", "cookie": "__Host-cxm=x"}, None, False),
        ({"cookie": "cxm=x"}, None, False),
        ({"cookie": "__Host-cxm=x"}, "x", False),
        ({"cookie": "__Host-cxm=x", "x-cxm": "1"}, "x", True),
        ({"cookie": "__Host-cxm=x", "x-cxm": "1", "origin": ADDRESS}, "x", True),
        ({"cookie": "__Host-cxm=x", "x-cxm": "1", "origin": "http://cx.example.org"}, "x", False),
        ({"cookie": "__Host-cxm=x", "x-cxm": "1", "origin": "https://cx.example"}, "x", False),
    ],
)
def test_a_cookie_counts_with_the_marker(
    headers: dict[str, str], secret: str | None, is_marked: bool
) -> None:
    found = browsers(ADDRESS).credentials({"host": "cx.example.org", **headers})

    assert (found.secret, found.is_marked) == (secret, is_marked)


def test_a_socket_by_cookie_needs_an_origin() -> None:
    cookie = {"cookie": "__Host-cxm=x"}

    assert not browsers(ADDRESS).socket_credentials(cookie).is_marked
    assert browsers(ADDRESS).socket_credentials(cookie | {"origin": ADDRESS}).is_marked


@pytest.mark.parametrize(
    "address", ["http://cx.example.org", "https://cx.example.org/", "https://*.example.org", "cx"]
)
def test_an_address_for_browsers_has_tls_and_no_path(platform: Platform, address: str) -> None:
    with pytest.raises(ValidationError, match="no address for browsers"):
        Settings(**platform.settings.model_dump() | {"public_address": address})
