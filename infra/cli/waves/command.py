"""Waves of questions to employees, through the public API: `cxm waves`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from infra.cli.options import DEFAULT_URL, Token, Url, add_row, instant, make_table, show
from infra.cli.waves.plan_files import STANDARD, place_in, read_plan
from infra.cli.waves.previewing import PREVIEW, preview_sentences
from infra.cli.waves.results import results
from infra.client.api import Api, Json
from infra.client.problem import Problem

LIST = """query ($after: String) { waves(first: 100, after: $after) {
  edges { node { key name state imported departments opensAt closesAt openedAt closedAt invited linksSent linksSpent
    report { answered departments released lost } } }
  pageInfo { hasNextPage endCursor } } }"""
STANDARD_QUESTIONS = "query { standardWaveQuestions { key kind text texts { language text } } }"
LOOK = f"""query ($key: String!, $isPreviewed: Boolean!) {{ wave(key: $key) {{
  key name state closesAt closedAt {PREVIEW} }} }}"""
CALLED = """query ($search: String!) { departments(first: 5, search: $search) { edges { node { key name } } } }"""


def _change_document(mutation: str) -> str:
    """What is sent to change a wave, by the name of the mutation."""
    kind = mutation[0].upper() + mutation[1:]
    wave = "" if mutation == "removeWave" else "wave { key state invited closesAt closedAt }"
    return (
        f"mutation ($input: {kind}Input!) {{ {mutation}(input: $input) {{ "
        f"{wave} userErrors {{ field message code }} }} }}"
    )


CHANGES: Final = {
    mutation: _change_document(mutation)
    for mutation in ("upsertWave", "openWave", "closeWave", "removeWave")
}
SHOWN_AUDIENCE: Final = 3
"""Departments of an audience that a list names."""
STATES: Final = {
    "OPEN": "is open already, until {closesAt}",
    "CLOSED": "was closed at {closedAt}",
    "RELEASED": "was closed at {closedAt}, and its results are released",
}
"""What a wave that is no draft any more is."""

waves = typer.Typer(
    help="Waves of questions to employees: list, plan, preview, open, close and read them. For admins and analysts.",
    no_args_is_help=True,
)
Key = Annotated[str, typer.Argument(help="Of the wave.")]
Plan = Annotated[
    Path,
    typer.Argument(
        help="A TOML file with key, kind, name, language, questions and so on; docs/waves.md has all of them. "
        'Times are RFC 3339; questions = "standard" asks those that come with the product.',
        show_default=False,
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]


@waves.command("list")
def list_waves(url: Url = DEFAULT_URL, token: Token = "") -> None:
    """Print all waves, the latest first; times are UTC."""
    table = make_table(
        *("wave", "name", "asks", "state", "opens (UTC)", "closes (UTC)"),
        *("sent", "answered", "departments shown"),
    )
    with Api(url, token) as api:
        for wave in _listed(api):
            report = wave["report"]
            add_row(
                table,
                *(wave["key"], wave["name"], _audience(wave), _state(wave)),
                instant(wave["openedAt"] or wave["opensAt"]),
                instant(wave["closedAt"] or wave["closesAt"]),
                "" if wave["invited"] is None else f"{wave['linksSent']} of {wave['invited']}",
                "" if wave["linksSpent"] is None else str(wave["linksSpent"]),
                f"{report['released']} of {report['departments']}" if report else "",
            )
    show(table if table.row_count else "no waves")


@waves.command()
def plan(file: Plan, url: Url = DEFAULT_URL, token: Token = "") -> None:
    """Make a draft of a plan, or change one. Run it again as often as you like, until the wave is opened."""
    draft = read_plan(file)
    with Api(url, token) as api:
        if draft["questions"] == STANDARD:
            draft["questions"] = api.query(STANDARD_QUESTIONS)["standardWaveQuestions"]
        kept = _change(api, "upsertWave", draft)
        if kept["state"] != "DRAFT":
            typer.echo(f"{kept['key']} {_what_it_is(kept)}; it is as in {file}, and stays so")
            return
        typer.echo(f"{kept['key']} is planned")
        _print_preview(_look(api, kept["key"]))


@waves.command()
def preview(key: Key, url: Url = DEFAULT_URL, token: Token = "") -> None:
    """Print who a draft would ask today, and what would be shown if 75 % answered."""
    with Api(url, token) as api:
        _print_preview(_look(api, key))


@waves.command("open")
def open_wave(key: Key, yes: Yes = False, url: Url = DEFAULT_URL, token: Token = "") -> None:
    """Open a draft now. Departments, people, questions and k are frozen, and links go out: this cannot be undone."""
    with Api(url, token) as api:
        wave = _look(api, key, is_previewed=not yes)
        if wave["state"] == "DRAFT" and not yes:
            _print_preview(wave)
            closes = f"until {instant(wave['closesAt'])}" if wave["closesAt"] else "without an end"
            _ask(
                f'Opening "{wave["name"]}" freezes its departments, people, questions, languages, dimensions and k, '
                f"and sends a link to everybody who is asked; it is open {closes}. It never is a draft again. "
                f"Open {key}?"
            )
        opened = _change(api, "openWave", {"key": key})
    if wave["state"] == "OPEN":
        typer.echo(f"{key} {_what_it_is(opened)}; nothing was changed")
    else:
        typer.echo(
            f"{key} is open until {instant(opened['closesAt'])}: {opened['invited']} people are asked, and nothing of "
            "it changes any more"
        )


@waves.command()
def close(
    key: Key,
    because: Annotated[str, typer.Option(help="Why before its time; kept with the wave.")],
    yes: Yes = False,
    url: Url = DEFAULT_URL,
    token: Token = "",
) -> None:
    """Close an open wave before its time. Results follow by themselves, once; it is never opened again."""
    with Api(url, token) as api:
        wave = _look(api, key, is_previewed=False)
        if wave["state"] == "OPEN" and not yes:
            _ask(
                f'"{wave["name"]}" is open until {instant(wave["closesAt"])}. Once it is closed nobody can answer, '
                f"and it is never opened again; its results are released once and never change. Close {key}?"
            )
        _change(api, "closeWave", {"key": key, "reason": because})
    typer.echo(f"{key} is closed; results are being computed")


@waves.command()
def remove(key: Key, url: Url = DEFAULT_URL, token: Token = "") -> None:
    """Remove a draft."""
    with Api(url, token) as api:
        _change(api, "removeWave", {"key": key})
    typer.echo(f"{key} is removed")


waves.command()(results)


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


def _audience(wave: Json) -> str:
    """Whom it asks; empty where that is not known: of imported ones, and for who may not write waves."""
    named = wave["departments"]
    if not named:
        is_known = wave["state"] == "DRAFT" or wave["invited"] is not None
        return "everybody" if is_known else ""
    more = len(named) - SHOWN_AUDIENCE
    return ", ".join(named[:SHOWN_AUDIENCE]) + (f" and {more} more" if more > 0 else "")


def _state(wave: Json) -> str:
    state: str = wave["state"].lower()
    return f"{state}, imported" if wave["imported"] else state


def _look(api: Api, key: str, *, is_previewed: bool = True) -> Json:
    """A preview takes a second where the organisation is large."""
    wave: Json | None = api.query(LOOK, {"key": key, "isPreviewed": is_previewed})["wave"]
    if wave is None:
        raise Problem(f"there is no wave {key}: `cxm waves list` has all")
    return wave


def _print_preview(wave: Json) -> None:
    if wave["state"] != "DRAFT":
        raise Problem(
            f"{wave['key']} is no draft: it {_what_it_is(wave)}, and nothing of it changes"
        )
    if wave["preview"] is None:
        raise Problem("who would be asked is not known now: its service does not answer; try again")
    for sentence in preview_sentences(wave["preview"]):
        typer.echo(sentence)


def _what_it_is(wave: Json) -> str:
    times = {name: instant(wave[name]) for name in ("closesAt", "closedAt")}
    return STATES[wave["state"]].format_map(times)


def _ask(question: str) -> None:
    """Problem where the answer is no, or nobody is there to answer."""
    try:
        is_wanted = typer.confirm(question)
    except typer.Abort:
        typer.echo(err=True)
        is_wanted = False
    if not is_wanted:
        raise Problem("nothing was done; --yes does it without asking")


def _change(api: Api, mutation: str, given: Json) -> Json:
    """The wave as it stands then, nothing of one that was removed; Problem with all that the API refuses."""
    payload = api.mutate(mutation, CHANGES[mutation], {"input": given})
    if payload["userErrors"]:
        raise Problem("\n".join(_refusal(api, error, given) for error in payload["userErrors"]))
    changed: Json = payload.get("wave") or {}
    return changed


def _refusal(api: Api, error: Mapping[str, Any], given: Json) -> str:
    """With the place in the plan; of the wave as a whole with its key."""
    path = error["field"] or ["key"]
    place: str = given["key"] if path == ["key"] else place_in(given, path)
    meant = _meant_department(api, given, path) if error["code"] == "UNKNOWN_DEPARTMENT" else ""
    return f"{place}: {error['message']}{meant}"


def _meant_department(api: Api, given: Json, path: Sequence[str]) -> str:
    """The keys of departments that are called so; empty where none is."""
    name = given["departments"][int(path[-1])]
    page = api.query(CALLED, {"search": name})["departments"]
    found = [edge["node"] for edge in page["edges"]] if page else []
    called = [each for each in found if each["name"].casefold() == name.casefold()] or found
    keys = " or ".join(f'"{each["key"]}" ({each["name"]})' for each in called)
    return f"; do you mean {keys}?" if keys else ""
