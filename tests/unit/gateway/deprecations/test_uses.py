"""What of a document is to go is found: in its text, its fragments, and the values of its variables."""

from typing import Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    parse,
)

from gateway.deprecations.uses import NOTHING, Deprecations, Uses
from gateway.schema import schema
from tests.support.deprecations import in_graphql

GOES = '@deprecated(reason: "Goes with 9.0.0, removed after 2099-12-31.")'
SDL = f"""
enum Side {{ LEFT RIGHT {GOES} }}
input Choice {{ side: Side, old: Int {GOES}, inner: [Choice!] }}
interface Named {{ name: String, title: String {GOES} }}
type Thing implements Named {{ name: String, title: String {GOES}, kept: Int, gone(by: Int {GOES}): Int }}
type Query {{ thing(side: Side, choice: Choice): Thing, named: Named, count: Int {GOES} }}
"""


def used(text: str, sdl: GraphQLSchema | None = None, name: str = "") -> Uses:
    document = parse(text)
    fragments = {
        part.name.value: part
        for part in document.definitions
        if isinstance(part, FragmentDefinitionNode)
    }
    (operation,) = (
        part
        for part in document.definitions
        if isinstance(part, OperationDefinitionNode)
        and (not name or (part.name and part.name.value == name))
    )
    return Deprecations(sdl or build_schema(SDL)).used_by(operation, fragments)


def parts(text: str, name: str = "", **variables: Any) -> set[str]:
    return set(used(text, name=name).of(variables))


def test_what_stays_is_not_counted() -> None:
    assert used("{ thing(side: LEFT, choice: {side: LEFT}) { name kept gone } }") == NOTHING


def test_fields_arguments_inputs_and_values_in_the_text() -> None:
    assert parts("{ count thing { gone(by: 1) } }") == {"Query.count", "Thing.gone(by:)"}
    assert parts("{ thing(side: RIGHT) { name } }") == {"Side.RIGHT"}
    assert parts("{ thing(choice: {inner: [{old: 1}]}) { name } }") == {"Choice.old"}
    assert parts("{ named { title ... on Thing { title } } }") == {"Named.title", "Thing.title"}


def test_fragments_are_looked_into_once_those_of_another_operation_not() -> None:
    text = """query A { named { ...F } } query B { thing { name } }
      fragment F on Named { title ...G } fragment G on Named { ... on Thing { gone(by: 2) } }"""

    assert parts(text, name="A") == {"Named.title", "Thing.gone(by:)"}
    assert parts(text, name="B") == set()


def test_values_of_variables_are_looked_into() -> None:
    text = "query ($choice: Choice, $side: Side) { thing(choice: $choice, side: $side) { name } }"

    assert parts(text, choice={"side": "LEFT", "inner": [{"inner": {"old": 1}}]}) == {"Choice.old"}
    assert parts(text, choice={"inner": [{"side": "RIGHT"}]}, side="RIGHT") == {"Side.RIGHT"}
    assert parts(text, choice={"side": "LEFT"}, side="LEFT") == set()


def test_values_that_do_not_fit_are_no_fault() -> None:
    text = "query ($choice: Choice) { thing(choice: $choice) { name } }"

    assert parts(text, choice=3) == parts(text, choice={"inner": 5, "side": []}) == set()


def test_every_kind_of_part_that_the_contract_looks_at_is_found() -> None:
    text = """query ($choice: Choice) { count named { title } thing(choice: $choice, side: RIGHT) {
      title gone(by: 1) } }"""

    assert parts(text, choice={"old": 1}) == {one.place for one in in_graphql(SDL)}


def test_documents_cost_nothing_while_nothing_is_to_go() -> None:
    deprecations = Deprecations(schema._schema)

    assert deprecations.is_empty == (not list(in_graphql(schema.as_str())))
