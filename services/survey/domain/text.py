"""What a string must be to be kept."""

import re

from services.survey.domain.refusal import Refusal

LONGEST_KEY = 64


Texts = tuple[tuple[str, str], ...]
"""The same in other languages: (tag, text), by tag."""

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", re.ASCII)
LONGEST_TAG = 35
MOST_LANGUAGES = 50


def is_storable(text: str) -> bool:
    """Whether UTF-8 and PostgreSQL can hold it: no NUL, no half of a surrogate pair."""
    if "\0" in text:
        return False
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def refuse_text(
    field: tuple[str, ...], text: str, longest: int, *, too_long: str = "TOO_LONG"
) -> Refusal | None:
    """Why a string of 1 to `longest` characters cannot be kept; None if it can."""
    if not text:
        return Refusal(
            field, "EMPTY", f"this is empty: send 1 to {longest:,} characters, or leave it out"
        )
    if len(text) > longest:
        return Refusal(
            field, too_long, f"this has {len(text):,} characters: send at most {longest:,}"
        )
    if not is_storable(text):
        return Refusal(
            field, "INVALID_TEXT", "this contains a NUL or half a surrogate pair: remove it"
        )
    return None


def refuse_key(field: tuple[str, ...], key: str) -> Refusal | None:
    """Why a string cannot be the key of something new; None if it can."""
    if refusal := refuse_text(field, key, LONGEST_KEY):
        return refusal
    if key != key.strip() or not key.isprintable():
        return Refusal(
            field,
            "INVALID_KEY",
            "a key has no line breaks or control characters, and no space at either end",
        )
    return None


def can_be_a_key(text: str) -> bool:
    """Whether looking it up makes sense; what cannot be a key names nothing."""
    return 0 < len(text) <= LONGEST_KEY and is_storable(text)


def refuse_prose(field: tuple[str, ...], text: str, longest: int) -> Refusal | None:
    """Why a text for people cannot be kept; blanks alone are nothing."""
    return refuse_text(field, text.strip() and text, longest)


def refuse_language(field: tuple[str, ...], tag: str) -> Refusal | None:
    """Why a string is no language; None if it is shaped like a BCP 47 tag."""
    if len(tag) <= LONGEST_TAG and _TAG.fullmatch(tag):
        return None
    return Refusal(field, "INVALID_LANGUAGE", "a language is a BCP 47 tag, like lv or pt-BR")


def refuse_texts(
    field: tuple[str, ...], texts: Texts, longest: int, language: str
) -> list[Refusal | None]:
    """Why texts in other languages than `language` cannot be kept."""
    if len(texts) > MOST_LANGUAGES:
        message = f"{len(texts)} languages: at most {MOST_LANGUAGES}"
        return [Refusal(field, "LANGUAGE_COUNT", message)]
    refused: list[Refusal | None] = []
    seen = {language.lower()}
    for place, (tag, text) in enumerate(texts):
        at = (*field, str(place))
        refused.append(refuse_language((*at, "language"), tag))
        refused.append(refuse_prose((*at, "text"), text, longest))
        if tag.lower() in seen:
            message = "this language is there already; the survey's own has its plain text"
            refused.append(Refusal((*at, "language"), "DUPLICATE_LANGUAGE", message))
        seen.add(tag.lower())
    return refused
