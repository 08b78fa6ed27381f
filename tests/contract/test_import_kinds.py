"""Every kind of import that a noun declares has an owner at the gateway and a name on the command line."""

import importlib
import pkgutil

import services
from gateway.calls.imports import OWNERS
from infra.cli.importing.command import Kind
from services.kit.imports.mapping import ImportKind


def declared() -> dict[str, str]:
    """The service that declares a kind of import, by the kind."""
    kinds = {}
    for module in pkgutil.walk_packages(services.__path__, "services."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, ImportKind):
                kinds[value.name] = module.name.split(".")[1]
    return kinds


def test_every_kind_has_an_owner_at_the_gateway() -> None:
    assert {kind: owner.service for kind, owner in OWNERS.items()} == declared()


def test_the_command_line_names_every_kind() -> None:
    assert {kind.value for kind in Kind} == set(declared())


def test_kinds_are_found_at_all() -> None:
    assert declared()["employees"] == "employee_exp"
