"""The words of a rule, with where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.kit.logic.issues import SYNTAX, TOO_LARGE, Span, WrongRule

LONGEST: Final = 2_000
"""Characters of a rule."""
MOST_DIGITS: Final = 15
"""Of a number: so many are exact in a double."""
LONGEST_NAME: Final = 200
WORDS: Final = frozenset({"and", "or", "not", "in", "has", "true", "false"})
PLAIN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
TOKEN: Final = re.compile(
    r"""(?P<blank>[ \t\r\n]+)
    |(?P<number>[0-9]+(\.[0-9]+)?)
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*)
    |`(?P<quoted>[^`\x00-\x1f]+)`
    |"(?P<text>([^"\\\x00-\x1f]|\\["\\])*)"
    |(?P<sign>!=|<=|>=|[-=<>+*/(),])""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: number, name, text, word (a keyword), sign, or end."""

    kind: str
    text: str
    at: Span


def read_tokens(rule: str) -> list[Token]:
    """All words and an end after them; WrongRule for what is none, and for a rule that is too long."""
    if len(rule) > LONGEST:
        message = f"a rule has at most {LONGEST:,} characters: make two of it"
        raise WrongRule(message, TOO_LARGE, Span(LONGEST, len(rule)))
    return [*_tokens(rule), Token("end", "", Span(len(rule), len(rule)))]


def _tokens(rule: str) -> Iterator[Token]:
    position = 0
    while position < len(rule):
        found = TOKEN.match(rule, position)
        if found is None:
            raise WrongRule(_strange(rule[position]), SYNTAX, Span(position, position + 1))
        at, position = Span(*found.span()), found.end()
        kind = found.lastgroup or ""
        if kind != "blank":
            yield _token(kind, found, at)


def _token(kind: str, found: re.Match[str], at: Span) -> Token:
    text = found[kind]
    if kind == "number" and len(text.replace(".", "")) > MOST_DIGITS:
        raise WrongRule(f"a number has at most {MOST_DIGITS} digits", SYNTAX, at)
    if kind in ("name", "quoted") and len(text) > LONGEST_NAME:
        raise WrongRule(f"a name has at most {LONGEST_NAME} characters", SYNTAX, at)
    if kind == "name" and text in WORDS:
        return Token("word", text, at)
    if kind == "quoted":
        return Token("name", text, at)
    if kind == "text":
        return Token("text", re.sub(r"\\(.)", r"\1", text), at)
    return Token(kind, text, at)


def _strange(sign: str) -> str:
    if sign == '"':
        return 'this text has no end: put " behind it'
    if sign == "`":
        return "this name has no end: put ` behind it"
    if sign == "'":
        return 'a text stands between "double quotes"'
    return f"a rule has no sign {sign}"
