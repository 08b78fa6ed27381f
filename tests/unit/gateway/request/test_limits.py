"""Documents that would cost too much are refused, and quickly."""

import time

import pytest
from graphql import GraphQLObjectType, get_introspection_query, get_named_type

from gateway.request import limits
from gateway.request.budget import CALL_COST, LARGEST_COST
from gateway.request.cost import PAGED
from gateway.request.documents import Document, Documents, Refused
from gateway.schema import schema
from tests.support.processor import allowed
from tests.unit.gateway.support.running import Platform

CPU_SECONDS = 0.25
PAGES = "departments(first: %d) { edges { node { %s } } }"
CHILDREN = "children(first: %d) { edges { node { %s } } }"
FRAGMENTS = "".join(
    f"fragment f{i} on Department {{ a{i}: parent {{ ...f{i + 1} }} parent {{ ...f{i + 1} }} }} "
    for i in range(7)
)
FIVEFOLD = "".join(f"fragment r{i} on Query {{ {f'...r{i + 1} ' * 5}}} " for i in range(55))
ATTACKS = {
    "fivefold fragments": "{ ...r0 } " + FIVEFOLD + "fragment r55 on Query { __typename }",
    "aliases": "{" + " ".join(f"a{i}: __typename" for i in range(16)) + "}",
    "deep": "{ organization" + " { parent" * 8 + " { key }" + " }" * 9,
    "deep through fragments": "{ organization { ...a } } "
    "fragment a on Department { parent { parent { parent { ...b } } } } "
    "fragment b on Department { parent { parent { parent { parent { parent { key } } } } } }",
    "repeated field": "{" + "viewer { subject } " * 6 + "}",
    "repeated leaf": "{ viewer {" + "subject " * 900 + "} }",
    "repeated fragment": "{ viewer { " + "...v " * 6 + "} } fragment v on Viewer { subject }",
    "directives in one place": "{ viewer { subject " + "@skip(if: false) " * 5 + "} }",
    "unknown directives": "{ __typename " + "@a" * 400 + "}",
    "directives": "{" + " viewer { subject @skip(if: false) @include(if: true) }" * 5
    + " organization { key @skip(if: false) @include(if: true) }" * 5
    + " metricDefinitions { key @skip(if: false) @include(if: true) } }",
    "tokens": "{" + " __typename" * 1_000 + "}",
    "nested braces": "{ organization " * 400 + "{ key }" + " }" * 400,
    "comments": "#\n" * 200 + "{ __typename }",
    "characters": "{ __typename }" + " " * 100_001,
    "introspections": "{" + " ".join(f"s{i}: __schema {{ description }}" for i in range(3)) + "}",
    "16k leaves": "{" + PAGES % (100, CHILDREN % (100, "key")) + "}",
    "16k leaves by default": "{ departments { edges { node { children { edges { node { children { "
    "edges { node { key } } } } } } } } } }",
    "leaves times leaves": "{" + PAGES % (20, CHILDREN % (20, CHILDREN % (20, "key"))) + "}",
    "calls": "{" + PAGES % (100, "children(first: 1) { totalCount } touchpoints { totalCount } "
    "scorecard(period: {from: \"2026-01-01\", to: \"2026-02-01\"}) { nps { "
    "trend(interval: MONTH) { value } breakdown(by: TOUCHPOINT) { key } } }") + "}",
    "fragment cycle": "{ organization { ...a } } fragment a on Department { ...b } "
    "fragment b on Department { ...a }",
    "introspection lists": "{ __schema { types { fields { type { fields { type { fields { name } "
    "} } } } } } }",
}  # fmt: skip
HARMLESS = {
    "doubling": "{ organization { ...f0 } } " + FRAGMENTS + "fragment f7 on Department { key }",
    "many fragments": "{ viewer {"
    + " ".join(f"...f{i}" for i in range(90))
    + "} } "
    + " ".join(f"fragment f{i} on Viewer {{ subject }}" for i in range(90)),
}  # fmt: skip


@pytest.fixture
def documents() -> Documents:
    return Documents(schema._schema)


def take(documents: Documents, query: str) -> Document:
    document = documents.get(query)
    documents.cost(document, document.operation(None), {})
    return document


def least_cost(query: str) -> tuple[Refused | None, float]:
    """What a document is refused with, and its CPU seconds: the least of at most three, for others share the caches."""
    spent: list[float] = []
    refused = None
    while len(spent) < 3 and min(spent, default=CPU_SECONDS) >= CPU_SECONDS:
        documents = Documents(schema._schema)  # it remembers no document
        started = time.process_time()
        try:
            take(documents, query)
        except Refused as error:
            refused = error
        spent.append(time.process_time() - started)
    return refused, min(spent)


@pytest.mark.parametrize("query", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_refused_within_a_quarter_of_a_second(query: str) -> None:
    refused, spent = least_cost(query)

    assert refused
    assert spent < allowed(CPU_SECONDS)
    assert len(refused.errors) <= limits.ERRORS


@pytest.mark.parametrize("query", HARMLESS.values(), ids=HARMLESS)
def test_an_odd_document_costs_no_more_than_an_attack(query: str) -> None:
    refused, spent = least_cost(query)

    assert refused is None
    assert spent < allowed(CPU_SECONDS)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("aliases", "TOO_MANY_ALIASES"),
        ("deep", "TOO_DEEP"),
        ("deep through fragments", "TOO_DEEP"),
        ("repeated field", "TOO_MANY_REPEATS"),
        ("directives in one place", "TOO_MANY_DIRECTIVES"),
        ("introspections", "TOO_MUCH_INTROSPECTION"),
        ("16k leaves", "TOO_COSTLY"),
        ("calls", "TOO_COSTLY"),
    ],
)
def test_a_refusal_names_its_reason(documents: Documents, query: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        take(documents, ATTACKS[query])

    assert refused.value.reason == reason


def test_many_errors_are_cut_to_five(documents: Documents) -> None:
    with pytest.raises(Refused) as refused:
        documents.get("{" + " ".join(f"f{i}" for i in range(50)) + "}")

    assert len(refused.value.errors) == 5


@pytest.mark.parametrize(
    "query",
    [
        "{ organisation { key } }",
        '{ department(kee: "a") { key } }',
        "{ ... on Departmen { key } }",
        '{ organization { scorecard(period: {form: "2026-01-01"}) { nps { value } } } }',
    ],
)
def test_no_suggestions_are_given(documents: Documents, query: str) -> None:
    with pytest.raises(Refused) as refused:
        documents.get(query)

    assert not any("Did you mean" in error.message for error in refused.value.errors)


SCORE = "value base status interval { low high }"
SCREENS = {
    "introspection": get_introspection_query(),
    "scorecards of children": "{ organization { key "
    'scorecard(period: {from: "2026-01-01", to: "2026-02-01"}) { nps { %s } } '
    "children(first: 100) { edges { node { key name "
    'scorecard(period: {from: "2026-01-01", to: "2026-02-01"}) '
    "{ nps { %s } csat { %s } turnoverRate { %s } } } } } } }" % ((SCORE,) * 4),
    "sparklines of 50 children": "{ organization { children(first: 50) { edges { node { key "
    'scorecard(period: {from: "2026-01-01", to: "2026-02-01"}) '
    "{ nps { value trend(interval: MONTH) { from value } } } } } } } }",
    "tree of three levels": "{ organization { " + CHILDREN % (20, "key name " + CHILDREN % (20, "key"))
    + " } }",
    "breakdown in a child's score": "{ organization { children(first: 20) { edges { node { "
    'scorecard(period: {from: "2026-01-01", to: "2026-02-01"}) { nps { '
    "breakdown(by: CHILD_DEPARTMENT) { key score { interval { low } } } } } } } } } }",
}  # fmt: skip


@pytest.mark.parametrize("query", SCREENS.values(), ids=SCREENS)
def test_the_queries_of_screens_are_taken(documents: Documents, query: str) -> None:
    assert take(documents, query)


def test_a_page_size_in_a_variable_counts_as_it_is(documents: Documents) -> None:
    query = "query ($n: Int = 100) {" + PAGES % (100, "key") + "}"
    query = query.replace("first: 100", "first: $n").replace(
        "key", CHILDREN % (100, "key touchpoints { totalCount }")
    )
    document = documents.get(query)
    operation = document.operation(None)

    documents.cost(document, operation, {"n": 1})
    for variables in ({}, {"n": 100}):
        with pytest.raises(Refused):
            documents.cost(document, operation, variables)


@pytest.mark.parametrize(
    "text",
    [
        "{ %s }",
        "{ ...F } fragment F on Query { %s }",
        "{ ... { %s } }",
        "{ ... on Query { ...F } } fragment F on Query { %s }",
    ],
)
def test_a_root_field_is_a_call_in_a_fragment_too(documents: Documents, text: str) -> None:
    fields = " ".join(f"a{number}: viewer {{ subject }}" for number in range(10))

    document = documents.get(text % fields)

    assert document.operation(None).worst_cost == 10 * (CALL_COST + 2)


@pytest.mark.parametrize(
    "page",
    ["auditLog(first: %d) { entries { at keys } }", "imports(first: %d) { imports { id rows } }"],
)
def test_a_page_counts_as_long_as_it_is(documents: Documents, page: str) -> None:
    def cost(size: int) -> int:
        return documents.get("{" + page % size + "}").operation(None).worst_cost

    assert (cost(1), cost(100)) == (CALL_COST + 2 + 2, CALL_COST + 2 + 200)


def test_the_list_of_every_page_is_known_to_be_one() -> None:
    """A field that takes `first` leads to a type with a list of that length."""
    fields = {
        kind.name: kind.fields
        for kind in schema._schema.type_map.values()
        if isinstance(kind, GraphQLObjectType)
    }
    paged = {
        f"{kind}.{name}": get_named_type(field.type).name
        for kind, named in fields.items()
        for name, field in named.items()
        if "first" in field.args
    }

    assert len(paged) >= 10
    assert [name for name, page in paged.items() if not fields[page].keys() & set(PAGED)] == []


async def test_long_trends_are_charged_when_they_are_asked_for(platform: Platform) -> None:
    query = """query ($from: Date!) { organization { children(first: 3) { edges { node {
        scorecard(period: {from: $from, to: "2026-01-01"}) { nps { value
            trend(interval: MONTH) { value } } } } } } } }"""

    short = await platform.data(query, **{"from": "2016-01-01"})
    long = await platform.ask(query, **{"from": "1926-01-01"})

    assert all(
        edge["node"]["scorecard"]["nps"]["trend"] == []
        for edge in short["organization"]["children"]["edges"]
    )
    assert {error["extensions"]["reason"] for error in long["errors"]} == {"TOO_COSTLY"}
    assert len(platform.services.asked["GetTrend"]) == 3 + LARGEST_COST // (100 * 12 * 6)


async def test_the_longest_word_is_not_repeated_back(platform: Platform) -> None:
    query = "mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) { userErrors { code } } }"
    answer = await platform.ask(query, input={"survey": ["x" * 100_000], "answers": []})

    assert len(answer["errors"][0]["message"]) < 1_000
