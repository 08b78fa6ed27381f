"""What of the contracts is deprecated, and when it goes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_schema,
)

from tests.support.releases import ROOT, order

ON = re.compile(r"Goes with (\d+\.\d+\.\d+), on (\d{4}-\d\d-\d\d)")
"""Between processes: gone in a release of that version or day."""
AFTER = re.compile(r"Goes with (\d+\.\d+\.\d+), removed after (\d{4}-\d\d-\d\d)\.$")
"""In the public API: it is there until the end of that day, and not in a release after it."""
ON_FORM = "Goes with 1.2.0, on 2030-01-31"
AFTER_FORM = "Goes with 1.2.0, removed after 2030-01-31."
IN_PROTO = re.compile(r"\bdeprecated\s*=\s*true\b")


@dataclass(frozen=True)
class Deprecation:
    place: str
    said: str  # with the sentence that says when it goes
    is_public: bool = False

    @property
    def goes(self) -> "tuple[str, date] | None":
        """The version with which it goes, and the first day without it; None where it does not say them."""
        found = (AFTER if self.is_public else ON).search(self.said)
        if found is None:
            return None
        day = date.fromisoformat(found[2])
        return found[1], day + timedelta(days=1) if self.is_public else day


def in_contracts() -> list[Deprecation]:
    """Of the public API and between processes."""
    sdl = (ROOT / "gateway" / "schema.graphql").read_text()
    return [*in_graphql(sdl), *in_proto(ROOT / "proto" / "cxm")]


def in_graphql(sdl: str) -> Iterator[Deprecation]:
    """Fields, arguments, fields of inputs and values of enums."""
    for name, kind in build_schema(sdl).type_map.items():
        if isinstance(kind, GraphQLEnumType):
            parts = [(part, value.deprecation_reason) for part, value in kind.values.items()]
        elif isinstance(kind, GraphQLInputObjectType):
            parts = [(part, field.deprecation_reason) for part, field in kind.fields.items()]
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            parts = [(part, field.deprecation_reason) for part, field in kind.fields.items()]
            parts += [
                (f"{part}({argument}:)", value.deprecation_reason)
                for part, field in kind.fields.items()
                for argument, value in field.args.items()
            ]
        else:
            continue
        yield from (
            Deprecation(f"{name}.{part}", reason, is_public=True)
            for part, reason in parts
            if reason
        )


def in_proto(folder: Path) -> Iterator[Deprecation]:
    """Options `deprecated`, with the comment on their line."""
    for path in sorted(folder.rglob("*.proto")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            text, _, comment = line.partition("//")
            if IN_PROTO.search(text):
                yield Deprecation(f"{path.name}:{number}", comment.strip())


def faults(found: Iterable[Deprecation], version: str, on: date) -> Iterator[str]:
    """Those that do not say when they go, and those that should be gone in a release of this version and day."""
    for one in found:
        if one.goes is None:
            form = AFTER_FORM if one.is_public else ON_FORM
            yield f"{one.place} says not when it goes: write '{form}'"
            continue
        with_version, day = one.goes
        if order(with_version) <= order(version) or day <= on:
            yield f"{one.place} goes with {with_version}, on {day}, and is still there"
