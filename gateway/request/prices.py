"""What a field costs beside the values it reads: declared where the field is, as `metadata` of strawberry.field.

Every field of Query, Mutation and Subscription counts as a call and declares nothing; every other field that asks a
service declares a price, or a contract test fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import GraphQLField, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema
from strawberry.schema.schema_converter import GraphQLCoreConverter


@dataclass(frozen=True, slots=True)
class Price:
    """Calls to a service for each object the field stands on; whether its list is charged when the answer comes."""

    calls: int = 0
    is_charged_later: bool = False


FREE: Final = Price()
_KEY: Final = "price"

SHARED_CALL: Final[Mapping[str, Price]] = {_KEY: Price()}
"""One call for all objects of the request, by a loader."""
OWN_CALL: Final[Mapping[str, Price]] = {_KEY: Price(calls=1)}
"""A call for each object it stands on."""
GROWING_CALL: Final[Mapping[str, Price]] = {_KEY: Price(calls=1, is_charged_later=True)}
"""A call for each object; how long its list is only the answer tells, and Budget.spend charges for it then."""

Prices = Mapping[tuple[str, str], Price]
"""By type and field."""


def declared_price(field: GraphQLField) -> Price | None:
    """The price a field declares; None: it declares none."""
    definition: Any = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    return definition.metadata.get(_KEY) if definition is not None else None


def prices_of(schema: GraphQLSchema) -> Prices:
    """All prices that fields of a schema declare."""
    return {
        (kind.name, name): price
        for kind in schema.type_map.values()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        for name, field in kind.fields.items()
        if (price := declared_price(field)) is not None
    }
