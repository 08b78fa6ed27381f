"""What the command `cxm`, and `cxm up`, ask of the API is in the contract, and in their manifest."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from graphql import GraphQLError, build_schema, parse, validate

import infra.cli
import infra.local
from infra.cli.documents import DOCUMENTS
from infra.local import page
from infra.local.demo import documents as demo

ROOT = Path(__file__).parents[2]
SCHEMA = build_schema((ROOT / "gateway" / "schema.graphql").read_text())
TRUSTED = (*DOCUMENTS, *demo.DOCUMENTS, *page.DOCUMENTS)


def is_document(text: str) -> bool:
    """Whether a text is an operation that the API takes."""
    try:
        return validate(SCHEMA, parse(text)) == []
    except GraphQLError:
        return False


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (each for each in value.values() if isinstance(each, str))
    elif isinstance(value, tuple):
        yield from (each for each in value if isinstance(each, str))


def documents_of(module: ModuleType) -> dict[str, str]:
    """Those that stand in a module, by its name and theirs."""
    return {
        f"{module.__name__}.{name}": text
        for name, value in vars(module).items()
        if name.strip("_").isupper()
        for text in texts_in(value)
        if "{" in text and is_document(text)
    }


def documents_in(package: ModuleType) -> dict[str, str]:
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    modules = [import_module(each.name) for each in found]
    return {name: text for module in modules for name, text in documents_of(module).items()}


@pytest.mark.parametrize("number", range(len(TRUSTED)))
def test_what_a_command_asks_is_in_the_contract(number: int) -> None:
    assert validate(SCHEMA, parse(TRUSTED[number])) == []


def test_what_commands_ask_is_in_their_manifest() -> None:
    found = documents_in(infra.cli)

    assert {name for name, text in found.items() if text not in DOCUMENTS} == set()
    assert {"infra.cli.waves.command.CHANGES", "infra.cli.reconciling.REBUILDING"} <= set(found)


def test_what_the_demo_and_the_printed_page_ask_is_in_a_manifest() -> None:
    found = documents_in(infra.local)
    as_sent = {name: " ".join(text.split()) for name, text in found.items()}

    missing = {name for name, text in found.items() if not {text, as_sent[name]} & {*TRUSTED}}
    assert missing == set()
    assert {"infra.local.demo.loading.FIND_DATA", "infra.local.page.SUBMIT"} <= set(found)


def test_a_document_that_no_manifest_has_is_found() -> None:
    module = ModuleType("made_up")
    module.FORGOTTEN = "{ organization { key } }"  # type: ignore[attr-defined]

    assert documents_of(module) == {"made_up.FORGOTTEN": "{ organization { key } }"}
    assert module.FORGOTTEN not in TRUSTED


def test_what_is_not_in_the_contract_is_found() -> None:
    assert not is_document("{ waves(first: 1) { edges { node { audience } } } }")
