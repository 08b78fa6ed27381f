"""What clients send, written down as the build of an application does: a manifest of documents to be trusted."""

import json
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

from graphql import GraphQLError, GraphQLSchema, build_schema, parse, validate

from tests.judges.seed import DOCUMENTS

INTROSPECTION: Final = re.compile(r"\b__(schema|type)\b")


def write_manifest(path: Path, schema: str, recordings: Iterable[Path]) -> None:
    """The documents of recordings, and of the seed, that may be trusted: clients send others to be refused."""
    built = build_schema(schema)
    sent = [text for recording in recordings for text in json.loads(recording.read_text())]
    texts = [text for text in dict.fromkeys((*DOCUMENTS, *sent)) if _may_be_trusted(built, text)]
    path.write_text(json.dumps({sha256(text.encode()).hexdigest(): text for text in texts}))


def _may_be_trusted(schema: GraphQLSchema, text: str) -> bool:
    """It fits the schema, and does not ask for it."""
    try:
        return not INTROSPECTION.search(text) and not validate(schema, parse(text))
    except GraphQLError:
        return False
