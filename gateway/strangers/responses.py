"""Which surveys an operation responds to, and how often: read from what was sent, before anything of it is coerced."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    VariableNode,
)

LONGEST_KEY = 64

Fragments = Mapping[str, FragmentDefinitionNode]


def count_by_survey(
    operation: OperationDefinitionNode, fragments: Fragments, variables: Mapping[str, Any]
) -> Counter[str]:
    """The items of a mutation by the survey they name; under "" those that name none, such as a correction.

    An item is what stands under `responses` of a field's `input`, or else that input itself.
    """
    counts = Counter[str]()
    values = _Values(operation, variables)
    for field in _root_fields(operation.selection_set, fragments):
        given = values.argument(field, "input")
        for item in values.items(given, "responses"):
            counts[_key(values.field(item, "survey"))] += 1
    return counts


def _root_fields(selected: SelectionSetNode, fragments: Fragments) -> Iterator[FieldNode]:
    """Fields with an argument, through fragments too, each looked at once."""
    seen: set[str] = set()
    waiting = [selected]
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FieldNode):
                if node.arguments:
                    yield node
            elif isinstance(node, InlineFragmentNode):
                waiting.append(node.selection_set)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                waiting.append(fragments[node.name.value].selection_set)


def _key(value: Any) -> str:
    """The key of a survey, as far as it can be one."""
    text = value.value if isinstance(value, StringValueNode) else value
    return text if isinstance(text, str) and len(text) <= LONGEST_KEY else ""


class _Values:
    """Finds values in literals and in raw variables alike."""

    def __init__(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> None:
        self.variables = variables
        self.defaults = {
            definition.variable.name.value: definition.default_value
            for definition in operation.variable_definitions or ()
        }

    def argument(self, field: FieldNode, name: str) -> Any:
        """An argument of a field; None where it is absent."""
        for argument in field.arguments or ():
            if argument.name.value == name:
                return self._resolved(argument.value)
        return None

    def field(self, value: Any, name: str) -> Any:
        """A field of an input object; None where it is absent, or the value is no object."""
        if isinstance(value, dict):
            return value.get(name)
        if isinstance(value, ObjectValueNode):
            for part in value.fields:
                if part.name.value == name:
                    return self._resolved(part.value)
        return None

    def items(self, value: Any, name: str) -> Sequence[Any]:
        """The items of a list in an input object; the object itself where it has no such field."""
        listed = self.field(value, name)
        if listed is None or isinstance(listed, NullValueNode):
            return (value,)
        if isinstance(listed, ListValueNode):
            return [self._resolved(item) for item in listed.values]
        return listed if isinstance(listed, list) else (listed,)

    def _resolved(self, node: Any) -> Any:
        if not isinstance(node, VariableNode):
            return node
        name = node.name.value
        return self.variables[name] if name in self.variables else self.defaults.get(name)
