"""What a document may look like, checked in one pass before it is validated.

Validation itself is quadratic in repeated fields, so a document that is too big in any of these ways is
refused first. How much it may read is in cost.py.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
)

from services.kit.errors import Invalid

TOKENS = 1_000
COMMENTS = 100
SOURCE_CHARACTERS = 100_000
DEPTH = 8  # selection sets inside one another; `edges` and introspection do not count
ALIASES = 15
REPEATS = 5  # of one field or fragment in one selection set
DIRECTIVES = 20
DIRECTIVES_HERE = 4  # on one field, fragment or operation
INTROSPECTIONS = 2  # __schema and __type fields
ERRORS = 5
LARGEST_LIST = 1_000
LIST_ITEMS: Mapping[str, int] = {"answers": 200, "choices": 200}
"""In variables, by the name a list stands under; others hold LARGEST_LIST."""
VARIABLE_DEPTH = 12

PARSING: Mapping[str, Any] = {
    "max_lexical_tokens": TOKENS,
    "max_comments": COMMENTS,
    "max_source_length": SOURCE_CHARACTERS,
}


@dataclass(slots=True)
class Shape:
    """Measures of one document."""

    fragments: dict[str, FragmentDefinitionNode]
    aliases: int = 0
    directives: int = 0
    directives_here: int = 0
    repeats: int = 0
    introspections: int = 0
    depths: dict[str, int] = field(default_factory=dict)  # of fragments; 0 while one is measured

    def definition(self, node: OperationDefinitionNode | FragmentDefinitionNode) -> int:
        """Count what a definition holds; returns how deep it is."""
        self._directives(node)
        return self._selections(node.selection_set)

    def _selections(self, selected: SelectionSetNode) -> int:
        repeated = Counter(_response_key(node) for node in selected.selections)
        self.repeats = max(self.repeats, *repeated.values()) if repeated else self.repeats
        return max(map(self._selection, selected.selections), default=0)

    def _selection(self, node: Node) -> int:
        self._directives(node)
        if isinstance(node, FieldNode):
            return self._field(node)
        if isinstance(node, InlineFragmentNode):
            return self._selections(node.selection_set)
        return self._spread(node) if isinstance(node, FragmentSpreadNode) else 0

    def _field(self, node: FieldNode) -> int:
        self.aliases += node.alias is not None
        introspection = node.name.value in ("__schema", "__type")
        self.introspections += introspection
        below = self._selections(node.selection_set) if node.selection_set else 0
        if introspection or node.selection_set is None:
            return 0
        return below if node.name.value == "edges" else below + 1

    def _spread(self, node: FragmentSpreadNode) -> int:
        name = node.name.value
        if name not in self.depths and name in self.fragments:
            self.depths[name] = 0  # a fragment inside itself: validation refuses it
            self.depths[name] = self.definition(self.fragments[name])
        return self.depths.get(name, 0)

    def _directives(self, node: Any) -> None:
        here = len(node.directives or ())
        self.directives += here
        self.directives_here = max(self.directives_here, here)


def _response_key(node: Any) -> str:
    if isinstance(node, FieldNode):
        return (node.alias or node.name).value
    return f"...{node.name.value}" if isinstance(node, FragmentSpreadNode) else "..."


def check_shape(document: DocumentNode) -> None:
    """Invalid for a document beyond a limit; says which, and what the limit is."""
    try:
        shape, depth = _measure(document)
    except RecursionError as error:
        raise _beyond("TOO_DEEP", "levels", DEPTH) from error
    for measured, limit, reason, what in (
        (depth, DEPTH, "TOO_DEEP", "levels"),
        (shape.aliases, ALIASES, "TOO_MANY_ALIASES", "aliases"),
        (shape.repeats, REPEATS, "TOO_MANY_REPEATS", "repetitions of a field"),
        (shape.directives, DIRECTIVES, "TOO_MANY_DIRECTIVES", "directives"),
        (shape.directives_here, DIRECTIVES_HERE, "TOO_MANY_DIRECTIVES", "directives in one place"),
        (shape.introspections, INTROSPECTIONS, "TOO_MUCH_INTROSPECTION", "introspections"),
    ):
        if measured > limit:
            raise _beyond(reason, what, limit)


def check_lists(variables: Mapping[str, Any]) -> int:
    """How many entries variables have; Invalid for longer lists, or deeper ones, than anything takes."""
    entries = 0
    level: list[tuple[str, Any]] = list(variables.items())
    for _ in range(VARIABLE_DEPTH):
        entries += len(level)
        below: list[tuple[str, Any]] = []
        for name, value in level:
            if isinstance(value, dict):
                below += value.items()
            elif isinstance(value, list):
                limit = LIST_ITEMS.get(name, LARGEST_LIST)
                if len(value) > limit:
                    raise Invalid(
                        f"`{name[:40]}` holds more than {limit:,} items: send fewer at once",
                        reason="TOO_MANY",
                    )
                below += [(name, item) for item in value]
        if not below:
            return entries
        level = below
    raise Invalid(f"the variables have more than {VARIABLE_DEPTH} levels", reason="TOO_DEEP")


def _measure(document: DocumentNode) -> tuple[Shape, int]:
    definitions = document.definitions
    fragments = [node for node in definitions if isinstance(node, FragmentDefinitionNode)]
    operations = [node for node in definitions if isinstance(node, OperationDefinitionNode)]
    shape = Shape({node.name.value: node for node in fragments})
    depth = max(map(shape.definition, operations), default=0)
    return shape, depth


def _beyond(reason: str, what: str, limit: int) -> Invalid:
    return Invalid(
        f"the document has more than {limit} {what}: ask for less at once", reason=reason
    )
