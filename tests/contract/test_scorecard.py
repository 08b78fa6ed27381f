"""Fields of the scorecard are named by the metrics that are built in."""

from graphql import GraphQLObjectType

from gateway.graph.scores.completeness import METRICS
from gateway.graph.scores.scorecard import FREE
from gateway.schema import schema
from services.metrics.definitions.domain.definitions import BUILT_IN


def test_a_field_of_the_scorecard_is_a_built_in_metric_or_asks_for_none() -> None:
    card = schema._schema.type_map["Scorecard"]
    assert isinstance(card, GraphQLObjectType)
    named = set(card.fields) - FREE - {"score", "completeness"}  # any metric, and some of them

    assert named
    assert named | set(METRICS.values()) <= {definition.key for definition in BUILT_IN}
