"""Which right every door needs, read off the code."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema
from strawberry.schema.schema_converter import GraphQLCoreConverter

import gateway
import services
from cxm.operate.v1 import operate_pb2
from gateway.request.prices import declared_price
from services.kit.rpc.needs import Need, need_of
from tests.contract.support.calling import called_by, methods_of, names_of

GENERATED = Path(operate_pb2.__file__).parents[3]
OURS = "gateway."
DEFINITION = GraphQLCoreConverter.DEFINITION_BACKREF
NO_FIELD = (
    "gateway.calls.grants",
    "gateway.calls.users",
    "gateway.calls.sessions",
    "gateway.calls.forms",
    "gateway.calls.ballots",
    "gateway.calls.visitors.",
    "gateway.respondents.",
    "gateway.visitors.",
)
"""They are asked who a token names before any field is resolved, or by pages of respondents and of sites, and never by
a field."""
OWN_TOKEN = {"Query.viewer"}
"""Fields of the root that tell the caller's own token, and ask nobody."""


class NoPolicy(Exception):
    """Something that can be asked for does not say who may ask."""


@dataclass(frozen=True, slots=True)
class Rpc:
    """An RPC, the class that answers it, and the right that it names there."""

    service: str
    name: str
    need: Need


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the schema that asks services, and the RPCs it may ask."""

    name: str
    rpcs: tuple[Rpc, ...]


def promised() -> Iterator[tuple[str, str, str]]:
    """Package, service and RPC of everything that proto/ promises."""
    for path in sorted(GENERATED.glob("cxm/*/v1/*_pb2.py")):
        module = importlib.import_module(
            ".".join(path.relative_to(GENERATED).with_suffix("").parts)
        )
        for service in module.DESCRIPTOR.services_by_name.values():
            for method in service.methods:
                yield module.__name__, service.name, method.name


@cache
def _import_all() -> None:
    for package in (services, gateway):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def servicer_classes(module: str, service: str) -> list[type]:
    """The classes under services/ that answer a gRPC service."""
    _import_all()
    generated = getattr(importlib.import_module(f"{module}_grpc"), f"{service}Servicer")
    return [c for c in generated.__subclasses__() if c.__module__.startswith("services.")]


@cache
def rpcs() -> Mapping[str, Rpc]:
    """Every RPC by its name; NoPolicy for one without a right, or for two of one name."""
    found: dict[str, Rpc] = {}
    for module, service, name in promised():
        for servicer in servicer_classes(module, service):
            need = need_of(getattr(servicer, name))
            if need is None or name in found:
                raise NoPolicy(f"{service}.{name} names no right, or there are two of this name")
            found[name] = Rpc(service, name, need)
    return found


@cache
def _methods() -> dict[str, list[FunctionType]]:
    _import_all()
    found = methods_of(gateway)
    return {
        name: [m for m in some if not m.__module__.startswith(NO_FIELD)]
        for name, some in found.items()
    }


def asked_by(function: FunctionType) -> tuple[Rpc, ...]:
    """The RPCs that a function may call, itself or by what it calls."""
    found: set[str] = set()
    seen: set[FunctionType] = set()
    waiting = [function]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        names = names_of(current.__code__)
        found |= names & rpcs().keys()
        ours = (OURS, function.__module__)
        waiting.extend(called_by(current, names - rpcs().keys(), _methods(), ours))
    return tuple(rpcs()[name] for name in sorted(found))


def fields(schema: GraphQLSchema) -> list[Field]:
    """Fields that ask services, those of the root first; NoPolicy for one of the root of which no right is known."""
    roots = [schema.query_type, schema.mutation_type, schema.subscription_type]
    found = [
        _root_field(f"{root.name}.{name}", field)
        for root in roots
        if root
        for name, field in root.fields.items()
    ]
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and kind not in roots:
            found += [
                Field(f"{kind.name}.{name}", asked_by(_resolver(field)))
                for name, field in kind.fields.items()
                if declared_price(field) is not None
            ]
    return found


def _root_field(name: str, field: Any) -> Field:
    asked = asked_by(_resolver(field))
    if not asked and name not in OWN_TOKEN:
        raise NoPolicy(f"{name} asks no RPC that names a right")
    return Field(name, asked)


def _resolver(field: Any) -> FunctionType:
    resolver: FunctionType = field.extensions[DEFINITION].base_resolver.wrapped_func
    return resolver


def files(kinds: Mapping[str, Any], verb: str) -> dict[str, Rpc]:
    """The RPC behind each kind of export or import; NoPolicy for a kind without one, or an RPC without a kind."""
    found = {}
    for kind, way in kinds.items():
        asked = asked_by(way.method)
        if len(asked) != 1:
            raise NoPolicy(f"{verb} of {kind} asks no RPC that names a right")
        found[kind] = asked[0]
    behind = {rpc.name for rpc in found.values()}
    missing = {name for name in rpcs() if name.startswith(verb)} - behind
    if missing:
        raise NoPolicy(f"no kind is behind {', '.join(sorted(missing))}")
    return found


def right(needs: Iterable[Need]) -> str:
    """Rights in words, each once."""
    words = (need.action.replace("_", " ") if need.action else "a token" for need in needs)
    return ", ".join(dict.fromkeys(words))
