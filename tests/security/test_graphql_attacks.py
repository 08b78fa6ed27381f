"""What auditors of GraphQL try first, in the classes of graphql-cop: a hardened gateway gives them nothing.

A finding is what an answer shows, not how it is refused. In default mode some are there by intent (a query by GET,
introspection, batches of ten, the explorer): they show that the probes find what is there.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import httpx
from graphql import get_introspection_query

from tests.support.platform import Running
from tests.support.platform_fixtures import StartPlatform

NAME: Final = "query cop { __typename }"
CIRCULAR: Final = "query cop { __schema { types { fields { type { fields { type { fields { type { name } } } } } } } }"
MANY: Final = 100
FORM: Final = "application/x-www-form-urlencoded"
IDES: Final = ("/graphql", "/graphiql", "/playground", "/console", "/explorer", "/altair")
LEFT_BY_DEFAULT: Final = {"introspection", "batch", "get", "ide"}


class Probe:
    """Sends what an auditor sends, with a token: a finding must not hide behind a missing one."""

    def __init__(self, platform: Running) -> None:
        self.http = httpx.Client(
            base_url=platform.url,
            headers={"authorization": f"Bearer {platform.token('admin')}"},
            trust_env=False,
            verify=False,
            timeout=30,
        )

    def ask(self, query: str) -> Any:
        return self.http.post("/graphql", json={"query": query}).json()

    def data(self, query: str) -> Mapping[str, Any]:
        return self.ask(query).get("data") or {}

    def read(self, query: str, **headers: str) -> Any:
        """By GET, as a page of another origin makes a browser send it: without a token."""
        found = httpx.get(
            f"{self.http.base_url}/graphql",
            params={"query": query},
            headers=headers,
            trust_env=False,
            verify=False,
        )
        return found.json() if "json" in found.headers["content-type"] else {}

    def page(self, path: str) -> str:
        return self.http.get(path, headers={"accept": "text/html"}).text


def introspection(probe: Probe) -> bool:
    texts = (get_introspection_query(), '{ __type(name: "Query") { name } }')
    return any(probe.data(text) for text in texts)


def suggestions(probe: Probe) -> bool:
    wrong = ("{ __schema { directive } }", "{ viewr { subject } }", "{ viewer { subjct } }")
    return any("did you mean" in str(probe.ask(text)).lower() for text in wrong)


def aliases(probe: Probe) -> bool:
    many = " ".join(f"a{number}: __typename" for number in range(MANY + 1))
    return len(probe.data(f"query cop {{ {many} }}")) > MANY


def batch(probe: Probe) -> bool:
    answer = probe.http.post("/graphql", json=[{"query": NAME}] * 10).json()
    return isinstance(answer, list) and len(answer) >= 10


def directives(probe: Probe) -> bool:
    answer = probe.ask(f"query cop {{ __typename {'@aa' * 10} }}")
    return len(answer["errors"]) >= 10


def repeated_fields(probe: Probe) -> bool:
    return bool(probe.data(f"query cop {{ {'__typename ' * 500} }}"))


def circular(probe: Probe) -> bool:
    return bool(probe.data(CIRCULAR))


def circular_fragments(probe: Probe) -> bool:
    text = "query cop { ...A } fragment A on Query { ...B } fragment B on Query { ...A }"
    return bool(probe.data(text))


def mutation_by_get(probe: Probe) -> bool:
    answer = probe.read("mutation cop { __typename }", **{"x-cxm": "1"})
    return bool(answer.get("data"))


def query_by_get(probe: Probe) -> bool:
    return bool(probe.read(NAME).get("data"))


def form_by_post(probe: Probe) -> bool:
    answers = [
        probe.http.post("/graphql", content=f"query={NAME}", headers={"content-type": kind})
        for kind in (FORM, "text/plain", f"multipart/form-data; boundary={FORM}")
    ]
    return any("data" in answer.json() for answer in answers)


def traces(probe: Probe) -> bool:
    answers = (probe.ask(NAME), probe.ask("query cop { abc }"))
    words = ("tracing", "stacktrace", "exception", "traceback", ".py")
    return any(word in str(answer).lower() for answer in answers for word in words)


def unhandled(probe: Probe) -> bool:
    answer = probe.ask("qwerty cop { abc }")
    return "exception" in str(answer).lower() or answer["errors"][0]["extensions"] == {}


def ide(probe: Probe) -> bool:
    words = ("graphiql", "playground", "explorer", "altair", "sandbox")
    return any(word in probe.page(path).lower() for path in IDES for word in words)


PROBES: Final[Mapping[str, Callable[[Probe], bool]]] = {
    "introspection": introspection,
    "suggestions": suggestions,
    "aliases": aliases,
    "batch": batch,
    "directives": directives,
    "repeated fields": repeated_fields,
    "circular introspection": circular,
    "circular fragments": circular_fragments,
    "mutation by get": mutation_by_get,
    "get": query_by_get,
    "form": form_by_post,
    "traces": traces,
    "unhandled": unhandled,
    "ide": ide,
}


def findings(platform: Running) -> set[str]:
    probe = Probe(platform)
    with probe.http:
        return {name for name, finds in PROBES.items() if finds(probe)}


def test_a_hardened_gateway_gives_auditors_nothing(start_platform: StartPlatform) -> None:
    assert findings(start_platform("--hardened")) == set()


def test_the_same_probes_find_what_a_default_gateway_has_by_intent(platform: Running) -> None:
    assert findings(platform) == LEFT_BY_DEFAULT
