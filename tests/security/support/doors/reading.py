"""Doors that read through GraphQL: query, alias, node, list, cursor, filter, count, scores."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from gateway.graph.base.ids import global_id
from tests.security.support.asking import Answer, Asking
from tests.security.support.building import PRIVATE, PUBLIC, Built
from tests.security.support.cells import Cells
from tests.security.support.model import ABSENT, FORBIDDEN, SEEN, Model
from tests.security.support.small_world import ABSENT_KEY, ASKED, KEYS, OWN

ABSENT_ID = "01900000-0000-7000-8000-000000000000"
AT_ONCE = 5  # so many errors an answer tells
LINKS = "id key parent { key } ancestors { key } touchpoints(first: 20) { edges { node { key } } totalCount }"
CHILDREN = "children(first: 20) { edges { node { key } } totalCount }"
PERIOD = '{from: "2025-01-01", to: "2120-01-01"}'
CODES = {"FORBIDDEN": FORBIDDEN, "NOT_FOUND": ABSENT}


@dataclass
class Look:
    """One viewer at the doors of one platform."""

    asking: Asking
    built: Built
    model: Model
    cells: Cells

    @property
    def token(self) -> str:
        return self.asking.token(self.model.viewer)

    def check(self, door: str, case: str, expected: object, observed: object) -> None:
        self.cells.check(door, self.model.viewer.name, case, expected, observed)

    async def ask(self, query: str, variables: dict[str, Any] | None = None) -> Answer:
        return await self.asking.graphql(query, self.token, variables)


class Door(Protocol):
    """Tries one way in with one viewer, and notes what came of it."""

    __name__: str

    async def __call__(self, look: Look) -> None: ...


def chunks(items: Iterable[str], size: int) -> Iterator[list[str]]:
    waiting = iter(items)
    while part := list(islice(waiting, size)):
        yield part


def codes(body: Any) -> dict[str, str]:
    """What the errors of an answer say, by the alias they are about."""
    found = {}
    for error in body.get("errors", ()):
        alias = (error.get("path") or [""])[0]
        code = error["extensions"]["code"]
        found[str(alias)] = CODES.get(code, code)
    return found


async def departments(look: Look) -> None:
    """By key, many at once under aliases: what is seen, and what hangs around it."""
    asked = [
        f'd{n}: department(key: "{key}") {{ {LINKS} {CHILDREN} }}' for n, key in enumerate(ASKED)
    ]
    answer = await look.ask(f"{{ {' '.join(asked)} }}")
    look.check("alias", "errors", {}, codes(answer.body))
    for number, key in enumerate(ASKED):
        expected = _department(look.model, key)
        look.check("alias", key, expected, _shown(answer.body["data"][f"d{number}"]))


def _department(model: Model, key: str) -> Any:
    if model.on("directory", key) != SEEN:
        return None
    above = model.visible(model.world.line(key, model.world.today)[1:])
    children = model.visible(model.world.children(key))
    return key, next(iter(above), None), above, [f"tp-{key}"], 1, children, len(children)


def _shown(found: Any) -> Any:
    if found is None:
        return None
    children, touchpoints = found["children"], found["touchpoints"]
    return (
        found["key"],
        (found["parent"] or {}).get("key"),
        [a["key"] for a in found["ancestors"]],
        keys_of(touchpoints),
        touchpoints["totalCount"],
        keys_of(children),
        children["totalCount"],
    )


def keys_of(connection: Any) -> list[str]:
    return [edge["node"]["key"] for edge in connection["edges"]]


async def forbidden_is_absent(look: Look) -> None:
    """One department a request: body and headers of what may not be seen are those of what is not there."""
    asked = "query ($key: String!) { department(key: $key) { id } organization { key } }"
    absent = (await look.ask(asked, {"key": ABSENT_KEY})).without(ABSENT_KEY)
    for key in KEYS:
        if look.model.on("directory", key) == ABSENT:
            answer = await look.ask(asked, {"key": key})
            look.check("query", f"{key} as {ABSENT_KEY}", absent, answer.without(key))


async def nodes(look: Look) -> None:
    """By global id: departments, touchpoints, surveys."""
    kinds = [
        (f"department {key}", look.model.on("directory", key), id_)
        for key, id_ in look.built.ids.items()
    ]
    for key in KEYS:
        id_ = look.built.touchpoints[f"tp-{key}"]
        kinds.append((f"touchpoint {key}", look.model.on("directory", key), id_))
    for kind in ("Department", "Touchpoint"):
        kinds.append((f"absent {kind}", ABSENT, global_id(kind, ABSENT_ID)))
    for case, expected, observed in await _nodes(look, kinds):
        look.check("node", case, SEEN if expected == SEEN else ABSENT, observed)
    surveys = [
        (f"survey {k}", look.model.anywhere("surveys"), i) for k, i in look.built.surveys.items()
    ]
    surveys.append(("absent survey", ABSENT, global_id("Survey", ABSENT_ID)))
    hidden = look.model.anywhere("surveys") == FORBIDDEN
    for case, expected, observed in await _nodes(look, surveys):
        look.check("node", case, FORBIDDEN if hidden else expected, observed)


async def _nodes(look: Look, kinds: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    found = []
    for start in range(0, len(kinds), AT_ONCE):
        part = kinds[start : start + AT_ONCE]
        asked = " ".join(f'n{n}: node(id: "{id_}") {{ id }}' for n, (_, _, id_) in enumerate(part))
        body = (await look.ask(f"{{ {asked} }}")).body
        told = codes(body)
        for number, (case, expected, id_) in enumerate(part):
            node = body["data"][f"n{number}"]
            right = SEEN if node == {"id": id_} else ABSENT
            found.append((case, expected, told.get(f"n{number}", right)))
    return found


async def lists(look: Look) -> None:
    """Pages, their filter and their count."""
    body = (
        await look.ask(
            """{ all: departments(first: 100) { totalCount edges { cursor node { key } } }
            some: departments(first: 100, search: "moved") { totalCount edges { node { key } } }
            surveys(first: 10) { totalCount edges { node { key } } }
            survey(key: "pulse") { key department { key } } street: survey(key: "street") { key department { key } }
            none: survey(key: "nowhere") { key } }"""
        )
    ).body
    data, told = body["data"], codes(body)
    seen = look.model.visible(sorted(KEYS))
    moved = [key for key in seen if "moved" in key]
    for case, alias, expected in (("list", "all", seen), ("filter", "some", moved)):
        look.check(case, "keys", expected, keys_of(data[alias]))
        look.check("count", case, len(expected), data[alias]["totalCount"])
    may = look.model.anywhere("surveys")
    for alias in ("surveys", "survey", "street", "none"):
        there = ABSENT if alias == "none" else SEEN
        right = ABSENT if data[alias] is None else SEEN
        look.check("list", alias, there if may == SEEN else may, told.get(alias, right))
    if may == SEEN:
        look.check("list", "keys of surveys", [PRIVATE, PUBLIC], keys_of(data["surveys"]))
        look.check("count", "surveys", 2, data["surveys"]["totalCount"])
        owner = look.model.visible(["south"])
        shown = data["street"]["department"]
        named = [shown["key"]] if shown else []
        look.check("list", "department of a survey", owner, named)


async def cursors(look: Look) -> None:
    """Cursors made for another viewer are refused, the own ones taken."""
    page = "query ($after: String!) { departments(first: 1, after: $after) { edges { node { key } } } }"
    for key in (OWN, "root"):
        foreign = await look.ask(page, {"after": look.built.cursors[key]})
        look.check(
            "cursor", f"foreign, at {key}", {"departments": "BAD_USER_INPUT"}, codes(foreign.body)
        )
    own = await look.ask("{ departments(first: 1) { edges { cursor node { key } } } }")
    edges = own.body["data"]["departments"]["edges"]
    seen = look.model.visible(sorted(KEYS))
    if edges:
        following = await look.ask(page, {"after": edges[0]["cursor"]})
        look.check("cursor", "own", seen[1:2], keys_of(following.body["data"]["departments"]))


async def scores(look: Look) -> None:
    """Bases of scores by the tree of today, as it was, and of one touchpoint; groups under `own`."""
    ways: dict[str, tuple[str, dict[str, Any]]] = {
        "today": ("", {}),
        "as it was": (", tree: AS_IT_WAS", {"as_it_was": True}),
        "one touchpoint": (', filter: {touchpoint: "tp-child"}', {"only": "child"}),
    }
    for way, (arguments, how) in ways.items():
        for part in chunks(ASKED, AT_ONCE):
            asked = (
                f'd{n}: department(key: "{key}") {{ scorecard(period: {PERIOD}{arguments}) {{ nps {{ base }} }} }}'
                for n, key in enumerate(part)
            )
            body = (await look.ask(f"{{ {' '.join(asked)} }}")).body
            told = codes(body)
            for number, key in enumerate(part):
                expected: Any = look.model.on("scores", key)
                if expected == SEEN:
                    expected = look.model.counted(key, **how)
                observed = _base(body["data"][f"d{number}"], told.get(f"d{number}"))
                look.check("scores", f"{key} {way}", expected, observed)


def _base(department: Any, told: str | None) -> Any:
    if department is None:
        return told or ABSENT
    if department["scorecard"] is None:
        return told or "null without a word"
    return department["scorecard"]["nps"]["base"]


async def drivers(look: Look) -> None:
    """Of each department: for who reads its scores; there are none, and so none by its id."""
    body = (await look.ask(f'{{ a: driverAnalysis(id: "{ABSENT_ID}") {{ state }} }}')).body
    look.check("drivers", "by id", ({"a": None}, {}), (body["data"], codes(body)))
    for part in chunks(ASKED, AT_ONCE):
        asked = (
            f'd{n}: department(key: "{key}") {{ driverAnalyses {{ state }} }}'
            for n, key in enumerate(part)
        )
        body = (await look.ask(f"{{ {' '.join(asked)} }}")).body
        told = codes(body)
        for number, key in enumerate(part):
            department = body["data"][f"d{number}"]
            observed = (
                ABSENT
                if department is None
                else SEEN
                if department["driverAnalyses"] == []
                else None
            )
            expected = look.model.on("scores", key)
            look.check("drivers", key, expected, told.get(f"d{number}", observed))


async def targets(look: Look) -> None:
    """Of each department: for who reads its scores; there are none."""
    await _of_departments(look, "targets", "targets { value }", [])


async def alerts(look: Look) -> None:
    """Of each department: for who reads its scores; there are none."""
    await _of_departments(look, "alerts", "alerts { edges { cursor } }", {"edges": []})


async def linkage(look: Look) -> None:
    """Of each department: for who reads its scores; nothing is linked."""
    await _of_departments(look, "linkage", "linkage { departments }", {"departments": 0})


async def _of_departments(look: Look, name: str, field: str, expected: object) -> None:
    for part in chunks(ASKED, AT_ONCE):
        asked = (f'd{n}: department(key: "{key}") {{ {field} }}' for n, key in enumerate(part))
        body = (await look.ask(f"{{ {' '.join(asked)} }}")).body
        told = codes(body)
        for number, key in enumerate(part):
            department = body["data"][f"d{number}"]
            observed = (
                ABSENT if department is None else SEEN if department[name] == expected else None
            )
            look.check(name, key, look.model.on("scores", key), told.get(f"d{number}", observed))


async def comments(look: Look) -> None:
    """Comments of each department, and the responses behind its nps: texts of whom, and how many."""
    page = f"""{{ verbatims(period: {PERIOD}, first: 100) {{ totalCount edges {{ node {{ text }} }} }}
      scorecard(period: {PERIOD}) {{ nps {{ responses(first: 100) {{ totalCount }} }} }} }}"""
    for part in chunks(ASKED, AT_ONCE):
        asked = (f'd{n}: department(key: "{key}") {page}' for n, key in enumerate(part))
        body = (await look.ask(f"{{ {' '.join(asked)} }}")).body
        for number, key in enumerate(part):
            expected: Any = None
            if look.model.on("responses", key) == SEEN:
                rows = look.model.exported(key)
                expected = {f"words of {member}" for member in rows}, *[sum(rows.values())] * 2
            look.check("comments", key, expected, _written(body["data"][f"d{number}"]))


def _written(department: Any) -> Any:
    if department is None or department["verbatims"] is None:
        return None
    found, number = department["verbatims"], (department["scorecard"] or {}).get("nps")
    behind = number and number["responses"] and number["responses"]["totalCount"]
    return {edge["node"]["text"] for edge in found["edges"]}, found["totalCount"], behind


async def groups(look: Look) -> None:
    """A group that left the subtree has neither a key nor a name for who may not see it."""
    asked = f"""{{ department(key: "own") {{ scorecard(period: {PERIOD}, tree: AS_IT_WAS) {{
      nps {{ base breakdown(by: CHILD_DEPARTMENT) {{ key label score {{ base }} }} }} }} }} }}"""
    if look.model.on("scores", OWN) != SEEN:
        return
    body = (await look.ask(asked)).body
    found = body["data"]["department"]["scorecard"]["nps"]["breakdown"]
    named = {g["key"]: g["label"] for g in found if g["key"]}
    children = ["arrived", "child", "leaving", "moved"]
    expected = {key: f"Name of {key}" for key in look.model.visible(children)}
    look.check("groups", "names", expected, named)
    labels = [g["label"] for g in found if not g["key"]]
    hidden = [key for key in children if key not in expected]
    look.check("groups", "no longer here", len(hidden), labels.count("no longer here"))
    total = look.model.counted(OWN, as_it_was=True)
    look.check("groups", "sum", total, sum(g["score"]["base"] for g in found))


async def whole(look: Look) -> None:
    """What is asked of the organisation as a whole."""
    rights: dict[str, str | None] = {  # None: a token is enough
        "viewer { subject }": None,
        "metricDefinitions { key }": None,
        "standardWaveQuestions { key }": None,
        "standardItems { key }": None,
        "grants(first: 1) { edges { node { id } } }": "grants",
        "users(first: 1) { edges { node { subject } } }": "users",
        "auditLog(first: 1) { entries { id } }": "audit",
        "reconciliation { state }": "reconcile",
        "rebuild { state }": "reconcile",
        "health { service unapplied deadLetterCount }": "replay",
        "processes { service version schema }": "replay",
    }
    told: dict[str, str] = {}
    named = [f"w{n}: {asked}" for n, asked in enumerate(rights)]
    for some in chunks(named, AT_ONCE):
        told |= codes((await look.ask(f"{{ {' '.join(some)} }}")).body)
    for number, (asked, right) in enumerate(rights.items()):
        expected = look.model.whole(right) if right else SEEN
        look.check("whole", asked.split("(")[0], expected, told.get(f"w{number}", SEEN))


async def waves(look: Look) -> None:
    """Of employee surveys: for who reads scores of some department; drafts for who plans them."""
    listed = "l: waves(first: 9) { edges { node { key } } }"
    answer = await look.ask(f'{{ {listed} o: wave(key: "draft") {{ key }} }}')
    expected, told = look.model.anywhere("scores"), codes(answer.body)
    look.check("waves", "listed", expected, told.get("l", SEEN))
    look.check("waves", "one", expected, told.get("o", SEEN))
    if look.model.whole("waves") != SEEN:
        data = answer.body.get("data") or {}
        keys = keys_of(data["l"]) if data.get("l") else []
        look.check("waves", "drafts", ([], None), (keys, data.get("o")))


async def imports(look: Look) -> None:
    """Of files: for roles that import; others hear that they may not."""
    told = codes((await look.ask("{ i: imports(first: 1) { imports { id } } }")).body)
    look.check("imports", "listed", look.model.anywhere("submit"), told.get("i", SEEN))


DOORS: tuple[Door, ...] = (
    departments,
    forbidden_is_absent,
    nodes,
    lists,
    cursors,
    scores,
    targets,
    drivers,
    alerts,
    linkage,
    comments,
    groups,
    waves,
    imports,
    whole,
)
