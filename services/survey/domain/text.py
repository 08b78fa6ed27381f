"""What a string must be to be kept."""

from services.survey.domain.refusal import Refusal

LONGEST_KEY = 64


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
