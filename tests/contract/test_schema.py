"""The public schema is a promise: what is committed is what is served."""

from pathlib import Path

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType, build_schema

from gateway.schema import LOADERS, schema

COMMITTED = Path(__file__).parents[2] / "gateway" / "schema.graphql"


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
