"""Manifests: files that name the documents a gateway trusts, as the builds of clients write them.

Two formats: Relay's map of ids to texts (`{"<id>": "query ..."}`), and Apollo's list
(`{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{id, name, type, body}]}`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from services.kit.errors import Invalid

MANIFEST_BYTES: Final = 2 * 1024 * 1024
"""Of one file; looked at before it is parsed."""
MOST_DOCUMENTS: Final = 2_000
"""Of all files together."""
MOST_CHARACTERS: Final = 1_000_000
"""Of all their texts: parsed, a text takes about 55 times its length of memory."""
LONGEST_ID: Final = 256
APOLLO: Final = "apollo-persisted-query-manifest"
KINDS: Final = ("query", "mutation", "subscription")


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a manifest. `name` and `kind` are what the manifest says of it; "": it does not."""

    id: str
    text: str
    source: str
    name: str = ""
    kind: str = ""

    def refused(self, why: str) -> Invalid:
        """Why the gateway cannot start with it."""
        called = f" ({self.name})" if self.name else ""
        return Invalid(f"{self.source}: document {self.id}{called}: {why}")


def read_manifests(paths: Iterable[Path]) -> list[Entry]:
    """What files hold, of a folder all its *.json; Invalid for what is no manifest, or too much."""
    entries = [entry for path in _files(paths) for entry in read_manifest(path)]
    if len(entries) > MOST_DOCUMENTS:
        raise Invalid(f"manifests hold {len(entries):,} documents, of at most {MOST_DOCUMENTS:,}")
    characters = sum(len(entry.text) for entry in entries)
    if characters > MOST_CHARACTERS:
        raise Invalid(
            f"documents of manifests have {characters:,} characters, of at most {MOST_CHARACTERS:,}"
        )
    return entries


def read_manifest(path: Path) -> list[Entry]:
    """What one file holds; Invalid for what is no manifest."""
    try:
        with path.open("rb") as file:
            data = file.read(MANIFEST_BYTES + 1)
    except OSError as error:
        raise Invalid(f"{path}: the manifest cannot be read: {error.strerror}") from error
    if len(data) > MANIFEST_BYTES:
        raise Invalid(f"{path}: the manifest is larger than {MANIFEST_BYTES // 1024 // 1024} MiB")
    try:
        content = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Invalid(f"{path}: the manifest is no JSON: {error}") from error
    if not isinstance(content, dict):
        raise Invalid(f"{path}: a manifest is a JSON object")
    is_list = "format" in content or "operations" in content
    return list((_of_list if is_list else _of_map)(content, str(path)))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.json"))
        else:
            yield path


def _of_map(content: dict[str, Any], source: str) -> Iterator[Entry]:
    for key, text in content.items():
        yield _checked(key, text, source)


def _of_list(content: dict[str, Any], source: str) -> Iterator[Entry]:
    operations = content.get("operations")
    if content.get("format") != APOLLO or content.get("version", 1) != 1:
        raise Invalid(f"{source}: the format must be {APOLLO}, version 1, or a map of ids to texts")
    if not isinstance(operations, list):
        raise Invalid(f"{source}: `operations` must be a list")
    for number, each in enumerate(operations):
        if not isinstance(each, dict):
            raise Invalid(f"{source}: operation {number} is no object")
        name, kind = each.get("name", ""), each.get("type", "")
        if not isinstance(name, str) or (kind and kind not in KINDS):
            words = f"`name` must be a string and `type` one of {', '.join(KINDS)}"
            raise Invalid(f"{source}: operation {number}: {words}")
        yield _checked(each.get("id"), each.get("body"), source, name, kind)


def _checked(key: Any, text: Any, source: str, name: str = "", kind: str = "") -> Entry:
    if not isinstance(key, str) or not 1 <= len(key) <= LONGEST_ID or not key.isprintable():
        shown = repr(key)[:40]
        raise Invalid(f"{source}: an id has 1 to {LONGEST_ID} printable characters, not {shown}")
    entry = Entry(key, text if isinstance(text, str) else "", source, name, kind)
    if not entry.text:
        raise entry.refused("its text must be a GraphQL document")
    return entry
