"""Messages in the place of the GraphQL types that describe them, and Relay's Node."""

from typing import Any

import strawberry

from gateway.graph.base.ids import global_id


def as_graphql(message: Any) -> Any:
    """A protobuf message where its GraphQL type is declared, or the number of an enum where the enum is.

    Fields are read off the message by their names; the values of the enums here are the contract's numbers.
    """
    return message


def node_id(root: strawberry.Parent[Any]) -> strawberry.ID:
    """The global id of a message: its type is named as in the schema."""
    return strawberry.ID(global_id(type(root).__name__, root.id))


@strawberry.interface(description="An object with an id that is unique across all types.")
class Node:
    id: strawberry.ID = strawberry.field(
        description="Opaque global id; give it to `node` to read the object again."
    )
