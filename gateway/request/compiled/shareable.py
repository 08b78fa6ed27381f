"""Whether an answer is the same for all who have the same rights: then it may be kept (live/kept.py).

A field says so where it is declared, with `metadata=SHAREABLE`. Without a word a field is shareable that asks nothing
of a service and is told nothing about the request, as its resolver takes no `info`; `UNSHAREABLE` says that it is not.
"""

from collections.abc import Mapping
from typing import Any, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
)
from strawberry.schema.schema_converter import GraphQLCoreConverter

from gateway.request.prices import declared_price

_KEY: Final = "shareable"
SHAREABLE: Final[Mapping[str, bool]] = {_KEY: True}
"""What it reads is announced when it changes: scores of the departments in `Context.departments`, or the directory."""
UNSHAREABLE: Final[Mapping[str, bool]] = {_KEY: False}
"""It depends on who asks, or on more than is announced."""
CURSOR: Final = "after"
"""An argument with a cursor, which is of one viewer."""


def is_shareable(
    schema: GraphQLSchema,
    fragments: Mapping[str, FragmentDefinitionNode],
    operation: OperationDefinitionNode,
) -> bool:
    """Whether the answers of an operation are."""
    root = schema.query_type
    if operation.operation is not OperationType.QUERY or root is None:
        return False
    seen: set[str] = set()
    waiting: list[tuple[Any, SelectionSetNode]] = [(root, operation.selection_set)]
    while waiting:
        kind, selected = waiting.pop()
        for node in selected.selections:
            if isinstance(node, FieldNode):
                of = _type_below(schema, kind, node)
                if of is None:
                    return False
                below = node.selection_set
            elif isinstance(node, FragmentSpreadNode):
                if (
                    node.name.value in seen
                ):  # fragments of fragments are many: each is looked at once
                    continue
                seen.add(node.name.value)
                fragment = fragments[node.name.value]
                of, below = (
                    schema.type_map[fragment.type_condition.name.value],
                    fragment.selection_set,
                )
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                of = kind if condition is None else schema.type_map[condition.name.value]
                below = node.selection_set
            if below is not None:
                waiting.append((of, below))
    return True


def _type_below(schema: GraphQLSchema, kind: Any, node: FieldNode) -> Any:
    """The type that a field which is shareable has, or the type itself for its name; None for any other field."""
    name = node.name.value
    if name == "__typename":
        return kind
    if not isinstance(kind, GraphQLObjectType) or name not in kind.fields or _has_cursor(node):
        return None
    given = kind.fields[name]
    is_root = kind is schema.query_type
    return get_named_type(given.type) if is_field_shareable(given, is_root=is_root) else None


def is_field_shareable(given: GraphQLField, *, is_root: bool) -> bool:
    """Whether a field is, as it is declared; `is_root`: of Query."""
    definition: Any = given.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if definition is None:
        return False
    declared: bool | None = definition.metadata.get(_KEY)
    if declared is not None:
        return declared
    resolver = definition.base_resolver
    asks = is_root or declared_price(given) is not None
    return not asks and (resolver is None or resolver.info_parameter is None)


def _has_cursor(node: FieldNode) -> bool:
    return any(argument.name.value == CURSOR for argument in node.arguments or ())
