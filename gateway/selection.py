"""Which fields a client selected, wherever it matters to what is asked of a service."""

from typing import Any

from graphql import FieldNode, FragmentSpreadNode, GraphQLResolveInfo, InlineFragmentNode


def selected_fields(info: GraphQLResolveInfo[Any]) -> frozenset[str]:
    """Names of the fields right below the one being resolved, through fragments.

    @skip and @include are not looked at: a field that may be wanted counts as wanted.
    """
    names: set[str] = set()
    spread: set[str] = set()
    pending = [node.selection_set for node in info.field_nodes if node.selection_set]
    while pending:
        for selection in pending.pop().selections:
            if isinstance(selection, FieldNode):
                names.add(selection.name.value)
            elif isinstance(selection, InlineFragmentNode):
                pending.append(selection.selection_set)
            elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in spread:
                spread.add(selection.name.value)
                pending.append(info.fragments[selection.name.value].selection_set)
    return frozenset(names)
