"""The public schema is a promise: what is committed is what is served."""

import re
from pathlib import Path

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
    is_non_null_type,
)

from gateway.schema import LOADERS, schema

COMMITTED = Path(__file__).parents[2] / "gateway" / "schema.graphql"
NULL = re.compile(r"\bnull\b", re.IGNORECASE)
UNIT = re.compile(
    r"\bunits?\b|\b\d(\.\d+)? to \d|\bat most 1\b|\bsmallest correlation\b|\bseconds\b|\bstandard deviations\b",
    re.IGNORECASE,
)
"""A unit, or a range that a number without one lies in."""
SILENT = '''
"""."""
type Query {
  """The mean."""
  mean: Float
  """A share, 0 to 1; null without answers."""
  share: Float
  """In metric.unit."""
  points: Float!
}'''


def test_schema_is_the_one_frontend_teams_build_against() -> None:
    assert schema.as_str() + "\n" == COMMITTED.read_text(), (
        "run `python -m gateway.schema > gateway/schema.graphql` and have the difference reviewed"
    )


def test_every_object_with_a_global_id_can_be_read_by_it() -> None:
    kinds = schema._schema.type_map.values()
    nodes = {
        kind.name
        for kind in kinds
        if isinstance(kind, GraphQLObjectType) and "Node" in [i.name for i in kind.interfaces]
    }

    assert nodes == set(LOADERS)


def test_every_public_name_says_what_it_means() -> None:
    silent = []
    for name, kind in build_schema(COMMITTED.read_text()).type_map.items():
        if name.startswith("__"):
            continue
        if not kind.description:
            silent.append(name)
        if isinstance(kind, GraphQLObjectType | GraphQLInputObjectType):
            silent += [
                f"{name}.{part}" for part, field in kind.fields.items() if not field.description
            ]
        if isinstance(kind, GraphQLEnumType):
            silent += [
                f"{name}.{part}" for part, value in kind.values.items() if not value.description
            ]

    assert silent == []


def unsaid(described: GraphQLSchema) -> list[str]:
    """Fields that may be null and do not say when, and numbers with decimals that say neither unit nor range."""
    found = []
    for name, kind in described.type_map.items():
        if name.startswith("__") or not isinstance(
            kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType
        ):
            continue
        for part, field in kind.fields.items():
            said = field.description or ""
            is_read = not isinstance(kind, GraphQLInputObjectType)
            if is_read and not is_non_null_type(field.type) and not NULL.search(said):
                found.append(f"{name}.{part}: null")
            if get_named_type(field.type).name == "Float" and not UNIT.search(said):
                found.append(f"{name}.{part}: unit")
    return found


def test_what_may_be_null_says_when_and_numbers_say_their_unit() -> None:
    assert unsaid(build_schema(COMMITTED.read_text())) == []


def test_a_description_that_does_not_is_found() -> None:
    assert unsaid(build_schema(SILENT)) == ["Query.mean: null", "Query.mean: unit"]
