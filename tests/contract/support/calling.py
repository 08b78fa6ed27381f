"""What code of the gateway calls, read off the names in it."""

from collections.abc import Iterator, Mapping
from inspect import getmembers, isclass, isfunction, ismodule
from pkgutil import walk_packages
from sys import modules
from types import CodeType, FunctionType, ModuleType

from strawberry.types import has_object_definition

import gateway

Methods = Mapping[str, list[FunctionType]]


def names_of(code: CodeType) -> set[str]:
    """All global and attribute names that code reads, the functions inside it too."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names |= names_of(constant)
    return names


def methods_of(package: ModuleType) -> dict[str, list[FunctionType]]:
    """Methods of a package's plain classes, by name: an attribute may mean any of them."""
    methods: dict[str, list[FunctionType]] = {}
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        for _, kind in getmembers(modules.get(module.name), isclass):
            if kind.__module__ == module.name and not has_object_definition(kind):
                for name, method in getmembers(kind, isfunction):
                    methods.setdefault(name, []).append(method)
    return methods


def called_by(
    function: FunctionType, names: set[str], methods: Methods, ours: tuple[str, ...]
) -> Iterator[FunctionType]:
    """Functions that a function may call, of modules whose names begin with one of `ours`."""
    known = [function.__globals__[name] for name in names if name in function.__globals__]
    for value in known:
        if ismodule(value) and value.__name__.startswith(f"{gateway.__name__}."):
            found = [getattr(value, name, None) for name in names]
            yield from (item for item in found if isinstance(item, FunctionType))
        elif isinstance(value, FunctionType) and value.__module__.startswith(ours):
            yield value
        elif isinstance(value, dict):  # functions by name, one of which is called
            yield from (item for item in value.values() if isinstance(item, FunctionType))
    for name in names:
        yield from methods.get(name, ())
