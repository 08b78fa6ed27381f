"""Users: what may be said of one, and which of it changes what is kept."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from services.kit.errors import Failure, Invalid, NotFound
from services.kit.items import Upserted, conclude, distinct

LONGEST_NAME = 200
LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3
_EMAIL = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[^\s@<>\"(),:;\\\[\]]+\.[^\s@<>\"(),:;\\\[\].]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}")


class User(NamedTuple):
    """What is kept of a user; empty: not known."""

    subject: str
    name: str = ""
    email: str = ""
    language: str = ""


class UserItem(NamedTuple):
    """What is said of a user; None leaves it as it is, empty takes it away."""

    subject: str
    name: str | None = None
    email: str | None = None
    language: str | None = None


def upsert_users(
    known: Mapping[str, User], granted: Collection[str], items: Sequence[UserItem]
) -> Upserted[User]:
    """What becomes of each item, and the users that are new or say something else."""
    by_subject, malformed = distinct(items, lambda item: item.subject, _check, _REPEATED)
    refused: dict[str, Failure] = {}
    changed: dict[str, User] = {}
    for subject, item in by_subject.items():
        if subject not in granted:
            refused[subject] = NotFound(
                "this subject has no grant: give one first", reason="NOT_GRANTED", field=["subject"]
            )
            continue
        before = known.get(subject, User(subject))
        after = merge(before, item)
        if after != before:
            changed[subject] = after
    ids = {subject: subject for subject in by_subject}
    subjects = [item.subject for item in items]
    return Upserted(conclude(subjects, malformed, refused, ids, changed), tuple(changed.values()))


def merge(before: User, item: UserItem) -> User:
    """What is kept once an item was said."""
    said = {name: value for name, value in item._asdict().items() if value is not None}
    return before._replace(**said)


def claimed(item: UserItem) -> UserItem:
    """What an identity provider says, without what is malformed; its en_US is en-US."""
    tidy = item._replace(language=item.language and item.language.replace("_", "-"))
    wrong = {name for name, _ in _faults(tidy)}
    name, email, language = (
        None if field in wrong else getattr(tidy, field) or None
        for field in ("name", "email", "language")
    )
    return UserItem(item.subject, name, email, language)


def _check(item: UserItem) -> None:
    for name, message in _faults(item):
        raise Invalid(message, reason=f"INVALID_{name.upper()}", field=[name])


def _faults(item: UserItem) -> list[tuple[str, str]]:
    """Fields that cannot be kept, and what would be right."""
    name, email, language = item.name or "", item.email or "", item.language or ""
    faults = []
    if len(name) > LONGEST_NAME or not name.isprintable() or name != name.strip():
        faults.append(("name", f"a name has 1 to {LONGEST_NAME} printable characters"))
    if email and not (
        len(email) <= LONGEST_EMAIL and email.isprintable() and _EMAIL.fullmatch(email)
    ):
        faults.append(("email", "this is no e-mail address: write name@example.org"))
    if language and not _LANGUAGE.fullmatch(language):
        faults.append(("language", "a language is a BCP 47 tag, e.g. de or pt-BR"))
    return faults


_REPEATED = Invalid("this subject stands above with other words: name each once", reason="REPEATED")
