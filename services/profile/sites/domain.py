"""Sites: what one may be, and its secrets."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_bytes, token_hex
from typing import Final
from urllib.parse import urlsplit

from services.kit.errors import Conflict, Invalid
from services.kit.letters import plain

LONGEST_NAME: Final = 100
MOST_ORIGINS: Final = 20
LONGEST_ORIGIN: Final = 200
MOST_DEPARTMENTS: Final = 20
MOST_RATE: Final = 10_000
MOST_SITES: Final = 100
MOST_SECRETS: Final = 2
"""While one is replaced, both hold."""
SECRET_BYTES: Final = 32
HOST: Final = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class SiteItem:
    """A site as somebody wants it; departments by key, `facts_a_minute` of one address."""

    name: str
    origins: tuple[str, ...]
    departments: tuple[str, ...]
    facts_a_minute: int
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """A site as it is stored; secrets are sealed, the newest first."""

    key: str
    item: SiteItem
    secrets: tuple[bytes, ...]
    created_at: datetime
    rotated_at: datetime


def new_key() -> str:
    """By which a page names its site: no secret, and not to be guessed from another."""
    return f"site_{token_hex(10)}"


def new_secret() -> bytes:
    """With which the site's server signs."""
    return token_bytes(SECRET_BYTES)


def check_site(item: SiteItem, is_department: Callable[[str], bool]) -> SiteItem:
    """The site as it is kept; Invalid with the path of what is wrong."""
    name = plain(item.name)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        message = f"a name has 1 to {LONGEST_NAME} printable characters"
        raise Invalid(message, reason="INVALID_NAME", field=["name"])
    if not 1 <= item.facts_a_minute <= MOST_RATE:
        message = f"an address sends 1 to {MOST_RATE:,} facts a minute"
        raise Invalid(message, reason="RATE", field=["facts_a_minute"])
    _check_count(item.origins, MOST_ORIGINS, "origins")
    _check_count(item.departments, MOST_DEPARTMENTS, "departments")
    for place, key in enumerate(item.departments):
        if not is_department(key):
            message = "there is no such department: name one of the list"
            raise Invalid(message, reason="UNKNOWN_DEPARTMENT", field=["departments", str(place)])
    origins = tuple(_origin(text, place) for place, text in enumerate(item.origins))
    departments = _once(item.departments)
    return replace(item, name=name, origins=_once(origins), departments=departments)


def _once(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _check_count(items: Sequence[str], most: int, field: str) -> None:
    if not 1 <= len(items) <= most:
        message = f"a site has 1 to {most} {field}"
        raise Invalid(message, reason="COUNT", field=[field])


def _origin(text: str, place: int) -> str:
    """As browsers send it: scheme, host in lower case, a port that is not the scheme's."""
    sent = text.strip().rstrip("/").lower()
    parts = urlsplit(sent) if len(sent) <= LONGEST_ORIGIN else urlsplit("")
    is_plain = parts.scheme == "https" or (
        parts.scheme == "http" and parts.netloc.split(":")[0] in ("localhost", "127.0.0.1")
    )
    if (
        not is_plain
        or sent != f"{parts.scheme}://{parts.netloc}"
        or not HOST.fullmatch(parts.netloc)
    ):
        message = (
            "an origin is https:// and a host, as https://shop.example; http only of localhost"
        )
        raise Invalid(message, reason="ORIGIN", field=["origins", str(place)])
    return sent.removesuffix(":443") if parts.scheme == "https" else sent.removesuffix(":80")


def rotated(site: Site, sealed: bytes, at: datetime) -> Site:
    """The site with a new secret beside the newest of those it had."""
    return replace(site, secrets=(sealed, *site.secrets)[:MOST_SECRETS], rotated_at=at)


def too_many_sites() -> Conflict:
    message = f"there are {MOST_SITES} sites already: change one of them"
    return Conflict(message, reason="TOO_MANY_SITES", field=["site"])
