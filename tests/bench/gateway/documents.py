"""What both servers are asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from tests.bench.gateway.organisation import BRANCHES, DIVISIONS, branch_key, division_key, period

INTERVAL = "interval { low high level method }"
SCORE = f"{{ value base status {INTERVAL} }}"
SCORECARD = f"""query ($key: String!, $from: Date!, $to: Date!) {{ department(key: $key) {{
  scorecard(period: {{from: $from, to: $to}}) {{
    nps {SCORE} csat {SCORE} ces {SCORE} score(metric: "friendsAndFamily") {SCORE} }} }} }}"""
TREND = f"""query ($key: String!, $from: Date!, $to: Date!) {{ department(key: $key) {{
  scorecard(period: {{from: $from, to: $to}}) {{ nps {{
    trend(interval: WEEK) {{ from to value base status {INTERVAL} }} }} }} }} }}"""
GROUPS = f"""query ($key: String!, $from: Date!, $to: Date!) {{ department(key: $key) {{
  scorecard(period: {{from: $from, to: $to}}) {{ ces {{
    breakdown(by: CHILD_DEPARTMENT) {{ key label score {{ status value base countedIn wave {INTERVAL}
      secondary secondaryInterval {{ low high level method }} rest {{ value base change {{
        delta pValue adjustedPValue }} }} }} }} }} }} }} }}"""
LIST = """{ departments(first: 40, search: "branch") { edges { node { key name parent { key } } } } }"""


@dataclass(frozen=True)
class Document:
    """One document, with every value of its variables that is sent in turn."""

    name: str
    query: str
    variables: Sequence[Mapping[str, Any]] = ({},)

    def bodies(self) -> list[bytes]:
        """Of requests."""
        return [
            orjson.dumps({"query": self.query, "variables": variables})
            for variables in self.variables
        ]


def documents() -> list[Document]:
    """All, the cheapest first."""
    first, last = map(str, period())
    days = {"from": first, "to": last}
    branches = [branch_key(number) for number in range(BRANCHES)]
    divisions = [division_key(number) for number in range(DIVISIONS)]
    in_period = [{"key": key, **days} for key in branches]
    return [
        Document("typename", "{ __typename }"),
        Document(
            "small",
            "query ($key: String!) { department(key: $key) { name } }",
            [{"key": key} for key in branches],
        ),
        Document("scorecard", SCORECARD, in_period),
        Document("list", LIST),
        Document("trend", TREND, in_period),
        Document("groups", GROUPS, [{"key": key, **days} for key in divisions]),
    ]
