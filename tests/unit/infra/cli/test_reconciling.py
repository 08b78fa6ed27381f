"""`cxm reconcile`: what it asks for, waits for and prints."""

import io
from typing import Any

import httpx
import orjson
import pytest
from rich.console import Console

from infra.cli.reconciling import Unfinished, compare, report
from infra.client.api import Api


def comparison(state: str, **changes: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"error": None, "compared": 0, "differing": 0, "differences": []}
    return {"state": state, **empty, **changes}


def difference(**changes: Any) -> dict[str, Any]:
    fields = {"department": "shop", "survey": "pulse", "month": "2026-03", "quantity": "RESPONSES"}
    numbers = {"question": None, "option": None, "stored": 1_200, "counted": 1_199}
    return fields | numbers | changes


def platform(*answers: dict[str, Any]) -> tuple[Api, list[str]]:
    """A client of a platform that answers so, one after the other, and what was calls."""
    left, calls = list(answers), []

    def answer(request: httpx.Request) -> httpx.Response:
        document = orjson.loads(request.read())["query"]
        starts = "startReconciliation" in document
        calls.append("start" if starts else "look")
        field = "startReconciliation" if starts else "reconciliation"
        return httpx.Response(200, json={"data": {field: left.pop(0)}})

    transport = httpx.MockTransport(answer)
    return Api("http://cxm", "token", transport=transport, wait=lambda _: False), calls


def printed(result: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> str:
    table = io.StringIO()
    report(result, Console(file=table, width=120))
    return table.getvalue() + capsys.readouterr().out


def test_it_waits_for_what_runs_and_starts_its_own() -> None:
    api, calls = platform(
        comparison("RUNNING"),
        comparison("DONE", differing=3),
        comparison("RUNNING"),
        comparison("RUNNING"),
        comparison("DONE", compared=9),
    )

    with api:
        result = compare(api)

    assert result["compared"] == 9
    assert calls == ["look", "look", "start", "look", "look"]


def test_what_came_to_no_end_is_told() -> None:
    failed = comparison("FAILED", error="the survey service cannot be calls now")
    api, _ = platform(comparison("NEVER"), comparison("RUNNING"), failed)

    with api, pytest.raises(Unfinished, match="could not be compared: the survey service"):
        compare(api)


def test_one_line_says_that_all_agrees(capsys: pytest.CaptureFixture[str]) -> None:
    result = comparison("DONE", compared=1_234)

    assert (
        printed(result, capsys) == "all agrees; compared by department, survey and month: 1,234\n"
    )


def test_a_table_names_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    differences = [
        difference(),
        difference(quantity="SUM", question="recommend", stored=90, counted=81),
        difference(quantity="ANSWERS", question="why", option="price"),
    ]
    result = comparison("DONE", compared=7, differing=250, differences=differences)

    lines = [" ".join(line.split()) for line in printed(result, capsys).splitlines()]

    assert lines == [
        "department survey month what stored counted",
        "shop pulse 2026-03 responses 1,200 1,199",
        "shop pulse 2026-03 sum of recommend 90 81",
        "shop pulse 2026-03 answers of why = price 1,200 1,199",
        "numbers that differ: 250 (the first 3 are shown); compared by department, survey and month: 7",
    ]
