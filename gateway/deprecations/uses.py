"""What a document uses that is to go: fields, arguments, fields of inputs and values of enums."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    ArgumentNode,
    EnumValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLType,
    Node,
    ObjectFieldNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_input_type,
    type_from_ast,
    visit,
)


@dataclass(frozen=True, slots=True)
class Uses:
    """Of one operation. `parts`: what its text names, as `Type.field`, `Type.field(argument:)`, `Enum.VALUE`.

    `variables`: those whose values may hold more, with their types.
    """

    parts: frozenset[str] = frozenset()
    variables: tuple[tuple[str, GraphQLType], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts or self.variables)

    def of(self, variables: Mapping[str, Any]) -> frozenset[str]:
        """With what the values of its variables hold."""
        held = (
            part
            for name, kind in self.variables
            if name in variables
            for part in _held(kind, variables[name])
        )
        return self.parts.union(held)


NOTHING: Final = Uses()


class Deprecations:
    """What is deprecated in a schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        kinds = list(schema.type_map.values())
        self.is_empty = not any(map(_has_deprecated_part, kinds))
        self.inputs = _holding(kind for kind in kinds if is_input_type(kind))

    def used_by(
        self, node: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
    ) -> Uses:
        """What an operation uses, through its fragments too, each looked at once."""
        if self.is_empty:
            return NOTHING
        info = TypeInfo(self.schema)
        finder = _Finder(info)
        nodes: list[Node] = [node]
        for each in nodes:
            visit(each, TypeInfoVisitor(info, finder))
            nodes += [fragments[name] for name in finder.new_fragments()]
        return Uses(frozenset(finder.parts), tuple(self._variables(node)))

    def _variables(self, node: OperationDefinitionNode) -> Iterator[tuple[str, GraphQLType]]:
        for variable in node.variable_definitions or ():
            kind = type_from_ast(self.schema, variable.type)
            if kind is not None and get_named_type(kind).name in self.inputs:
                yield variable.variable.name.value, kind


class _Finder(Visitor):
    """Collects deprecated parts, and the fragments that are spread."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self.info = info
        self.parts: set[str] = set()
        self.spread: set[str] = set()
        self.seen: set[str] = set()

    def new_fragments(self) -> list[str]:
        """Spread, and not asked for before."""
        found = sorted(self.spread - self.seen)
        self.seen |= self.spread
        return found

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        self.spread.add(node.name.value)

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        field, parent = self.info.get_field_def(), self.info.get_parent_type()
        if field is not None and parent is not None and field.deprecation_reason:
            self.parts.add(f"{parent.name}.{node.name.value}")

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        argument, parent = self.info.get_argument(), self.info.get_parent_type()
        field = self.info.get_field_def()
        if (
            argument is not None
            and argument.deprecation_reason
            and isinstance(parent, GraphQLObjectType | GraphQLInterfaceType)
        ):
            (name,) = (name for name, each in parent.fields.items() if each is field)
            self.parts.add(f"{parent.name}.{name}({node.name.value}:)")

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        kind = get_named_type(self.info.get_parent_input_type())
        if isinstance(kind, GraphQLInputObjectType):
            field = kind.fields.get(node.name.value)
            if field is not None and field.deprecation_reason:
                self.parts.add(f"{kind.name}.{node.name.value}")

    def enter_enum_value(self, node: EnumValueNode, *_: Any) -> None:
        value, kind = self.info.get_enum_value(), get_named_type(self.info.get_input_type())
        if value is not None and kind is not None and value.deprecation_reason:
            self.parts.add(f"{kind.name}.{node.value}")


def _has_deprecated_part(kind: GraphQLType) -> bool:
    if isinstance(kind, GraphQLEnumType):
        return any(value.deprecation_reason for value in kind.values.values())
    if isinstance(kind, GraphQLInputObjectType):
        return any(field.deprecation_reason for field in kind.fields.values())
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and kind.name[:2] != "__":
        return any(
            field.deprecation_reason
            or any(argument.deprecation_reason for argument in field.args.values())
            for field in kind.fields.values()
        )
    return False


def _holding(kinds: Iterable[GraphQLType]) -> frozenset[str]:
    """Names of types of inputs that have deprecated parts, or hold a type that has some."""
    named = {get_named_type(kind).name: kind for kind in kinds}
    found = {name for name, kind in named.items() if _has_deprecated_part(kind)}
    inputs = {n: kind for n, kind in named.items() if isinstance(kind, GraphQLInputObjectType)}
    while more := {
        name
        for name, kind in inputs.items()
        if name not in found
        and any(get_named_type(field.type).name in found for field in kind.fields.values())
    }:
        found |= more
    return frozenset(found)


def _held(kind: GraphQLType, value: Any) -> Iterator[str]:
    """Deprecated parts in a value as it was sent, which may not fit its type."""
    if isinstance(kind, GraphQLNonNull):
        yield from _held(kind.of_type, value)
    elif isinstance(kind, GraphQLList):
        for each in value if isinstance(value, list) else [value]:
            yield from _held(kind.of_type, each)
    elif isinstance(kind, GraphQLEnumType):
        if (
            isinstance(value, str)
            and value in kind.values
            and kind.values[value].deprecation_reason
        ):
            yield f"{kind.name}.{value}"
    elif isinstance(kind, GraphQLInputObjectType) and isinstance(value, dict):
        for name, field in kind.fields.items():
            if name in value:
                if field.deprecation_reason:
                    yield f"{kind.name}.{name}"
                yield from _held(field.type, value[name])
