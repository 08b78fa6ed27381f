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
    values: dict[str, object]
    doubts: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    """Doubts about one key."""
    open: list[str] = field(default_factory=list)
    """Lines that a person may want to have, as comments at the end."""
    inner: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Tables within this one."""

    def lines(self) -> Iterator[str]:
        for doubt in self.doubts:
            yield from remark(f"? {doubt}")
        yield f"[{self.name}]"
        for key, value in self.values.items():
            if key in self.notes:
                yield from remark(f"? {self.notes[key]}")
            yield f"{key} = {inline(value)}"
        yield from (f"# {line}" for line in self.open)
        for name, values in self.inner.items():
            yield ""
            yield f"[{self.name}.{name}]"
            yield from (f"{inline_key(key)} = {inline(value)}" for key, value in values.items())


def remark(text: str) -> Iterator[str]:
    """A sentence as lines of comment."""
    one_line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return (f"# {line}" for line in textwrap.wrap(one_line, WIDTH, break_long_words=False))


def inline_key(name: str) -> str:
    """A name as TOML has it before an equals sign, and between brackets."""
    is_bare = name.isascii() and all(c.isalnum() or c in "-_" for c in name)
    return name if is_bare and name else inline(name)


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
