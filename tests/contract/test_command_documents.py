"""What the command `cxm` asks of the API is in the contract: its own tests answer it without one."""

import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

import infra.cli
from infra.cli.waves.command import change_document

ROOT = Path(__file__).parents[2]
OPERATION = re.compile(r"(query|mutation) ")
CHANGES = ("upsertWave", "openWave", "closeWave", "removeWave")


def documents() -> dict[str, str]:
    """Those that stand in modules, by module and name."""
    modules = [
        import_module(found.name)
        for found in pkgutil.walk_packages(infra.cli.__path__, "infra.cli.")
    ]
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str) and OPERATION.match(value)
    }


DOCUMENTS = documents() | {mutation: change_document(mutation) for mutation in CHANGES}
SCHEMA = build_schema((ROOT / "gateway" / "schema.graphql").read_text())


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_what_a_command_asks_is_in_the_contract(name: str) -> None:
    assert validate(SCHEMA, parse(DOCUMENTS[name])) == []


def test_all_commands_that_ask_are_found() -> None:
    modules = {name.rpartition(".")[0].removeprefix("infra.cli.") for name in DOCUMENTS}

    assert modules >= {"waves.command", "waves.reading", "granting", "auditing", "operating"}


def test_what_is_not_in_the_contract_is_found() -> None:
    assert validate(SCHEMA, parse("{ waves(first: 1) { edges { node { audience } } } }"))
