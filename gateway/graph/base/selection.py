"""Which fields a client selected, wherever it matters to what is asked of a service."""

from collections.abc import Iterable, Iterator
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    InlineFragmentNode,
    StringValueNode,
    VariableNode,
)


def selected_fields(info: GraphQLResolveInfo[Any]) -> frozenset[str]:
    """Names of the fields right below the one being resolved, through fragments."""
    return frozenset(node.name.value for node in selected_nodes(info))


def selected_nodes(info: GraphQLResolveInfo[Any]) -> Iterator[FieldNode]:
    """The fields right below the one being resolved, through fragments.

    @skip and @include are not looked at: a field that may be wanted counts as wanted.
    """
    return nodes_below(info, info.field_nodes)


def nodes_below(info: GraphQLResolveInfo[Any], nodes: Iterable[FieldNode]) -> Iterator[FieldNode]:
    """The fields right below some others, through fragments, as `selected_nodes`."""
    spread: set[str] = set()
    pending = [node.selection_set for node in nodes if node.selection_set]
    while pending:
        for selection in pending.pop().selections:
            if isinstance(selection, FieldNode):
                yield selection
            elif isinstance(selection, InlineFragmentNode):
                pending.append(selection.selection_set)
            elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in spread:
                spread.add(selection.name.value)
                pending.append(info.fragments[selection.name.value].selection_set)


def selects(info: GraphQLResolveInfo[Any], *names: str) -> bool:
    """Whether a field is selected below the one being resolved, by the names of the fields that lead to it."""
    nodes: Iterable[FieldNode] = info.field_nodes
    for name in names:
        nodes = [node for node in nodes_below(info, nodes) if node.name.value == name]
    return bool(nodes)


def string_argument(info: GraphQLResolveInfo[Any], node: FieldNode, name: str) -> str | None:
    """The text a field is given for an argument; None where it has none."""
    for argument in node.arguments or ():
        if argument.name.value == name:
            value = argument.value
            if isinstance(value, StringValueNode):
                return value.value
            if isinstance(value, VariableNode):
                given = info.variable_values.coerced.get(value.name.value)
                return given if isinstance(given, str) else None
    return None
