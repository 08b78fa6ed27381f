"""An executor that reads what it can at once, and leaves everything else to graphql-core, which it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from graphql import (
    Executor,
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
)
from graphql.execution.collect_fields import CollectedFields, FieldDetailsList, GroupedFieldSet
from graphql.pyutils import Path, Undefined

from gateway.request.compiled.readers import (
    UNREAD,
    Complete,
    Reader,
    completes,
    completes_object,
    constant,
    reader_of,
    reads,
    tried,
)
from gateway.request.context import Context

MOST_VARIANTS: Final = 8
"""Of one operation: what @skip and @include leave of it, for the values of their variables."""


@dataclass(slots=True)
class Compiled:
    """What executions of one operation share. `subfields` is graphql-core's own: it holds the keys of the others."""

    root: GroupedFieldSet | None = None
    subfields: dict[tuple[GraphQLObjectType, int], tuple[FieldDetailsList, CollectedFields]] = (
        field(default_factory=dict)
    )
    readers: dict[tuple[str, int], Mapping[str, Reader]] = field(default_factory=dict)
    """Of the fields of a selection that are read at once, by the name of the object's type and the selection."""
    values: dict[tuple[GraphQLOutputType, int], Complete | None] = field(default_factory=dict)
    """Of what a field resolved to, by its type and what is selected of it."""


class CompiledExecutor(Executor[Context]):
    """Executes as graphql-core does, and faster what is only read."""

    compiled: Compiled

    def share(self, compiled: Compiled) -> None:
        """Use what earlier executions of the same operation found."""
        self.compiled = compiled
        self._relevant_sub_fields = compiled.subfields

    def execute_root_grouped_field_set(
        self,
        root_type: GraphQLObjectType,
        root_value: Any,
        grouped_field_set: GroupedFieldSet,
        serially: bool,
        position_context: Any,
    ) -> Any:
        if self.compiled.root is None:
            self.compiled.root = grouped_field_set
        return super().execute_root_grouped_field_set(
            root_type, root_value, self.compiled.root, serially, position_context
        )

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: GroupedFieldSet,
        position_context: Any,
    ) -> Any:
        """The fields that are read at once, and beside them those that graphql-core executes, in their order."""
        readers = self._readers(parent_type, grouped_field_set)
        found, rest = {}, {}
        for name, details in grouped_field_set.items():
            read = readers.get(name)
            found[name] = UNREAD if read is None else tried(read, source_value, self.context_value)
            if found[name] is UNREAD:
                rest[name] = details
        if not rest:
            return found
        executed = super().execute_fields(parent_type, source_value, path, rest, position_context)
        if isinstance(executed, dict):
            return _merged(found, executed, rest)
        return _awaited(found, executed, rest)

    def complete_value(
        self,
        return_type: GraphQLOutputType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        complete = self._complete(return_type, field_details_list)
        if complete is not None and not isinstance(result, Exception):
            completed = tried(complete, result, self.context_value)
            if completed is not UNREAD:
                return completed
        return super().complete_value(
            return_type, field_details_list, info, path, result, position_context
        )

    def _readers(
        self, parent_type: GraphQLObjectType, grouped_field_set: GroupedFieldSet
    ) -> Mapping[str, Reader]:
        key = (parent_type.name, id(grouped_field_set))
        readers = self.compiled.readers.get(key)
        if readers is None:
            readers = self.compiled.readers[key] = {
                name: read
                for name, details in grouped_field_set.items()
                if (read := self._reader(parent_type, details)) is not None
            }
        return readers

    def _reader(self, parent_type: GraphQLObjectType, details: FieldDetailsList) -> Reader | None:
        name = details[0].node.name.value
        if name == "__typename":
            return constant(parent_type.name)
        field_def = self.schema.get_field(parent_type, name)
        if field_def is None:
            return None
        return self._reader_of_field(field_def, details)

    def _reader_of_field(self, field_def: GraphQLField, details: FieldDetailsList) -> Reader | None:
        if field_def.args or details[0].node.arguments:
            return None
        read = reader_of(field_def)
        if read is None:
            return None
        complete = self._complete(field_def.type, details)
        return None if complete is None else reads(read, complete)

    def _complete(
        self, return_type: GraphQLOutputType, details: FieldDetailsList
    ) -> Complete | None:
        key = (return_type, id(details))
        known = self.compiled.values
        if key not in known:
            known[key] = completes(return_type, partial(self._complete_object, details))
        return known[key]

    def _complete_object(
        self, details: FieldDetailsList, kind: GraphQLObjectType
    ) -> Complete | None:
        """What is selected of an object, where all of it is read at once."""
        collected = self.collect_subfields(kind, details)
        selected = collected.grouped_field_set
        readers = self._readers(kind, selected)
        if collected.new_defer_usages or len(readers) < len(selected):
            return None
        return completes_object(kind, readers)


def _merged(
    found: dict[str, Any], executed: dict[str, Any], asked: Mapping[str, Any]
) -> dict[str, Any]:
    """What was read and what was executed, in the order of the selection; a field that is none is left out."""
    for name in asked:
        value = executed.get(name, Undefined)
        if value is Undefined:
            del found[name]
        else:
            found[name] = value
    return found


async def _awaited(
    found: dict[str, Any], executing: Any, asked: Mapping[str, Any]
) -> dict[str, Any]:
    return _merged(found, await executing, asked)
