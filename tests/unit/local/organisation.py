"""An organisation behind the public API, in memory: the committed schema, answered by a few rules."""

from collections import deque
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

import httpx
import orjson
from graphql import GraphQLError, build_schema, graphql_sync

Item = dict[str, Any]

SCHEMA = build_schema(Path("gateway/schema.graphql").read_text())
TOKEN = "good"


class Organisation(httpx.BaseTransport):
    """What an import needs of a platform. `troubles` come before the next answers, one each."""

    def __init__(self, *, time_zone: str = "UTC", root: str = "root") -> None:
        self.time_zone = time_zone
        self.root = root
        self.departments: dict[str, Item] = {root: {"key": root, "name": "All", "parent": None}}
        self.touchpoints: dict[str, Item] = {}
        self.surveys: dict[str, Item] = {}
        self.responses: dict[str, Item] = {}
        self.stints: dict[tuple[str, str], Item] = {}
        self.forbidden: set[str] = set()
        self.forbidden_departments: set[str] = set()
        self.troubles: deque[Callable[[], httpx.Response]] = deque()
        self.bodies: list[bytes] = []
        self.batches: list[int] = []
        self.lock = Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        with self.lock:
            if self.troubles:
                return self.troubles.popleft()()
            self.bodies.append(body)
            if request.headers["Authorization"] != f"Bearer {TOKEN}":
                return failed("UNAUTHENTICATED")
            asked = orjson.loads(body)
            answer = graphql_sync(
                SCHEMA, asked["query"], Root(self), variable_values=asked["variables"]
            )
        return httpx.Response(200, content=orjson.dumps(answer.formatted))

    def keep(self, store: dict[Any, Item], key: Any, item: Item) -> str:
        """STORED, or ALREADY_STORED where the same is there."""
        known = store.get(key)
        store[key] = item
        return "ALREADY_STORED" if known == item else "STORED"


class Root:
    """The root fields; graphql-core calls them with the field's arguments."""

    def __init__(self, organisation: Organisation) -> None:
        self.o = organisation

    def viewer(self, _: Any) -> Item:
        return {"timeZone": self.o.time_zone}

    def organization(self, _: Any) -> Item:
        return self.o.departments[self.o.root]

    def departments(self, _: Any, first: int, after: str | None = None) -> Item:
        keys = sorted(key for key in self.o.departments if key > (after or ""))
        page = keys[:first]
        edges = [{"node": self.o.departments[key]} for key in page]
        info = {"hasNextPage": len(keys) > first, "endCursor": page[-1] if page else None}
        return {"edges": edges, "pageInfo": info}

    def survey(self, _: Any, key: str) -> Item | None:
        return self.o.surveys.get(key)

    def createSurvey(self, _: Any, input: Item) -> Item:  # noqa: A002
        self.check("createSurvey")
        self.o.surveys[input["key"]] = input
        return {"survey": None, "userErrors": []}

    def upsertDepartments(self, _: Any, input: Item) -> Item:  # noqa: A002
        return self.each("upsertDepartments", input["departments"], self.department)

    def upsertTouchpoints(self, _: Any, input: Item) -> Item:  # noqa: A002
        return self.each("upsertTouchpoints", input["touchpoints"], self.touchpoint)

    def upsertEmployees(self, _: Any, input: Item) -> Item:  # noqa: A002
        return self.each("upsertEmployees", input["employees"], self.stint)

    def submitResponses(self, _: Any, input: Item) -> Item:  # noqa: A002
        return self.each("submitResponses", input["responses"], self.response)

    def check(self, mutation: str) -> None:
        if mutation in self.o.forbidden:
            raise GraphQLError("not yours to do", extensions={"code": "FORBIDDEN"})

    def each(self, mutation: str, items: list[Item], store: Callable[[Item], str]) -> Item:
        self.check(mutation)
        self.o.batches.append(len(items))
        results = []
        for index, item in enumerate(map(given, items)):
            try:
                results.append({"index": index, "status": store(item), "userErrors": []})
            except Refused as refused:
                errors = [{"field": refused.path, "message": str(refused), "code": refused.code}]
                results.append({"index": index, "status": "REFUSED", "userErrors": errors})
        return {"results": results, "userErrors": []}

    def department(self, item: Item) -> str:
        parent = item.get("parent")
        if parent is None and item["key"] != self.o.root and self.o.root == "root":
            del self.o.departments["root"]
            self.o.root = item["key"]
        elif parent is None and item["key"] != self.o.root:
            raise Refused(["parent"], "SECOND_ROOT", "there is one root only")
        elif parent is not None and parent not in self.o.departments:
            raise Refused(["parent"], "UNKNOWN_PARENT", f"no department {parent}")
        return self.o.keep(self.o.departments, item["key"], item)

    def touchpoint(self, item: Item) -> str:
        self.known_department(item)
        return self.o.keep(self.o.touchpoints, item["key"], item)

    def stint(self, item: Item) -> str:
        self.known_department(item)
        return self.o.keep(self.o.stints, (item["id"], item["startedOn"]), item)

    def response(self, item: Item) -> str:
        self.known_department(item)
        if "touchpoint" in item and item["touchpoint"] not in self.o.touchpoints:
            raise Refused(["touchpoint"], "UNKNOWN_TOUCHPOINT", "no such touchpoint")
        if self.o.responses.get(item["id"], item) != item:
            raise Refused(["id"], "ID_CONFLICT", "another response has this id")
        return self.o.keep(self.o.responses, item["id"], item)

    def known_department(self, item: Item) -> None:
        if item.get("department") in self.o.forbidden_departments:
            raise Refused(["department"], "FORBIDDEN", "not yours")
        if item.get("department", self.o.root) not in self.o.departments:
            raise Refused(["department"], "UNKNOWN_DEPARTMENT", "no such department")


def given(value: Any) -> Any:
    """Input as it was sent, without the nulls that stand in the schema for what was not."""
    if isinstance(value, dict):
        return {key: given(part) for key, part in value.items() if part is not None}
    return [given(part) for part in value] if isinstance(value, list) else value


class Refused(Exception):
    def __init__(self, path: list[str], code: str, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.code = code


def failed(code: str, message: str = "no") -> httpx.Response:
    """A GraphQL answer that is one error."""
    errors = [{"message": message, "extensions": {"code": code}}]
    return httpx.Response(200, content=orjson.dumps({"data": None, "errors": errors}))


def lost() -> httpx.Response:
    """A connection that breaks."""
    raise httpx.ConnectError("connection refused")
