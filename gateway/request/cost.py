"""How many values an operation may read: one for each field, times the lists it stands in.

Lists whose length only the answer tells (trend, breakdown) are charged to the request's budget when it comes.
"""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SchemaMetaFieldDef,
    SelectionSetNode,
    TypeMetaFieldDef,
    VariableNode,
    get_named_type,
    is_list_type,
)

from gateway.request.budget import CALL_COST, DEFAULT_PAGE, LARGEST_PAGE
from gateway.request.prices import FREE, Prices

PAGED = (
    "edges",
    "entries",
    "imports",
    "conflicts",
    "changes",
    "requests",
    "statements",
    "items",
    "members",
)
"""Lists that are as long as their page."""
LIST_SIZE = 10
"""Length assumed of other lists: ancestors, questions, definitions, buckets of a distribution."""

INTROSPECTED = 10
"""So many values of introspection count as one: no call is behind them, and the introspection of all tools must fit."""
META_FIELDS = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}

Composite = GraphQLObjectType | GraphQLInterfaceType


class Cost:
    """Counts the values of one operation; `variables` None: every page as big as it may be."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any] | None,
        prices: Prices,
    ) -> None:
        self.schema = schema
        self.fragments = fragments
        self.operation = operation
        self.variables = variables
        self.prices = prices
        self.root = schema.get_root_type(operation.operation)
        self.known: dict[tuple[str, int], float] = {}
        self.described: Mapping[str, float] | None = None  # lists of introspection

    def total(self) -> int:
        """All values of the operation; every root field is a call, in a fragment too."""
        if self.root is None:
            return 0
        return ceil(self._selections(self.operation.selection_set, self.root, 1))

    def _selections(self, selected: SelectionSetNode, parent: Composite, page: int) -> float:
        """`page` is the size of the connection the selection stands in."""
        total = 0.0
        for node in selected.selections:
            if isinstance(node, FieldNode):
                call = CALL_COST if parent is self.root else 0
                total += call + self._field(node, parent, page)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                narrowed = self._type(condition.name.value) if condition else parent
                total += self._selections(node.selection_set, narrowed or parent, page)
            elif isinstance(node, FragmentSpreadNode):
                total += self._spread(node.name.value, page)
        return total

    def _spread(self, name: str, page: int) -> float:
        if (name, page) not in self.known:
            fragment = self.fragments[name]
            parent = self._type(fragment.type_condition.name.value)
            self.known[name, page] = (
                self._selections(fragment.selection_set, parent, page) if parent else 0
            )
        return self.known[name, page]

    def _field(self, node: FieldNode, parent: Composite, page: int) -> float:
        name = node.name.value
        if name in META_FIELDS:
            return self._introspection(node)
        definition = parent.fields.get(name)
        if definition is None:  # __typename
            return 1
        price = self.prices.get((parent.name, name), FREE)
        own = 1 + CALL_COST * price.calls
        below = self._type(get_named_type(definition.type).name)
        if below is None or node.selection_set is None:
            return own
        page_below = self._page(node) if "first" in definition.args else 1
        if parent.name.startswith("__"):
            size: float = self._described(name)
        else:
            size = 1 if price.is_charged_later else _size(name, definition.type, page)
        return own + size * self._selections(node.selection_set, below, page_below)

    def _introspection(self, node: FieldNode) -> int:
        below = self._type(get_named_type(META_FIELDS[node.name.value].type).name)
        if below is None or node.selection_set is None:
            return 1
        return 1 + ceil(self._selections(node.selection_set, below, 1) / INTROSPECTED)

    def _described(self, name: str) -> float:
        if self.described is None:
            self.described = _described_sizes(self.schema)
        return self.described.get(name, 1)

    def _page(self, node: FieldNode) -> int:
        for argument in node.arguments or ():
            if argument.name.value == "first":
                return _clamped(self._value(argument.value))
        return DEFAULT_PAGE

    def _value(self, node: Any) -> Any:
        if isinstance(node, IntValueNode):
            return int(node.value)
        if not isinstance(node, VariableNode):
            return None
        if self.variables is None:
            return LARGEST_PAGE
        name = node.name.value
        if name in self.variables:
            return self.variables[name]
        for definition in self.operation.variable_definitions or ():
            if definition.variable.name.value == name and definition.default_value:
                return self._value(definition.default_value)
        return None

    def _type(self, name: str) -> Composite | None:
        found = self.schema.get_type(name)
        return found if isinstance(found, GraphQLObjectType | GraphQLInterfaceType) else None


def _size(name: str, kind: Any, page: int) -> int:
    """Length assumed of a field; 1 where it is no list. `page` is that of the connection it stands in."""
    nullable = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if not is_list_type(nullable):
        return 1
    return page if name in PAGED else LIST_SIZE


def _described_sizes(schema: GraphQLSchema) -> dict[str, float]:
    """Lengths of the lists of introspection: of the types all, of others the mean."""
    kinds = list(schema.type_map.values())
    fields = [field for kind in kinds for field in getattr(kind, "fields", {}).values()]
    return {
        "types": len(kinds),
        "directives": len(schema.directives),
        "fields": _mean(getattr(kind, "fields", ()) for kind in kinds),
        "inputFields": 1,
        "enumValues": _mean(getattr(kind, "values", ()) for kind in kinds),
        "args": _mean(getattr(field, "args", ()) for field in fields),
        "possibleTypes": 1,
        "interfaces": 1,
    }


def _mean(lists: Iterable[Any]) -> float:
    sizes = [len(items) for items in lists]
    return sum(sizes) / len(sizes)


def _clamped(first: Any) -> int:
    """A page's size; what is out of range is refused when the list is read."""
    if not isinstance(first, int):
        return DEFAULT_PAGE
    return min(max(first, 1), LARGEST_PAGE)
