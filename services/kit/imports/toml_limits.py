"""TOML of strangers: how long and how deep it is, looked at before it is parsed; numbers that are too long, after.

The parser goes down a level for each bracket, and for a key of many names it takes time by their square.
"""

import re
import tomllib
from typing import Any, Final

from services.kit.imports.sections import MappingInvalid

LARGEST_BYTES: Final = 16 * 1024
DEEPEST: Final = 4
LARGEST_NUMBER: Final = 2**63  # TOML promises no more
# What is no structure: strings, also such as are never closed, and comments. None of these can fail once it has begun.
QUOTED: Final = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"{3,5}|\Z)'
    r"|'''.*?(?:'{3,5}|\Z)"
    r'|"(?:\\.|[^"\\\n])*"?'
    r"|'[^'\n]*'?"
    r"|#[^\n]*",
    re.DOTALL,
)
STRUCTURE: Final = re.compile(r"[\[\]{}.=,\n]")


def parse(text: str) -> dict[str, Any]:
    """The tables of a mapping; raises MappingInvalid."""
    if len(text.encode()) > LARGEST_BYTES:
        raise MappingInvalid(f"the mapping is larger than {LARGEST_BYTES // 1024} KiB: cut it")
    _check_depth(text)
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise MappingInvalid(f"the mapping is not TOML: {error}") from error
    _check_numbers(tables)
    return tables


def _check_depth(text: str) -> None:
    """Brackets that are open at a time, and names that a key has."""
    depth = names = 0
    bare = QUOTED.sub(lambda quoted: "\n" * quoted.group().count("\n"), text)
    for found in STRUCTURE.finditer(bare):
        match found.group():
            case "[" | "{":
                depth, names = depth + 1, 0
            case "]" | "}":
                depth, names = depth - 1, 0
            case ".":
                names += 1
            case _:
                names = 0
        if depth > DEEPEST or names >= DEEPEST:
            line = 1 + bare.count("\n", 0, found.start())
            raise MappingInvalid(
                f"line {line}: tables, lists and the names of a key go at most {DEEPEST} deep"
            )


def _check_numbers(tables: dict[str, Any]) -> None:
    waiting: list[Any] = [tables]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, int) and not -LARGEST_NUMBER <= value < LARGEST_NUMBER:
            raise MappingInvalid("the mapping has a whole number of more than 64 bits")
