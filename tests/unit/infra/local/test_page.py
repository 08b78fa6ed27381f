"""The page that `cxm up` prints."""

import io
import json
import shlex
from datetime import date
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate
from rich.console import Console

from infra.local import keys, page
from infra.local.keys import AVAILABLE
from infra.local.page import READERS

SCHEMA = build_schema(Path("gateway/schema.graphql").read_text())
TODAY = date(2026, 5, 13)


def shown(data_dir: Path, *, demo: bool) -> list[str]:
    keys.prepare(data_dir)
    screen = io.StringIO()
    page.show(
        Console(file=screen, width=40),
        url="http://127.0.0.1:8123",
        cxm=Path("/opt/c x m/cxm"),
        data_dir=data_dir,
        today=TODAY,
        demo=demo,
    )
    return screen.getvalue().splitlines()


@pytest.mark.parametrize("demo", [True, False])
def test_the_page_has_the_address_a_token_per_role_and_three_commands(
    tmp_path: Path, demo: bool
) -> None:
    lines = shown(tmp_path, demo=demo)

    assert "cxm is ready  http://127.0.0.1:8123" in lines
    assert "its API: http://127.0.0.1:8123/graphql" in lines
    assert sum(line.startswith("eyJ") and line.count(".") == 2 for line in lines) == len(AVAILABLE)
    assert sum(line.startswith("curl ") for line in lines) == 3
    assert sum(line.startswith("http://127.0.0.1:8123/signin/link/eyJ") for line in lines) == len(
        READERS
    )


@pytest.mark.parametrize("demo", [True, False])
def test_each_command_is_one_line_that_a_shell_takes_apart_into_a_query(
    tmp_path: Path, demo: bool
) -> None:
    for line in shown(tmp_path, demo=demo):
        if line.startswith("curl "):
            words = shlex.split(line)
            body = json.loads(words[words.index("--data") + 1])
            assert validate(SCHEMA, parse(body["query"])) == []


def test_answering_a_public_survey_needs_no_token() -> None:
    submit = page.queries(TODAY, demo=True)[2]
    command = page.command(submit, "http://127.0.0.1:8123", Path("cxm"), Path(".cxm"))
    assert "Authorization" not in command


def test_the_period_is_the_past_year_with_today() -> None:
    variables = page.queries(TODAY, demo=True)[0].variables
    assert variables == {"from": "2025-05-13", "to": "2026-05-14"}


def test_the_command_is_named_as_a_shell_finds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cxm = tmp_path / ".venv" / "bin" / "cxm"
    cxm.parent.mkdir(parents=True)
    cxm.touch(mode=0o755)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.chdir(tmp_path)
    assert page.callable_name(cxm) == ".venv/bin/cxm"

    monkeypatch.chdir(tmp_path / ".venv" / "bin")
    monkeypatch.setenv("PATH", str(cxm.parent))
    assert page.callable_name(cxm) == "cxm"
    assert page.callable_name(Path("/opt/c x m/cxm")) == "'/opt/c x m/cxm'"
