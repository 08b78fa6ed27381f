"""Values that are read off what is at hand: for a selection of fields, a function made once for a document.

A reader gives what graphql-core would, or raises anything at all: then graphql-core is asked, and says what is wrong.
So it may only read. A field is readable that is an attribute of its object, whose resolver takes the object and
nothing else, or that declares `metadata=at_once(...)`.
"""

import math
from collections.abc import Callable, Mapping
from operator import attrgetter
from types import GeneratorType
from typing import Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    Undefined,
    is_leaf_type,
)
from graphql.pyutils import is_iterable
from graphql.type.scalars import GRAPHQL_MAX_INT, GRAPHQL_MIN_INT
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.schema_converter import GraphQLCoreConverter

from gateway.request.context import Context

Reader = Callable[[Any, Context], Any]
"""A value of the answer, of an object and the request."""
Complete = Reader
"""The same of a value that a field resolved to."""
_AT_ONCE: Final = "at_once"
UNREAD: Final = object()
"""In the place of a value that could not be read."""


class Unusual(Exception):
    """A value that a reader leaves to graphql-core."""


def at_once(read: Callable[[Any, Any], Any]) -> Mapping[str, Any]:
    """What a field may be read by without its resolver, given its object and the context; it may raise Unusual."""
    return {_AT_ONCE: read}


def tried(read: Reader, value: Any, context: Context) -> Any:
    """What a reader gives, or UNREAD: whoever asks has graphql-core find out what is wrong."""
    try:
        return read(value, context)
    except Exception:  # noqa: BLE001
        return UNREAD


def reader_of(field: GraphQLField) -> Reader | None:
    """What reads a field off its object; None where its resolver must run."""
    definition: Any = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if definition is None or definition.extensions:
        return None
    if _AT_ONCE in definition.metadata:
        read: Reader = definition.metadata[_AT_ONCE]
        return read
    if definition.is_basic_field:
        attribute = attrgetter(definition.python_name)
        return lambda source, _: attribute(source)
    return _reader_of_resolver(definition.base_resolver)


def _reader_of_resolver(resolver: Any) -> Reader | None:
    if resolver.is_async or resolver.arguments or resolver.info_parameter:
        return None
    named = resolver.parent_parameter or resolver.root_parameter
    if named is None and resolver.self_parameter is None:
        return None
    resolve: Callable[..., Any] = resolver.wrapped_func
    return lambda source, _: resolve(source)


def completes_leaf(kind: GraphQLLeafType) -> Complete:
    """What makes a value of a scalar or an enum out of what a field resolved to; never null."""
    coerce = kind.coerce_output_value
    match kind.name:
        case "String" | "ID":
            return lambda value, _: value if type(value) is str else _coerced(coerce, value)
        case "Boolean":
            return lambda value, _: value if type(value) is bool else _coerced(coerce, value)
        case "Float":
            return lambda value, _: (
                value if type(value) is float and math.isfinite(value) else _coerced(coerce, value)
            )
        case "Int":
            return lambda value, _: (
                value
                if type(value) is int and GRAPHQL_MIN_INT <= value <= GRAPHQL_MAX_INT
                else _coerced(coerce, value)
            )
        case _ if isinstance(kind, GraphQLEnumType):
            return _completes_enum(coerce)
        case _:
            return lambda value, _: _coerced(coerce, value)


def _completes_enum(coerce: Callable[[Any], Any]) -> Complete:
    """An enum's names by its numbers, each worked out once."""
    known: dict[int, Any] = {}

    def complete(value: Any, _: Context) -> Any:
        if type(value) is not int:
            return _coerced(coerce, value)
        name = known.get(value)
        if name is None:
            name = known[value] = _coerced(coerce, value)  # raises for what is no value of the enum
        return name

    return complete


def _coerced(coerce: Callable[[Any], Any], value: Any) -> Any:
    if value is None or value is Undefined or optimized_is_awaitable(value):
        raise Unusual
    coerced = coerce(value)
    if coerced is None or coerced is Undefined:
        raise Unusual
    return coerced


def nullable(complete: Complete) -> Complete:
    """The same where null is an answer."""
    return lambda value, context: None if value is None else complete(value, context)


def completes_list(complete: Complete) -> Complete:
    """Each of the items of a list."""

    def complete_list(values: Any, context: Context) -> list[Any]:
        if not is_iterable(values) or iter(values) is values:  # which can be read once
            raise Unusual
        return [complete(value, context) for value in values]

    return complete_list


def completes_object(kind: GraphQLObjectType, fields: Mapping[str, Reader]) -> Complete:
    """The fields of an object, by their names in the answer."""
    selected = tuple(fields.items())
    is_type_of: Callable[[Any, Any], Any] = kind.is_type_of or _is_an_object
    usual: set[type] = set()

    def complete(value: Any, context: Context) -> dict[str, Any]:
        if type(value) not in usual:
            _check_object(value)
            usual.add(type(value))
        if is_type_of(value, None) is not True:
            raise Unusual
        return {name: read(value, context) for name, read in selected}

    return complete


def _is_an_object(_value: Any, _info: Any) -> bool:
    return True


def _check_object(value: Any) -> None:
    """Unusual for what is no object to graphql-core, or not yet."""
    is_none = value is None or value is Undefined
    if is_none or isinstance(value, Exception | GeneratorType) or optimized_is_awaitable(value):
        raise Unusual


def reads(read: Reader, complete: Complete) -> Reader:
    """A field of an object, completed."""
    return lambda source, context: complete(read(source, context), context)


def constant(value: str) -> Reader:
    """The same for every object, as the name of its type."""
    return lambda _source, _context: value


def completes(
    kind: GraphQLOutputType, of_object: Callable[[GraphQLObjectType], Complete | None]
) -> Complete | None:
    """What makes a whole value of a type out of what a field resolved to; None where something of it must be resolved.

    `of_object` knows what is selected of an object type.
    """
    if isinstance(kind, GraphQLNonNull):
        return _completes_not_null(kind.of_type, of_object)
    complete = _completes_not_null(kind, of_object)
    return None if complete is None else nullable(complete)


def _completes_not_null(
    kind: Any, of_object: Callable[[GraphQLObjectType], Complete | None]
) -> Complete | None:
    if isinstance(kind, GraphQLList):
        item = completes(kind.of_type, of_object)
        return None if item is None else completes_list(item)
    if is_leaf_type(kind):
        return completes_leaf(kind)
    return of_object(kind) if isinstance(kind, GraphQLObjectType) else None
