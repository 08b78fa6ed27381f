"""Keys for questions and options, made of titles and words."""

from typing import Final

from services.kit.imports.identity import key_of

LONGEST_KEY: Final = 40
MOST_WORDS: Final = 5
OWN_EXPORT: Final = "answer."


def title_key(title: str, number: int, taken: set[str]) -> str:
    """The first words of a title, as a key that no other question has; `number`: of its column, where it has none."""
    words = key_of(title.removeprefix(OWN_EXPORT)).split("-")
    key = "-".join(words[:MOST_WORDS])[:LONGEST_KEY].strip("-")
    return first_free(key or f"column-{number}", taken)


def first_free(name: str, taken: set[str]) -> str:
    """The name, or the name with the first number that makes it another one."""
    numbered = (name if n == 1 else f"{name}-{n}" for n in range(1, len(taken) + 2))
    return next(free for free in numbered if free not in taken)
