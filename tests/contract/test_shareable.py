"""Which answers may be kept for others: the fields that say so, each looked at by a person, and no more."""

from typing import Any

from graphql import GraphQLObjectType, get_named_type
from strawberry.schema.schema_converter import GraphQLCoreConverter

from gateway.request.compiled.shareable import SHAREABLE, is_field_shareable
from gateway.schema import schema

DECLARED = {
    "Query": {"organization", "department", "departments"},
    "Department": {"parent", "ancestors", "mergedInto", "children", "touchpoints", "scorecard"},
    "Touchpoint": {"stage", "department"},
    "Score": {"metric", "explanation", "trend", "breakdown", "changeParts"},
}
"""What they read is announced when it changes, and depends on the rights of who asks alone."""
REACHED = {
    *("Query", "Department", "DepartmentConnection", "DepartmentEdge", "Touchpoint"),
    *("TouchpointConnection", "TouchpointEdge", "Scorecard", "Period", "Completeness", "Score"),
    *("MetricDefinition", "MetricCalculation", "IndexItem", "Interval", "ScoreIndex", "Change"),
    *("ScoreExplanation", "DistributionBucket", "ScorePoint", "ScoreGroup", "Places"),
    *("ChangeParts", "ChangePart", "MeasuredIndicator", "NamedChangePart"),
}


def _declared(kind: GraphQLObjectType) -> set[str]:
    found = set()
    for name, given in kind.fields.items():
        definition: Any = given.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
        if definition is not None and SHAREABLE.items() <= definition.metadata.items():
            found.add(name)
    return found


def test_the_fields_that_are_declared_shareable_are_these() -> None:
    types = schema._schema.type_map.values()
    found = {
        kind.name: declared
        for kind in types
        if isinstance(kind, GraphQLObjectType) and (declared := _declared(kind))
    }

    assert found == DECLARED


def test_types_that_kept_answers_reach_are_these() -> None:
    root = schema._schema.query_type
    assert root is not None
    seen, waiting = {root.name}, [root]
    while waiting:
        kind = waiting.pop()
        for given in kind.fields.values():
            if is_field_shareable(given, is_root=kind is root):
                of = get_named_type(given.type)
                if isinstance(of, GraphQLObjectType) and of.name not in seen:
                    seen.add(of.name)
                    waiting.append(of)

    assert seen == REACHED
