"""schemathesis in its mode for GraphQL, against a seeded platform: HTTP, TOKEN and CASES in the environment.

It makes documents and values from the schema, some of keys and ids that are there, and asks whether an answer is an
error of the server. It ends with `passed N of N`, in cases.
"""

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import httpx
from graphql import (
    GraphQLArgument,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from tests.judges.fuzzing.broken import broken_server

HERE: Final = Path(__file__).parent
BUILD: Final = Path("fuzzing").resolve()
KNOWN: Final = """{
  organization { id children(first: 10) { edges { node { id key
    touchpoints(first: 5) { edges { node { id key } } } } } } }
  surveys { edges { node { id key } } }
  waves { edges { node { id key } } }
  metricDefinitions { key }
}"""
CONFIGURATION, REPORT = "schemathesis.toml", "report.ndjson"
CASES: Final = re.compile(r"(\d+) generated, (\d+) passed")
READ: Final = {
    "Query.node",
    "Query.department",
    "Query.departments",
    "Query.survey",
    "Query.surveys",
}
"""Of these an answer at least must have data, or the cases say little."""
PROBABILITY: Final = 0.8
DEEPEST: Final = 4
BY_ARGUMENT: Final = {
    "department": "departments",
    "parent": "departments",
    "mergeInto": "departments",
    "departments": "departments",
    "touchpoint": "touchpoints",
    "touchpoints": "touchpoints",
    "survey": "surveys",
    "metric": "metrics",
    "cx": "metrics",
    "wave": "waves",
    "compareTo": "waves",
    "question": "questions",
    "first": "counts",
    "channel": "channels",
    "stage": "stages",
    "language": "languages",
}
BY_PLACE: Final = {
    "Query.department.key": "departments",
    "Query.survey.key": "surveys",
    "Query.wave.key": "waves",
    "Query.node.id": "ids",
    "Mutation.updateSurvey.input.key": "surveys",
}
"""Names of dictionaries by arguments of which the name alone does not tell."""
FIXED: Final[Mapping[str, list[str | int]]] = {
    "questions": ["recommend", "satisfied", "why"],
    "counts": [1, 2, 10, 100],
    "channels": ["phone", "web"],
    "stages": ["purchase", "loyalty"],
    "languages": ["en", "lv"],
}


def main() -> int:
    """0 where no answer was an error of the server, those that must have data had some, and such errors are seen."""
    BUILD.mkdir(exist_ok=True)
    schema = build_schema(Path("schema.graphql").read_text())
    operations = sum(len(root.fields) for root in _roots(schema))
    (BUILD / CONFIGURATION).write_text(_configuration(schema, dictionaries(_known())))
    said = _run(os.environ["HTTP"], -(-int(os.environ["CASES"]) // operations))
    empty = sorted(READ - set(_answered(BUILD / REPORT)))
    with broken_server() as url:
        control = _run(url, 1)
    sys.stdout.write(said)
    cases = CASES.search(said)
    if cases is None or empty or "GraphQL server error" not in control:
        sys.stdout.write(f"no case was answered with data: {empty}\ncontrol: {control}\n")
        return 1
    generated, passed = cases.groups()
    sys.stdout.write(f"passed {passed} of {generated}\n")
    return int(generated != passed)


def _run(url: str, examples: int) -> str:
    """What schemathesis says of a server, with so many cases for each field of Query and Mutation."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        f"--config-file={BUILD / CONFIGURATION}",
        "run",
        url,
        f"--header=Authorization: Bearer {os.environ['TOKEN']}",
        "--phases=fuzzing",
        "--checks=not_a_server_error",
        f"--max-examples={examples}",
        "--seed=1",
        "--continue-on-failure",
        "--report=ndjson",
        f"--report-ndjson-path={BUILD / REPORT}",
    ]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": str(HERE / "hooks.py")}
    return subprocess.run(
        command, env=environment, cwd=BUILD, stdout=subprocess.PIPE, text=True, check=False
    ).stdout


def _answered(report: Path) -> Iterator[str]:
    """Fields of Query and Mutation for each answer that has data."""
    for line in report.read_text().splitlines():
        scenario = json.loads(line).get("ScenarioFinished")
        for one in scenario["recorder"]["interactions"].values() if scenario else ():
            body = json.loads(base64.b64decode(one["response"]["content"]["$base64"]))
            if any(value is not None for value in (body.get("data") or {}).values()):
                yield scenario["recorder"]["label"]


def _roots(schema: GraphQLSchema) -> Iterator[GraphQLObjectType]:
    yield from (root for root in (schema.query_type, schema.mutation_type) if root)


def _known() -> dict[str, Any]:
    reply = httpx.post(
        os.environ["HTTP"],
        json={"query": KNOWN},
        headers={"Authorization": f"Bearer {os.environ['TOKEN']}"},
        trust_env=False,
    )
    data: dict[str, Any] = reply.json()["data"]
    return data


def dictionaries(known: Mapping[str, Any]) -> dict[str, list[str | int]]:
    """Keys and ids that are there, by what they name."""
    root = known["organization"]
    children = [edge["node"] for edge in root["children"]["edges"]]
    desks = [edge["node"] for child in children for edge in child["touchpoints"]["edges"]]
    surveys = [edge["node"] for edge in known["surveys"]["edges"]]
    waves = [edge["node"] for edge in known["waves"]["edges"]]
    return {
        **FIXED,
        "departments": ["root", *(child["key"] for child in children)],
        "touchpoints": [desk["key"] for desk in desks],
        "surveys": [survey["key"] for survey in surveys],
        "waves": [wave["key"] for wave in waves],
        "metrics": [metric["key"] for metric in known["metricDefinitions"]],
        "ids": [node["id"] for node in (root, *children, *desks, *surveys, *waves)],
    }


def _configuration(schema: GraphQLSchema, values: Mapping[str, list[str | int]]) -> str:
    """Of schemathesis, in TOML, of which JSON writes strings and lists alike."""
    lines = [f"[dictionaries.{name}]\nvalues = {json.dumps(of)}" for name, of in values.items()]
    lines.append("[parameters]")
    for place, name in _places(schema):
        binding = f'{{ dictionary = "{name}", probability = {PROBABILITY} }}'
        lines.append(f'"{place}" = {binding}')
    return "\n".join(lines) + "\n"


def _places(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """Where a dictionary is used: arguments and what is in them, by their names."""
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for field, of in kind.fields.items():
                for name, argument in of.args.items():
                    yield from _inside(f"{kind.name}.{field}.{name}", name, argument, 0)


def _inside(
    place: str, name: str, of: GraphQLArgument | GraphQLInputField, depth: int
) -> Iterator[tuple[str, str]]:
    kind = get_named_type(of.type)
    if is_list_type(get_nullable_type(of.type)):
        place += "[*]"
    if isinstance(kind, GraphQLInputObjectType):
        for inner, field in kind.fields.items() if depth < DEEPEST else ():
            yield from _inside(f"{place}.{inner}", inner, field, depth + 1)
    elif kind.name in ("String", "ID", "Int"):
        dictionary = BY_PLACE.get(place) or BY_ARGUMENT.get(name)
        if dictionary:
            yield place, dictionary


if __name__ == "__main__":
    sys.exit(main())
