"""What an employee is known by beside the own id: for whom links go to, and how results may be cut. Kept sealed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from email_validator import EmailNotValidError, validate_email

from services.kit.errors import Invalid
from services.kit.letters import is_key

LONGEST_EMAIL: Final = 254
LONGEST_SUBJECT: Final = 256
LONGEST_ATTRIBUTE: Final = 64
LONGEST_VALUE: Final = 200
MOST_ATTRIBUTES: Final = 20
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}")

Attributes = tuple[tuple[str, str], ...]
"""Names with values, by name."""


@dataclass(frozen=True, slots=True, repr=False)
class Details:
    """All that is known of an employee, "" for what is not. Personal data: not even its `repr` shows any."""

    email: str = ""
    language: str = ""
    """BCP 47 tag."""
    subject: str = ""
    """Of the employee's sign-in, as tokens and grants name it."""
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True, repr=False)
class DetailsChange:
    """What a call says of an employee: None and attributes that are not named stay, "" removes."""

    email: str | None = None
    language: str | None = None
    subject: str | None = None
    attributes: Attributes = ()

    def of(self, known: Details) -> Details:
        """What is known after it."""
        named = {**dict(known.attributes), **dict(self.attributes)}
        return Details(
            known.email if self.email is None else self.email,
            known.language if self.language is None else self.language,
            known.subject if self.subject is None else self.subject,
            tuple(sorted((name, value) for name, value in named.items() if value)),
        )


NO_DETAILS: Final = Details()


@dataclass(frozen=True, slots=True)
class DetailsItem:
    """What a client says of one employee, by the organisation's own id."""

    employee: str
    details: DetailsChange


def check_details(change: DetailsChange) -> None:
    """Invalid, without a value in it, unless each is what it has to be."""
    if change.email:
        check_email(change.email)
    if change.language and not LANGUAGE.fullmatch(change.language):
        raise Invalid(
            "a language is a BCP 47 tag, like lv or pt-BR",
            reason="LANGUAGE_MALFORMED",
            field=["language"],
        )
    if change.subject and not _is_line(change.subject, LONGEST_SUBJECT):
        text = f"a subject has at most {LONGEST_SUBJECT} printable characters, e.g. oidc:4711"
        raise Invalid(text, reason="SUBJECT_MALFORMED", field=["subject"])
    for name, value in change.attributes:
        _check_attribute(name, value)
    if sum(bool(value) for _, value in change.attributes) > MOST_ATTRIBUTES:
        raise too_many_attributes()


def check_email(address: str) -> None:
    """Invalid unless it looks like an address; nobody is asked whether it is there."""
    try:
        if len(address) > LONGEST_EMAIL:
            raise EmailNotValidError
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        text = "this is no e-mail address, like ilze@example.com"
        raise Invalid(text, reason="EMAIL_MALFORMED", field=["email"]) from None


def exceeds(known: Details, changes: Iterable[DetailsChange]) -> bool:
    """Whether an employee would have too many attributes after all of them."""
    named: dict[str, str] = dict(known.attributes)
    for change in changes:
        named |= change.attributes
    return sum(map(bool, named.values())) > MOST_ATTRIBUTES


def too_many_attributes() -> Invalid:
    return Invalid(
        f"an employee has at most {MOST_ATTRIBUTES} attributes: remove one by an empty value",
        reason="TOO_MANY_ATTRIBUTES",
        field=["attributes"],
    )


def changed_details(
    known: Mapping[str, Details], changes: Iterable[tuple[str, DetailsChange]]
) -> dict[str, Details]:
    """What is known after changes of employees in this order, of those for whom it is something else then."""
    after: dict[str, Details] = {}
    for employee, change in changes:
        after[employee] = change.of(after.get(employee) or known.get(employee, NO_DETAILS))
    return {name: now for name, now in after.items() if now != known.get(name, NO_DETAILS)}


def check_attribute_name(name: str) -> None:
    """Invalid unless it is shaped like a key."""
    if not is_key(name) or len(name) > LONGEST_ATTRIBUTE:
        text = (
            f"the name of an attribute has at most {LONGEST_ATTRIBUTE} letters, digits, dots,"
            " hyphens and underscores, like job-level"
        )
        raise Invalid(text, reason="ATTRIBUTE_NAME_MALFORMED", field=["attributes"])


def _check_attribute(name: str, value: str) -> None:
    check_attribute_name(name)
    if value and not _is_line(value, LONGEST_VALUE):
        text = f"the value of an attribute is one line of at most {LONGEST_VALUE} characters"
        raise Invalid(text, reason="ATTRIBUTE_MALFORMED", field=["attributes", name])


def _is_line(text: str, longest: int) -> bool:
    return len(text) <= longest and text.isprintable() and text == text.strip()
