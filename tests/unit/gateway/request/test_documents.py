"""The document cache."""

import pytest

from gateway.request import documents
from gateway.request.documents import Documents, Refused
from gateway.schema import schema


def test_a_document_is_parsed_and_validated_once() -> None:
    cache = Documents(schema._schema)

    assert cache.get("{ __typename }") is cache.get("{ __typename }")
    assert cache.get("{ __typename }") is not cache.get("{  __typename }")


def test_the_cache_keeps_what_was_used_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "CACHED_DOCUMENTS", 2)
    cache = Documents(schema._schema)
    first = cache.get("{ a: __typename }")
    cache.get("{ b: __typename }")
    cache.get("{ a: __typename }")
    cache.get("{ c: __typename }")

    assert list(cache.known) == ["{ a: __typename }", "{ c: __typename }"]
    assert cache.get("{ a: __typename }") is first


def test_refused_and_very_long_documents_are_not_kept() -> None:
    cache = Documents(schema._schema)
    with pytest.raises(Refused):
        cache.get("{ nothing }")
    cache.get("{ __typename }" + " " * documents.CACHED_CHARACTERS)

    assert not cache.known


def test_an_operation_is_found_by_name() -> None:
    document = Documents(schema._schema).get(
        "query A { viewer { subject } } query B { __typename }"
    )

    assert document.operation("A").fields == {"viewer"}
    with pytest.raises(Refused):
        document.operation(None)
    with pytest.raises(Refused):
        document.operation("C")
