"""The document cache."""

import gc
import time

import pytest

from gateway.main import settle_memory
from gateway.request import documents
from gateway.request.documents import Document, Documents, Refused
from gateway.schema import schema
from tests.support.processor import allowed
from tests.unit.gateway.support.running import Platform

LONGEST_PAUSE_SECONDS = 0.1


def test_a_document_is_parsed_and_validated_once() -> None:
    cache = Documents(schema._schema)

    first = kept(cache, "{ __typename }")

    assert cache.get("{ __typename }") is first
    assert cache.get("{  __typename }") is not first


def test_the_cache_keeps_what_was_used_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "CACHED_DOCUMENTS", 2)
    cache = Documents(schema._schema)
    first = kept(cache, "{ a: __typename }")
    kept(cache, "{ b: __typename }")
    kept(cache, "{ a: __typename }")
    kept(cache, "{ c: __typename }")

    assert list(cache.known) == ["{ a: __typename }", "{ c: __typename }"]
    assert cache.get("{ a: __typename }") is first


def test_refused_and_very_long_documents_are_not_kept() -> None:
    cache = Documents(schema._schema)
    with pytest.raises(Refused):
        cache.get("{ nothing }")
    kept(cache, "{ __typename }" + " " * documents.CACHED_CHARACTERS)

    assert not cache.known


def test_the_cache_is_bounded_by_the_length_of_all_documents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(documents, "CACHED_TOTAL", 60)
    cache = Documents(schema._schema)
    for name in "abcdefgh":
        kept(cache, f"{{ {name}: __typename }}")

    assert list(cache.known) == [f"{{ {name}: __typename }}" for name in "fgh"]
    assert cache.characters == sum(map(len, cache.known))


async def test_only_documents_that_were_answered_are_kept(platform: Platform) -> None:
    known = platform.gateway.documents.known
    await platform.post("{ viewer { subject } }")  # nobody: UNAUTHENTICATED

    assert not known

    await platform.ask("{ viewer { subject } }")

    assert list(known) == ["{ viewer { subject } }"]


def test_collections_are_short_while_documents_come_and_go() -> None:
    cache = Documents(schema._schema)
    pauses: list[float] = []
    started = 0.0

    def watch(phase: str, _info: dict[str, int]) -> None:
        nonlocal started
        if phase == "start":
            started = time.thread_time()
        else:
            pauses.append(time.thread_time() - started)

    before = gc.get_threshold()
    settle_memory()
    gc.callbacks.append(watch)
    try:
        for number in range(500):
            kept(cache, f"query Q{number} {{ organization {{ key name parent {{ key name }} }} }}")
    finally:
        gc.callbacks.remove(watch)
        gc.set_threshold(*before)
        gc.unfreeze()

    assert pauses
    assert max(pauses) < allowed(LONGEST_PAUSE_SECONDS)


def kept(cache: Documents, text: str) -> Document:
    document = cache.get(text)
    cache.keep(text, document)
    return document


def test_an_operation_is_found_by_name() -> None:
    document = Documents(schema._schema).get(
        "query A { viewer { subject } } query B { __typename }"
    )

    assert document.operation("A").needs_token
    assert not document.operation("B").needs_token
    with pytest.raises(Refused):
        document.operation(None)
    with pytest.raises(Refused):
        document.operation("C")
