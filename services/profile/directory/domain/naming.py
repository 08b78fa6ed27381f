"""What keys, names and channels may look like."""

import unicodedata
from dataclasses import replace
from typing import Final

from services.kit.errors import Invalid
from services.kit.letters import is_key
from services.kit.rights.tree import Department

LONGEST_KEY: Final = 64
LONGEST_NAME: Final = 200
LONGEST_CHANNEL: Final = 64
MOST_FORMER_NAMES: Final = 20
LINE_BREAKS: Final = frozenset({"Cc", "Zl", "Zp"})


def check_key(key: str, field: str) -> None:
    """Invalid unless it is a key: 1 to 64 letters and digits, with dots, hyphens and underscores inside."""
    if not key:
        raise Invalid(f"{field} is missing: give a key", reason="KEY_MISSING", field=[field])
    if len(key) > LONGEST_KEY:
        raise Invalid(
            f"a key of {len(key):,} characters is too long: use at most {LONGEST_KEY}",
            reason="KEY_TOO_LONG",
            field=[field],
        )
    if not is_key(key):
        raise Invalid(
            "not a key: use letters and digits, and inside also . _ -, e.g. north-west",
            reason="KEY_MALFORMED",
            field=[field],
        )


def check_name(name: str) -> None:
    """Invalid unless it is a line of 1 to 200 characters without spaces around it."""
    if not name.strip():
        raise Invalid("name is missing", reason="NAME_MISSING", field=["name"])
    _check_line(name, "name", LONGEST_NAME)


def check_channel(channel: str) -> None:
    """Invalid unless it is a line of at most 64 characters; empty means none."""
    _check_line(channel, "channel", LONGEST_CHANNEL)


def rename(department: Department, name: str) -> Department:
    """The department under another name; what it was called before stays known, the latest 20 names of it."""
    if name == department.name:
        return department
    former = [known for known in department.former_names if known not in (name, department.name)]
    former = [*former, department.name][-MOST_FORMER_NAMES:]
    return replace(department, name=name, former_names=tuple(former))


def _check_line(text: str, field: str, longest: int) -> None:
    code = field.upper()
    if len(text) > longest:
        raise Invalid(
            f"a {field} of {len(text):,} characters is too long: use at most {longest}",
            reason=f"{code}_TOO_LONG",
            field=[field],
        )
    if text != text.strip() or any(unicodedata.category(sign) in LINE_BREAKS for sign in text):
        raise Invalid(
            f"{field} must be one line without control characters or spaces around it",
            reason=f"{code}_MALFORMED",
            field=[field],
        )
