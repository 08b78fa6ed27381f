"""`python -m tests.contract.support.rights_document` prints docs/rights.md."""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import gateway
from gateway.calls.exports import EXPORTS
from gateway.calls.imports import OWNERS
from gateway.schema import schema
from services.kit.rights.access import ALLOWED, Action, Role
from services.kit.rpc.needs import Scope
from tests.contract.support.events import facts
from tests.contract.support.policy import NoPolicy, Rpc, fields, files, right, rpcs

GATEWAY = Path(gateway.__file__).parent
PEOPLE = [role for role in Role if role is not Role.SERVICE]

MEANINGS = {
    Action.READ_DIRECTORY: "departments, touchpoints and where they hang",
    Action.READ_SURVEYS: "surveys and their questions",
    Action.READ_SCORES: "scores, trends, breakdowns, targets, drivers and alerts, and the export of scores",
    Action.READ_RESPONSES: "single responses with verbatims: on pages, and the export",
    Action.SUBMIT: "store responses, make invitations",
    Action.ADD_DEPARTMENTS: "new departments; none that is there changes",
    Action.WRITE_DEPARTMENTS: "names of departments",
    Action.NAME_ROOT: "name and key of the root, while nothing else is there",
    Action.ADD_TOUCHPOINTS: "new touchpoints; none that is there changes",
    Action.WRITE_TOUCHPOINTS: "name, owner, stage and channel of touchpoints",
    Action.ADD_SURVEYS: "new surveys; none that is there changes",
    Action.WRITE_SURVEYS: "texts, questions, publicity and state of surveys",
    Action.CORRECT_RESPONSES: "correct responses without their receipt, by a call or a file, what respondents sent too;"
    " others rows of files that they imported",
    Action.WITHDRAW_RESPONSES: "withdraw responses without their receipt, for good",
    Action.WRITE_EMPLOYEES: "who worked where, and until when",
    Action.WRITE_WAVES: "plan, open and close waves; see drafts and how many links were used",
    Action.CORRECT_EMPLOYEES: "correct and remove stints, whoever stored them",
    Action.ERASE_EMPLOYEES: "erase who an employee is: details and id; stints stay",
    Action.CHANGE_PARENT: "hang a department elsewhere from today on",
    Action.MOVE_DEPARTMENT: "hang a department elsewhere from any day on",
    Action.WRITE_METRICS: "metrics of your own",
    Action.WRITE_TARGETS: "set and remove targets",
    Action.ANALYSE_DRIVERS: "ask for analyses of drivers, and cancel them",
    Action.ACKNOWLEDGE_ALERTS: "say what is done about an alert",
    Action.REPLAY: "see how far services are and what they gave up; apply dead letters again",
    Action.WRITE_GRANTS: "give rights, take them away, and see who has them",
    Action.READ_CUSTOMERS: "customers by number, and how they came to be; nothing in plain text",
    Action.FIND_CUSTOMERS: "one customer by an identifier; nothing in plain text",
    Action.WRITE_CUSTOMERS: "what is said of customers, by a call or a file",
    Action.RECORD_FACTS: "record what customers did, by a call or a file",
    Action.WITHDRAW_FACTS: "take back what was recorded of customers by mistake",
    Action.MAKE_FACT_KINDS: "make kinds of interactions",
    Action.READ_TIMELINES: "what customers did, as far as departments of the own subtree had to do with it",
    Action.LINK_CUSTOMERS: "join customers, settle conflicts, make kinds of identifiers",
    Action.UNLINK_CUSTOMERS: "part customers that were joined",
    Action.FORCE_CUSTOMERS: "join customers against a rule, when a conflict is settled",
    Action.REVEAL_CUSTOMERS: "identifiers and attributes of a customer in plain text, with a reason",
    Action.RECORD_CONSENTS: "record what customers consent to, by an identifier",
    Action.READ_CONSENTS: "what a customer consented to, by number",
    Action.WRITE_SITES: "web pages that may send what visitors do, and their secrets",
    Action.REQUEST_ERASURE: "ask for the erasure of a customer, and see what became of requests",
    Action.APPROVE_ERASURE: "approve or refuse the erasure of a customer; let an erased identifier be stored again",
    Action.READ_SEGMENTS: "segments: their rules, how many customers they have, and their numbers",
    Action.WRITE_SEGMENTS: "make, change and remove segments",
    Action.KEEP_SESSIONS: "sessions of browsers; the gateway alone",
    Action.WRITE_USERS: "names, e-mail addresses and languages of those who have rights",
    Action.RECONCILE: "compare and rebuild what scores are counted from",
    Action.READ_AUDIT: "the audit log",
    Action.COPY: "everything, for a service's own copy",
}
PLACES = {
    Scope.ORGANISATION: "the organisation",
    Scope.ANY_DEPARTMENT: "some department; each item for its own",
    Scope.NAMED_DEPARTMENT: "the department named",
    Scope.ANY_TOKEN: "anywhere",
    Scope.VISIBLE: "what is returned; the rest is left out",
    Scope.ANYONE: "or a public survey, an invitation, a receipt or secret",
}
DOORS = {
    "/graphql": "a token, or the cookie of a session with the header `X-CXM: 1`; nothing for `submitResponse`, "
    "`submitResponses`, `correctResponse`, `withdrawResponse`",
    "/imports/suggestion": "a token, or the cookie of a session with the header `X-CXM: 1`, of a role that imports",
    "/imports/{kind}": "a token, or the cookie of a session with the header `X-CXM: 1`",
    "/exports/{kind}": "a token, or the cookie of a session",
    "/assets/{name}": "anybody; scripts and styles of the web, whose pages are at every path that is no door",
    "/signin": "anybody; a browser, which is sent to the identity provider",
    "/signin/callback": "the browser that began the sign-in, once",
    "/signin/done": "the cookie of a session",
    "/signin/link/{token}": "who has the link, once; `GET` shows a button, `POST` comes from it",
    "/signin/backchannel-logout": "the identity provider, by a token it signed",
    "/signout": "the cookie of a session, with the header `X-CXM: 1` or from a page of the gateway",
    "/r": "anybody; a code, given when a response was sent, removes or changes that response",
    "/r/{survey}": "anybody, for a public survey that takes responses and what it offers, or who has an invitation",
    "/r/{survey}/snippet": "anybody; HTML of the address alone, whatever is there",
    "/w/{token}": "who has the link of an employee in a wave; answers are taken once",
    "/t": "pages of a site's origins, by the site's key; who has its signature besides, for a customer",
    "/healthz": "anybody; it says that the process answers",
    "/readyz": "anybody; it says which services are away",
    "/metrics": "nobody at the port of clients: whoever reaches that of health; numbers, no data",
}
ROUTES = {"Route", "WebSocketRoute", "get", "post"}

HEADER = """# Rights

Made by `make rights` from the code: what is declared there is enforced there. Not to be edited by hand.
A field, RPC, fact, export or import that no row is made for fails `make check`.

A grant is a role over a department and all that hangs under it today, between two days; without a department it is over
the whole organisation. What lies outside looks absent; what may be seen and not done is `FORBIDDEN`; without a token it
is `UNAUTHENTICATED`.
"""


def document() -> str:
    """All tables; NoPolicy for whatever has no row."""
    parts = [
        HEADER,
        "## Roles",
        table(["right", "what it is for", *(f"`{role}`" for role in PEOPLE)], _roles()),
        "Services act in their own name and may call the RPCs that name them below. Those that ask for a public\n"
        "survey, an invitation or a receipt can be called with any token, a service's too; it gains nothing by that.\n",
        "## Doors of the gateway",
        table(["path", "who may"], ([f"`{path}`", DOORS[path]] for path in doors())),
        "## Fields of the schema",
        "Fields that are not here show what the object was read with.\n",
        table(["field", "right", "where", "RPCs"], _fields()),
        "## Exports and imports",
        table(["file", "right", "where", "RPC"], _files()),
        "## RPCs",
        table(["RPC", "right", "where", "services"], map(_rpc, rpcs().values())),
        "## Facts",
        "The broker lets each process announce and hear these and no others.\n",
        table(["subject", "announced by", "heard by"], _facts()),
    ]
    return "\n".join(parts)


def table(titles: list[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of Markdown."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def doors(folder: Path = GATEWAY) -> list[str]:
    """Paths that the gateway answers, in the order of DOORS; NoPolicy for one that is not there."""
    found = {path for file in folder.rglob("*.py") for path in _routes(file)}
    if unknown := found - DOORS.keys():
        raise NoPolicy(f"DOORS does not say who may ask for {', '.join(sorted(unknown))}")
    return [path for path in DOORS if path in found]


def _routes(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[path, *_]):
                if name in ROUTES and isinstance(path, ast.Constant):
                    text = str(path.value)
                    if text.startswith("/"):
                        yield text
                elif name.endswith("Route"):
                    raise NoPolicy(f"{file.name}:{node.lineno} names a path that is no text")


def _roles() -> Iterator[list[str]]:
    for action in Action:
        allowed = ["yes" if action in ALLOWED[role] else "" for role in PEOPLE]
        yield [action.replace("_", " "), MEANINGS[action], *allowed]


def _fields() -> Iterator[list[str]]:
    for field in fields(schema._schema):
        needs = [rpc.need for rpc in field.rpcs]
        where = dict.fromkeys(PLACES[need.scope] for need in needs)
        names = [rpc.name for rpc in field.rpcs]
        yield [f"`{field.name}`", right(needs) or "a token", "; ".join(where), ", ".join(names)]


def _files() -> Iterator[list[str]]:
    for verb, kinds in (("Export", EXPORTS), ("Import", OWNERS)):
        for kind, rpc in files(kinds, verb).items():
            where = PLACES[rpc.need.scope]
            yield [f"{verb.lower()} of {kind}", right([rpc.need]), where, rpc.name]


def _rpc(rpc: Rpc) -> list[str]:
    callers = ", ".join(sorted(rpc.need.callers))
    name = f"{rpc.service}.{rpc.name}"
    return [name, right([rpc.need]), PLACES[rpc.need.scope], callers]


def _facts() -> Iterator[list[str]]:
    for fact in facts():
        yield [f"`{fact.subject}`", ", ".join(fact.announced_by), ", ".join(fact.heard_by)]


if __name__ == "__main__":
    sys.stdout.write(document())
