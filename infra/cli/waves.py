"""Waves of questions to employees, through the public API: `cxm waves`."""

import re
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from infra.cli.options import DEFAULT_URL, Token, Url, add_row, make_table, show
from infra.client.api import Api, Json
from infra.client.problem import Problem
from services.kit.clock import instant_text

STATE = "key state opensAt closesAt openedAt closedAt invited linksSent linksSpent"
LIST = f"""query ($after: String) {{ waves(first: 100, after: $after) {{
  edges {{ node {{ {STATE} report {{ answered departments released lost }} }} }}
  pageInfo {{ hasNextPage endCursor }} }} }}"""
STANDARD = "{ standardWaveQuestions { key kind text texts { language text } } }"
PREVIEW = """query ($key: String!) { wave(key: $key) { preview { people reachable departments shown
  dimensions { name categories cuts } withOtherK { k shown } } } }"""
RESULTS = """query ($key: String!, $department: String!, $compareTo: String) { wave(key: $key) {
  results(department: $department, compareTo: $compareTo) { status countedIn
    scores { statistic status value base countedIn interval { low high } change { delta verdict } } } } }"""
LARGEST_PLAN: Final = 1024**2
WIRE_NAMES: Final = {
    name: re.sub("_(.)", lambda sign: sign[1].upper(), name)
    for name in (
        "key",
        "kind",
        "name",
        "names",
        "language",
        "languages",
        "questions",
        "departments",
        "k",
        "dimensions",
        "opens_at",
        "closes_at",
        "reminders",
        "repeat_months",
    )
}
"""Names of a plan as the API has them."""

waves = typer.Typer(
    help="Waves of questions to employees: list, plan, preview, open, close and read them. For admins and analysts.",
    no_args_is_help=True,
)
Key = Annotated[str, typer.Argument(help="Of the wave.")]
Plan = Annotated[
    Path,
    typer.Argument(
        help="A TOML file with key, kind, name, language, questions and so on; docs/first-steps.md has one. "
        'Times are RFC 3339; questions = "standard" asks those that come with the product.',
        show_default=False,
    ),
]


@waves.command("list")
def list_waves(url: Url = DEFAULT_URL, token: Token = "") -> None:
    """Print all waves, the latest first."""
    table = make_table("wave", "state", "opens", "closes", "sent", "answered", "departments shown")
    with Api(url, token) as api:
        for wave in _listed(api):
            report = wave["report"] or {}
            shown = f"{report['released']} of {report['departments']}" if report else ""
            opens, closes = (
                wave["openedAt"] or wave["opensAt"],
                wave["closedAt"] or wave["closesAt"],
            )
            sent = "" if wave["invited"] is None else f"{wave['linksSent']} of {wave['invited']}"
            answered = "" if wave["linksSpent"] is None else str(wave["linksSpent"])
            state = wave["state"].lower()
            add_row(table, wave["key"], state, opens or "", closes or "", sent, answered, shown)
    show(table)


@waves.command()
def plan(file: Plan, url: Url = DEFAULT_URL, token: Token = "") -> None:
    """Make a draft of a plan, or change one. Run it again as often as you like, until the wave is opened."""
    draft = _read(file)
    with Api(url, token) as api:
        if draft.get("questions") == "standard":
            draft["questions"] = api.query(STANDARD)["standardWaveQuestions"]
        _change(api, "upsertWave", draft)
        typer.echo(f"{draft['key']} is planned")
        _print_preview(api, draft["key"])


@waves.command()
def preview(key: Key, url: Url = DEFAULT_URL, token: Token = "") -> None:
    """Print who a draft would ask today, and what would be shown if 75 % answered."""
    with Api(url, token) as api:
        _print_preview(api, key)


@waves.command("open")
def open_wave(key: Key, url: Url = DEFAULT_URL, token: Token = "") -> None:
    """Open a draft now. Departments, people, questions and k are frozen, and links go out: this cannot be undone."""
    with Api(url, token) as api:
        _change(api, "openWave", {"key": key})
    typer.echo(f"{key} is open")


@waves.command()
def close(
    key: Key,
    because: Annotated[str, typer.Option(help="Why before its time; kept with the wave.")],
    url: Url = DEFAULT_URL,
    token: Token = "",
) -> None:
    """Close an open wave before its time. Results follow by themselves, once; it is never opened again."""
    with Api(url, token) as api:
        _change(api, "closeWave", {"key": key, "reason": because})
    typer.echo(f"{key} is closed; results are being computed")


@waves.command()
def remove(key: Key, url: Url = DEFAULT_URL, token: Token = "") -> None:
    """Remove a draft."""
    with Api(url, token) as api:
        _change(api, "removeWave", {"key": key})
    typer.echo(f"{key} is removed")


@waves.command()
def results(
    key: Key,
    department: Annotated[str, typer.Option(help="Key of the department.")],
    compare_to: Annotated[str | None, typer.Option(help="Key of another wave.")] = None,
    url: Url = DEFAULT_URL,
    token: Token = "",
) -> None:
    """Print what a wave says of a department. Also for heads of departments."""
    asked = {"key": key, "department": department, "compareTo": compare_to}
    with Api(url, token) as api:
        wave = api.query(RESULTS, asked)["wave"]
    found = wave and wave["results"]
    if not found:
        raise Problem(f"{key} has no results of {department}: `cxm waves list` has all waves")
    if found["status"] == "WITHHELD":
        show(f"withheld to protect people{_counted_in(found)}")
        return
    table = make_table("what", "value", "likely", "base", "change", "")
    for score in found["scores"]:
        add_row(table, *_cells(score))
    show(table)


def _listed(api: Api) -> list[Json]:
    found: list[Json] = []
    after = None
    while True:
        page = api.query(LIST, {"after": after})["waves"]
        if page is None:
            raise Problem("your role reads no waves, or their service does not answer")
        found += [edge["node"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def _read(file: Path) -> Json:
    """A plan as the API takes it; Problem for what is none."""
    try:
        if file.stat().st_size > LARGEST_PLAN:
            raise Problem(f"{file} is too large for a plan: at most {LARGEST_PLAN // 1024} KiB")
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Problem(f"{file} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem(f"{file} is no TOML: {error}") from error
    if unknown := sorted(given.keys() - WIRE_NAMES.keys()):
        known = ", ".join(WIRE_NAMES)
        raise Problem(f"a plan has no {', '.join(unknown)}; it has {known}")
    if "key" not in given:
        raise Problem(f"{file} names no key: the wave needs one")
    draft = {WIRE_NAMES[name]: _value(value) for name, value in given.items()}
    return draft | {"kind": str(draft.get("kind", "PULSE")).upper()}


def _value(value: Any) -> Any:
    """TOML has instants of its own; one without a time zone would be anybody's guess."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise Problem(f"{value} has no time zone: write 2026-12-01T08:00:00+02:00")
        return instant_text(value)
    return value


def _change(api: Api, mutation: str, given: Json) -> None:
    kind = mutation[0].upper() + mutation[1:]
    document = f"mutation ($input: {kind}Input!) {{ {mutation}(input: $input) {{ userErrors {{ message code }} }} }}"
    payload = api.mutate(mutation, document, {"input": given})
    if payload["userErrors"]:
        raise Problem(payload["userErrors"][0]["message"])


def _print_preview(api: Api, key: str) -> None:
    wave = api.query(PREVIEW, {"key": key})["wave"]
    if wave is None:
        raise Problem(f"there is no wave {key}: `cxm waves list` has all")
    found = wave["preview"]
    if found is None:
        raise Problem(f"{key} is no draft: nothing of it can change")
    typer.echo(
        f"{found['people']} people would be asked, {found['reachable']} of them have an e-mail address. "
        f"With 75 % taking part, {found['shown']} of {found['departments']} departments would see results."
    )
    for other in found["withOtherK"]:
        typer.echo(f"With k {other['k']}: {other['shown']}")
    for each in found["dimensions"]:
        typer.echo(
            f"By {each['name']}: {each['categories']} groups, {each['cuts']} departments would be shown by it"
        )


def _cells(score: Json) -> list[str]:
    interval, change = score["interval"], score["change"]
    likely = f"{_number(interval['low'])} to {_number(interval['high'])}" if interval else ""
    changed = f"{_number(change['delta'])} ({change['verdict'].lower()})" if change else ""
    remark = "" if score["status"] == "OK" else score["status"].lower().replace("_", " ")
    if score["status"] == "WITHHELD":
        remark += _counted_in(score)
    base = "" if score["base"] is None else str(score["base"])
    return [score["statistic"], _number(score["value"]), likely, base, changed, remark]


def _counted_in(found: Json) -> str:
    return f", counted in {found['countedIn']}" if found["countedIn"] else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"
