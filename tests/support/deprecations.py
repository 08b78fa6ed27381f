"""What of the contracts is deprecated, and when it goes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_schema,
)

from tests.support.releases import ROOT, order

GOES = re.compile(r"Goes with (\d+\.\d+\.\d+), on (\d{4}-\d\d-\d\d)")
IN_PROTO = re.compile(r"\bdeprecated\s*=\s*true\b")


@dataclass(frozen=True)
class Deprecation:
    place: str
    said: str  # with the sentence that says when it goes


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
        yield from (Deprecation(f"{name}.{part}", reason) for part, reason in parts if reason)


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
        goes = GOES.search(one.said)
        if goes is None:
            yield f"{one.place} says not when it goes: write 'Goes with 1.2.0, on 2030-01-31'"
        elif order(goes[1]) <= order(version) or date.fromisoformat(goes[2]) <= on:
            yield f"{one.place} goes with {goes[1]}, on {goes[2]}, and is still there"
