"""What `cxm up` prints when everything runs: address, tokens, three queries to paste."""

import json
import shlex
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.text import Text

from infra.local import keys
from infra.local.demo import organisation, visit

SCORE = "value base status interval { low high }"

SCORECARD = f"""
query ($from: Date!, $to: Date!) {{ organization {{ name
  scorecard(period: {{ from: $from, to: $to }}) {{
    nps {{ {SCORE} }} csat {{ {SCORE} }} turnoverRate {{ {SCORE} }} }} }} }}"""

DEPARTMENT = """
query ($key: String!, $from: Date!, $to: Date!) { department(key: $key) { name
  scorecard(period: { from: $from, to: $to }) { nps { value base
    trend(interval: MONTH) { from to value base status }
    breakdown(by: CHILD_DEPARTMENT) { key label score { value base status } } } } } }"""

SUBMIT = """
mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) {
  response { id } userErrors { field message code } } }"""

CREATE_SURVEY = """
mutation ($input: CreateSurveyInput!) { createSurvey(input: $input) {
  survey { key } userErrors { field message code } } }"""

READERS = ("department_head", "analyst", "admin", "operator", "privacy_officer")
"""Who has pages, the first as most who use them."""

FIRST_SURVEY = {
    "key": "first",
    "title": "How did we do?",
    "public": True,
    "offers": {"departments": [organisation.ROOT]},
    "questions": [
        {"key": "recommend", "kind": "NPS", "text": "How likely are you to recommend us?"},
        {"key": "comment", "kind": "TEXT", "text": "Why?"},
    ],
}


@dataclass(frozen=True)
class Query:
    """A query to paste; `role` None needs no token."""

    title: str
    document: str
    variables: dict[str, object]
    role: str | None


def queries(today: date, *, demo: bool) -> tuple[Query, ...]:
    """Three queries that work now: on the demo, or on an organisation that is still empty."""
    period = {
        "from": (today - timedelta(days=365)).isoformat(),
        "to": (today + timedelta(days=1)).isoformat(),
    }
    scorecard = Query("The whole organisation, one year", SCORECARD, {**period}, "analyst")
    if demo:
        return (
            scorecard,
            Query(
                "One department by month, and its parts",
                DEPARTMENT,
                {"key": "billing", **period},
                "analyst",
            ),
            Query("Answer a public survey, no token", SUBMIT, {"input": _answer(demo=True)}, None),
        )
    return (
        Query("A first survey, open to everybody", CREATE_SURVEY, {"input": FIRST_SURVEY}, "admin"),
        Query("Answer it, no token", SUBMIT, {"input": _answer(demo=False)}, None),
        scorecard,
    )


def _answer(*, demo: bool) -> dict[str, object]:
    answers = [
        {"question": "recommend", "score": 9},
        {"question": "comment", "text": "Quick and friendly."},
    ]
    if demo:
        return {"survey": organisation.SURVEY, "touchpoint": "invoice", "answers": answers}
    return {"survey": "first", "department": organisation.ROOT, "answers": answers}


def _in_one_line(document: str) -> str:
    return " ".join(document.split())


DOCUMENTS = tuple(map(_in_one_line, (SCORECARD, DEPARTMENT, SUBMIT, CREATE_SURVEY)))
"""As they are sent."""


def command(query: Query, url: str, cxm: Path, data_dir: Path) -> str:
    """A shell command that asks a query; the token is made anew each time, so it never expires."""
    body = json.dumps({"query": _in_one_line(query.document), "variables": query.variables})
    parts = ["curl", "-sS", f"{url}/graphql", "-H", "'Content-Type: application/json'"]
    if query.role is not None:
        token = f"{shlex.quote(str(cxm))} token --role {query.role} --data-dir {shlex.quote(str(data_dir))}"
        parts += ["-H", f'"Authorization: Bearer $({token})"']
    return " ".join([*parts, "--data", shlex.quote(body)])


def callable_name(cxm: Path) -> str:
    """How a shell in this directory starts the command: by its name where that finds it, else by its path."""
    on_path = shutil.which("cxm")
    if on_path and Path(on_path).absolute() == cxm.absolute():
        return "cxm"
    is_below = cxm.is_relative_to(Path.cwd())
    return shlex.quote(str(cxm.relative_to(Path.cwd()) if is_below else cxm))


def show(console: Console, *, url: str, cxm: Path, data_dir: Path, today: date, demo: bool) -> None:
    """Print the page; commands and tokens stand on one line each, whatever the width."""
    console.print(Text.assemble(("\ncxm is ready  ", "bold green"), (url, "bold")))
    console.print(f"its API: {url}/graphql", soft_wrap=True)
    again = f"{callable_name(cxm)} token --role ROLE [--department KEY]"
    place = f"--data-dir {shlex.quote(str(data_dir))}"
    _title(
        console,
        "Open the pages",
        f", each once, 15 minutes (again: {again} --link {place} --url {url})",
    )
    for role in READERS:
        department = _department_of(role, demo=demo)
        _line(console, _called(role, department), "cyan")
        _line(console, url + keys.link(data_dir, role, department))
    _title(console, "Tokens for programs", f", 24 hours (again: {again} {place})")
    for role in keys.AVAILABLE:
        department = _department_of(role, demo=demo)
        _line(console, _called(role, department), "cyan")
        _line(console, keys.mint(data_dir, role, department))
    if demo:
        _show_survey(console, url)
    console.print("\n[bold]Three queries to paste[/]")
    for query in queries(today, demo=demo):
        _line(console, query.title, "cyan")
        _line(console, command(query, url, cxm, data_dir))
    console.print("\nCtrl-C ends everything; the data stay in", str(data_dir), soft_wrap=True)


def _title(console: Console, title: str, more: str) -> None:
    console.print(Text.assemble((f"\n{title}", "bold"), more), soft_wrap=True)


def _department_of(role: str, *, demo: bool) -> str | None:
    """A head needs a department: in the demo the one that gets worse."""
    if role != "department_head":
        return None
    return "billing" if demo else organisation.ROOT


def _called(role: str, department: str | None) -> str:
    return f"{role} of {department}" if department else role


def _line(console: Console, text: str, style: str = "") -> None:
    console.print(Text(text, style), soft_wrap=True)


def _show_survey(console: Console, url: str) -> None:
    """A survey that everybody may answer."""
    more = " (to remove the answer by its code: /r)"
    console.print(Text.assemble(("\nAnswer a survey, no token", "bold"), more), soft_wrap=True)
    _line(console, f"{url}/r/{visit.KEY}")
