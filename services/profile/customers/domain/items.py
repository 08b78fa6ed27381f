"""What is said of customers: its limits, and what of it is kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from services.kit.errors import Invalid
from services.kit.letters import is_key, plain
from services.profile.customers.domain.identifiers import (
    Identifier,
    NormalIdentifier,
    normalised,
)
from services.profile.customers.domain.kinds import Kinds
from services.profile.customers.domain.persons import MOST_ALIASES, LinkReason

MOST_ITEMS: Final = 1_000
MOST_ATTRIBUTES: Final = 100
LONGEST_KEY: Final = 64
LONGEST_ATTRIBUTE: Final = 500
LONGEST_SOURCE: Final = 100
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}")
COUNTRY: Final = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, repr=False)
class CustomerItem:
    """What is said of one customer. An attribute that is "" is taken away. Personal data."""

    identifiers: tuple[Identifier, ...]
    attributes: Mapping[str, str] = field(default_factory=dict)
    first_seen: datetime | None = None
    source: str = ""
    reason: LinkReason = LinkReason.TOGETHER


@dataclass(frozen=True, slots=True, repr=False)
class CheckedItem:
    """An item in which all is well. The first of the identifiers, without repetitions, has the attributes."""

    identifiers: tuple[NormalIdentifier, ...]
    attributes: tuple[tuple[str, str], ...]
    first_seen: datetime | None
    source: str
    reason: LinkReason


def check_item(item: CustomerItem, kinds: Kinds, country: str, now: datetime) -> CheckedItem:
    """The item as it is kept; `country` as in `normalised`. Invalid with the path of what is wrong, never its value."""
    if not item.identifiers:
        message = "a customer is known by one identifier at least"
        raise Invalid(message, reason="IDENTIFIER", field=["identifiers"])
    if len(item.identifiers) > MOST_ALIASES:
        message = f"a customer has at most {MOST_ALIASES} identifiers"
        raise Invalid(message, reason="TOO_MANY_ALIASES", field=["identifiers"])
    if len(item.source) > LONGEST_SOURCE or not item.source.isprintable():
        message = f"a source has at most {LONGEST_SOURCE} printable characters"
        raise Invalid(message, reason="INVALID_SOURCE", field=["source"])
    if item.first_seen is not None and item.first_seen > now + timedelta(days=1):
        message = "nobody is seen for the first time after tomorrow"
        raise Invalid(message, reason="DAYS", field=["first_seen"])
    return CheckedItem(
        _identifiers(item.identifiers, kinds, country),
        _attributes(item.attributes),
        item.first_seen,
        item.source.strip(),
        item.reason,
    )


def _identifiers(
    sent: Sequence[Identifier], kinds: Kinds, country: str
) -> tuple[NormalIdentifier, ...]:
    found: list[NormalIdentifier] = []
    for position, identifier in enumerate(sent):
        try:
            found.append(normalised(identifier, kinds, country))
        except Invalid as failure:
            path = ("identifiers", str(position), *failure.field)
            raise Invalid(failure.message, reason=failure.reason, field=path) from None
    return tuple(dict.fromkeys(found))


def _attributes(sent: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    if len(sent) > MOST_ATTRIBUTES:
        raise too_many_attributes()
    return tuple(sorted((key, _attribute(key, value)) for key, value in sent.items()))


def _attribute(key: str, sent: str) -> str:
    value = plain(sent)
    check_attribute_key(key)
    if len(value) > LONGEST_ATTRIBUTE or not value.isprintable():
        message = f"an attribute is one line of at most {LONGEST_ATTRIBUTE} characters"
        raise Invalid(message, reason="ATTRIBUTE", field=["attributes", key])
    if key == "country" and value and not COUNTRY.fullmatch(value := value.upper()):
        message = "a country is an ISO 3166 code of two letters, like LV"
        raise Invalid(message, reason="COUNTRY", field=["attributes", key])
    if key == "language" and value and not LANGUAGE.fullmatch(value):
        message = "a language is a BCP 47 tag, like lv or pt-BR"
        raise Invalid(message, reason="LANGUAGE", field=["attributes", key])
    return value


def is_attribute_key(key: str) -> bool:
    """Whether it is shaped like the key of an attribute."""
    return is_key(key) and len(key) <= LONGEST_KEY


def check_attribute_key(key: str) -> None:
    """Invalid unless it is shaped like a key."""
    if not is_attribute_key(key):
        message = (
            f"the key of an attribute has at most {LONGEST_KEY} letters, digits, dots, hyphens and underscores,"
            " like plan"
        )
        raise Invalid(message, reason="ATTRIBUTE_KEY", field=["attributes"])


def too_many_attributes() -> Invalid:
    return Invalid(
        f"a customer has at most {MOST_ATTRIBUTES} attributes: take one away by an empty value",
        reason="TOO_MANY_ATTRIBUTES",
        field=["attributes"],
    )
