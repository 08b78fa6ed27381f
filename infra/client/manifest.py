"""Manifests of documents, by which a hardened gateway trusts what is asked of it: a map of ids to texts."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import orjson


def write_manifest(path: Path, documents: Iterable[str]) -> None:
    """Write a manifest; the id of each document is the SHA-256 of its text. Folders above are made."""
    texts = {sha256(text.encode()).hexdigest(): text for text in documents}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(orjson.dumps(texts, option=orjson.OPT_INDENT_2))
