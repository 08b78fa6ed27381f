"""Tables of a mapping as TOML, with doubts as comments over them."""

import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

WIDTH: Final = 110


@dataclass(slots=True)
class MappingTable:
    """One table of a mapping."""

    name: str
    values: Mapping[str, object]
    doubts: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    """Doubts about one key."""
    open: list[str] = field(default_factory=list)
    """Lines that a person may want to have, as comments at the end."""

    def lines(self) -> Iterator[str]:
        for doubt in self.doubts:
            yield from remark(f"? {doubt}")
        yield f"[{self.name}]"
        for key, value in self.values.items():
            if key in self.notes:
                yield from remark(f"? {self.notes[key]}")
            yield f"{key} = {inline(value)}"
        yield from (f"# {line}" for line in self.open)


def remark(text: str) -> Iterator[str]:
    """A sentence as lines of comment."""
    one_line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return (f"# {line}" for line in textwrap.wrap(one_line, WIDTH, break_long_words=False))


def inline(value: object) -> str:
    """A value as TOML has it on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case dict():
            return (
                "{ " + ", ".join(f"{inline(str(k))} = {inline(v)}" for k, v in value.items()) + " }"
            )
        case list() | tuple():
            return "[" + ", ".join(map(inline, value)) + "]"
    raise TypeError(type(value).__name__)
