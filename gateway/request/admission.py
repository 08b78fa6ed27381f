"""What a field of Query, Mutation or Subscription asks of a request: declared where the field is, as `metadata`.

A field that declares nothing needs a token and takes no large body. `strawberry.field(metadata=NO_TOKEN)` says
otherwise; both are `metadata={**NO_TOKEN, **LARGE_BODY}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import GraphQLObjectType
from strawberry.schema.schema_converter import GraphQLCoreConverter

_NEEDS_NO_TOKEN: Final = "needs_no_token"
_TAKES_LARGE_BODIES: Final = "takes_large_bodies"

NO_TOKEN: Final[Mapping[str, bool]] = {_NEEDS_NO_TOKEN: True}
"""Answered without a bearer token too."""
LARGE_BODY: Final[Mapping[str, bool]] = {_TAKES_LARGE_BODIES: True}
"""Its list may fill a large body, and it has more time than others."""


@dataclass(frozen=True, slots=True)
class Admission:
    """What a field asks of a request."""

    needs_token: bool
    takes_large_bodies: bool


OF_INTROSPECTION: Final = Admission(needs_token=False, takes_large_bodies=False)


def admission_of(root: GraphQLObjectType, name: str) -> Admission:
    """What a field of Query, Mutation or Subscription declares; `__typename` and its like declare nothing."""
    if name.startswith("__"):
        return OF_INTROSPECTION
    definition: Any = root.fields[name].extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
    return Admission(
        needs_token=not definition.metadata.get(_NEEDS_NO_TOKEN, False),
        takes_large_bodies=definition.metadata.get(_TAKES_LARGE_BODIES, False),
    )
