"""What an identifier is known by: one way of writing it, and values that stand for nobody."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from services.kit.errors import Invalid
from services.kit.letters import plain
from services.profile.customers.domain.kinds import CARD, EMAIL, PHONE, IdentifierKind, Kinds

LONGEST_VALUE: Final = 256
LONGEST_EMAIL: Final = 254  # RFC 5321, 4.5.3.1.3
NOBODY: Final = frozenset((
    "-", "?", "anonym", "anonymous", "dummy", "guest", "invalid", "missing", "n/a", "na", "nan", "nil", "no",
    "no-reply", "nobody", "noemail", "none", "noreply", "not-applicable", "not-available", "null", "tbd", "test",
    "tester", "testing", "undefined", "unknown", "void", "xxx",
))  # fmt: skip
"""Words that programs and people write where nothing is known, in lower case."""
REPEATED: Final = re.compile(r"0+|([0-9])\1{3,}")
"""One digit again and again: 0, 00, 1111; 11 and 222 may be the number of somebody."""
LOCAL_PART: Final = re.compile(
    r"(?=.{1,64}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
)
"""A dot-atom in ASCII (RFC 5322, 3.2.3): nearly every one, and always right."""
SEPARATORS: Final = re.compile(r"[\s./()-]+")


@dataclass(frozen=True, slots=True, repr=False)
class Identifier:
    """By what a customer is known, as it was sent. Personal data: not even its `repr` shows any."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True, repr=False)
class NormalIdentifier:
    """The same in the one way in which it is hashed. Personal data."""

    kind: IdentifierKind
    value: str


def normalised(sent: Identifier, kinds: Kinds, country: str) -> NormalIdentifier:
    """An identifier in the one way it is written. `country`: of phone numbers without a prefix, e.g. LV, or "".

    Invalid, without the value in it: UNKNOWN_KIND, IDENTIFIER where it is none of its kind, NOT_AN_IDENTIFIER where it
    stands for nobody: strangers who share one would become one person.
    """
    kind = kinds.find(sent.kind)
    if kind is None:
        message = "there is no such kind of identifiers: list those there are"
        raise Invalid(message, reason="UNKNOWN_KIND", field=["kind"])
    value = plain(sent.value)
    if not value or len(value) > LONGEST_VALUE or not value.isprintable():
        raise _wrong(f"an identifier has 1 to {LONGEST_VALUE} printable characters")
    _check_somebody(value)
    if kind is EMAIL:
        value = _email(value)
    elif kind is PHONE:
        value = _phone(value, country)
    elif kind is CARD:
        value = "".join(value.split())
    return NormalIdentifier(kind, value)


def _check_somebody(value: str) -> None:
    word = value.casefold()
    if word in NOBODY or REPEATED.fullmatch(SEPARATORS.sub("", word)):
        message = "this stands for nobody, and would make strangers one person: leave it out"
        raise Invalid(message, reason="NOT_AN_IDENTIFIER", field=["value"])


def _email(value: str) -> str:
    """NFC and casefold; dots and plus stay, for only its host knows what they mean. Nobody is asked for it."""
    local, _, domain = value.rpartition("@")
    try:
        if len(value) > LONGEST_EMAIL:
            raise EmailNotValidError
        if LOCAL_PART.fullmatch(local):
            written = f"{local}@{_domain(domain)}"
        else:
            found = validate_email(value, check_deliverability=False)
            local, written = found.local_part, found.normalized
    except EmailNotValidError:
        raise _wrong("this is no e-mail address, like ilze@example.com") from None
    _check_somebody(local)
    return written.casefold()


@lru_cache(maxsize=4096)
def _domain(domain: str) -> str:
    """As it is written in Unicode; customers share few, and each takes 50 us. EmailNotValidError for none."""
    return validate_email(f"x@{domain}", check_deliverability=False).domain


def _phone(value: str, country: str) -> str:
    """E.164. An extension is refused: who shares a switchboard is not one person."""
    try:
        number = phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        raise _wrong("this is no phone number, like +37120000001") from None
    if not phonenumbers.is_possible_number(number) or number.extension:
        raise _wrong("this is no phone number of one line, like +37120000001")
    _check_somebody(str(number.national_number))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _wrong(message: str) -> Invalid:
    return Invalid(message, reason="IDENTIFIER", field=["value"])
