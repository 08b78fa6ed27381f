"""Trusted documents: checked, validated and priced before the first request, and never forgotten."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import structlog
from graphql import BREAK, DocumentNode, FieldNode, GraphQLSchema, Visitor, visit

from gateway.request.budget import LARGEST_COST
from gateway.request.documents import Document, Documents, Operation, Refused
from gateway.request.trusted.manifests import Entry, read_manifests

OWN: Final = "documents"
"""The folder, in that of the built pages, with manifests of our pages and commands."""

log = structlog.get_logger()


def open_documents(
    schema: GraphQLSchema, manifests: Sequence[Path], *, is_hardened: bool, web: Path | None
) -> Documents:
    """The documents of a gateway; Invalid for a manifest that does not hold, or a document that does not fit.

    Hardened, those of our own pages and commands are among them: they lie where the pages in `web` were built.
    """
    documents = Documents(schema, is_hardened=is_hardened)
    paths = list(manifests)
    if is_hardened and web is not None:
        own = web / OWN
        if not own.is_dir():
            log.warning("our pages and commands are not trusted: build them", missing=str(own))
        else:
            paths.append(own)
    trust(documents, read_manifests(paths))
    return documents


def trust(documents: Documents, entries: Iterable[Entry]) -> None:
    """Let documents be asked for by their id, and by `sha256:` and the SHA-256 of their text."""
    for entry in entries:
        if entry.text not in documents.trusted:
            documents.trusted[entry.text] = _checked(documents, entry)
        digest = sha256(entry.text.encode()).hexdigest()
        for key in (entry.id, digest, f"sha256:{digest}"):
            if documents.ids.setdefault(key, entry.text) != entry.text:
                raise entry.refused(f"another document has the id {key}")


def _checked(documents: Documents, entry: Entry) -> Document:
    try:
        document = documents.get(entry.text)
    except Refused as refused:
        error = refused.errors[0]
        at = f" (line {error.locations[0].line})" if error.locations else ""
        raise entry.refused(f"{error.message}{at}") from refused
    if documents.is_hardened and _introspects(document.ast):
        raise entry.refused("it asks for the schema, which a hardened gateway does not tell")
    for operation in document.operations.values():
        least = documents.least_cost(document, operation)
        if least > LARGEST_COST:
            words = f"it reads {least:,} values with pages of one, of at most {LARGEST_COST:,}"
            raise entry.refused(words)
    _check_told(document.operations.values(), entry)
    return document


def _check_told(operations: Iterable[Operation], entry: Entry) -> None:
    """What the manifest says of the document must be so."""
    named = [each for each in operations if not entry.name or each.name == entry.name]
    if not named:
        raise entry.refused(f"it has no operation {entry.name}")
    if entry.kind and all(each.kind.value != entry.kind for each in named):
        raise entry.refused(f"it is no {entry.kind}, but a {named[0].kind.value}")


def _introspects(ast: DocumentNode) -> bool:
    """Whether a document asks for the schema; `__typename` tells no more than data do."""
    found: list[str] = []

    class _Fields(Visitor):
        def enter_field(self, node: FieldNode, *_: Any) -> Any:
            if node.name.value in ("__schema", "__type"):
                found.append(node.name.value)
                return BREAK
            return None

    visit(ast, _Fields())
    return bool(found)
