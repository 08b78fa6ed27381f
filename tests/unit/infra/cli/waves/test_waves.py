"""`cxm waves`: what it lists, plans, previews, opens and closes."""

from pathlib import Path

import pytest

from tests.unit.infra.cli.waves.support.waves import PLAN, PREVIEW, STANDARD, Platform, run, write


def test_waves_are_listed_with_whom_they_ask_and_what_came_of_them(platform: Platform) -> None:
    lines = run("list").splitlines()

    opened, closed = "2026-09-01T06:00:01Z", "2026-09-15T06:00:01Z"
    assert lines[1:6] == [
        "next Pulse next billing, chat, care and 2 more draft 2026-09-01T06:00:00Z 2026-09-15T06:00:00Z",
        f"now Pulse now everybody open {opened} 2026-09-15T06:00:00Z 650 of 652 480",
        f"over Pulse over everybody closed {opened} {closed} 650 of 652",
        f"told Pulse told everybody released {opened} {closed} 650 of 652 486 27 of 40",
        f"elsewhere Pulse elsewhere released, imported {opened} {closed}",
    ]


def test_where_there_are_no_waves_it_is_said(platform: Platform) -> None:
    platform.waves = []

    assert run("list").startswith("no waves")


def test_a_plan_is_made_with_the_standard_questions_and_previewed(
    platform: Platform, tmp_path: Path
) -> None:
    output = run("plan", str(write(tmp_path, PLAN)))

    assert platform.changes == [
        {
            "key": "pulse-2026-12",
            "kind": "PULSE",
            "name": "December pulse",
            "language": "en",
            "questions": STANDARD,
            "opensAt": "2026-12-01T06:00:00Z",
            "closesAt": "2026-12-15T06:00:00Z",
            "repeatMonths": 3,
        }
    ]
    assert "pulse-2026-12 is planned" in output
    assert "652 people would be asked" in output
    assert (
        "see at most participation and engagement (of 3 questions of agreement or more)" in output
    )
    assert "all else takes 10 people, a sensitive question 20, or k where that is more" in output
    assert "With another k it would be 20 with k 8, 16 with k 10." in output
    assert "By place: groups: 6; departments that would be shown by it: 3" in output
    assert "warning" not in output


def test_a_plan_of_a_wave_that_is_open_says_so(platform: Platform, tmp_path: Path) -> None:
    file = write(tmp_path, PLAN.replace("pulse-2026-12", "now"))

    assert f"now is open already, until 2026-09-15T06:00:00Z; it is as in {file}" in run(
        "plan", str(file)
    )

    file = write(tmp_path, PLAN.replace("pulse-2026-12", "told"))
    output = run("plan", str(file))

    assert "told was closed at 2026-09-15T06:00:01Z, and its results are released" in output
    assert "planned" not in output


def test_a_wrong_plan_asks_nothing_of_the_platform(platform: Platform, tmp_path: Path) -> None:
    file = write(tmp_path, f'{PLAN}audience = ["billing"]')

    assert "audience: there is no such name here; do you mean departments?" in run(
        "plan", str(file)
    )
    assert platform.changes == []


def test_what_the_platform_refuses_is_said_with_its_place_in_the_plan(
    platform: Platform, tmp_path: Path
) -> None:
    platform.errors = [
        {"field": ["questions", "0", "texts"], "message": "no text in lv", "code": "TEXT_MISSING"},
        {"field": ["closesAt"], "message": "later than it opens", "code": "CLOSES_AT_TOO_EARLY"},
        {"field": ["key"], "message": "this wave was opened", "code": "WAVE_OPENED"},
        {"field": None, "message": "not now", "code": "CONFLICT"},
    ]

    output = run("plan", str(write(tmp_path, PLAN)))

    assert output.splitlines()[-4:] == [
        "questions, number 1 (recommend), texts: no text in lv",
        "closes_at: later than it opens",
        "pulse-2026-12: this wave was opened",
        "pulse-2026-12: not now",
    ]


def test_a_department_that_is_named_otherwise_is_told_with_its_key(
    platform: Platform, tmp_path: Path
) -> None:
    message = "there is no department Chat"
    platform.errors = [
        {"field": ["departments", "1"], "message": message, "code": "UNKNOWN_DEPARTMENT"}
    ]

    named = run("plan", str(write(tmp_path, f'{PLAN}departments = ["care", "CHAT"]')))
    assert 'number 2 (CHAT): there is no department Chat; do you mean "chat" (Chat)?' in named
    unknown = run("plan", str(write(tmp_path, f'{PLAN}departments = ["care", "elsewhere"]')))
    assert unknown.endswith(message)


def test_a_preview_warns_of_what_opening_would_freeze(platform: Platform) -> None:
    dimensions = [
        {"name": "place", "categories": 5, "cuts": 0, "cutsIfGiven": 12, "unknown": False},
        {"name": "grade", "categories": 1, "cuts": 0, "cutsIfGiven": 0, "unknown": False},
        {"name": "plcae", "categories": 1, "cuts": 0, "cutsIfGiven": 0, "unknown": True},
    ]
    platform.waves[0]["preview"] = PREVIEW | {"reachable": 640, "dimensions": dimensions}

    warnings = [line for line in run("preview", "next").splitlines() if "warning" in line]

    assert [line.split(".")[0] for line in warnings] == [
        "warning: a few people have no place",
        "warning: everybody has the same grade: nothing can be shown by it",
        "warning: nobody who would be asked has a plcae: look how it is spelt, or record it before the wave opens",
        "warning: without an e-mail address nobody gets a link: 12 of those people",
    ]
    assert warnings[0].endswith("then departments shown by it would be 12")


def test_what_has_no_preview_says_why(platform: Platform) -> None:
    platform.waves[0]["preview"] = None

    assert "does not answer" in run("preview", "next")
    assert "now is no draft: it is open already" in run("preview", "now")
    assert "there is no wave nowhere" in run("preview", "nowhere")


@pytest.mark.parametrize(("typed", "is_done"), [("y\n", True), ("n\n", False), ("", False)])
def test_opening_says_what_it_freezes_and_asks(
    platform: Platform, typed: str, *, is_done: bool
) -> None:
    output = run("open", "next", typed=typed)

    assert "652 people would be asked" in output
    assert "freezes its departments, people, questions, languages, dimensions and k" in output
    assert "open until 2026-09-15T06:00:00Z" in output
    assert (platform.changes == [{"key": "next"}]) is is_done
    assert ("next is open until" in output) is is_done
    assert ("nothing was done" in output) is not is_done


@pytest.mark.parametrize(("typed", "is_done"), [("y\n", True), ("n\n", False), ("", False)])
def test_closing_says_what_is_lost_and_asks(
    platform: Platform, typed: str, *, is_done: bool
) -> None:
    output = run("close", "now", "--because", "all have answered", typed=typed)

    assert "never opened again" in output
    assert bool(platform.changes) is is_done
    assert ("now is closed" in output) is is_done


def test_with_yes_nothing_is_asked(platform: Platform) -> None:
    assert "[y/N]" not in run("open", "next", "--yes")
    assert "[y/N]" not in run("close", "now", "--because", "all have answered", "--yes")

    assert platform.changes == [{"key": "next"}, {"key": "now", "reason": "all have answered"}]


def test_what_is_not_to_be_opened_or_closed_is_asked_about_by_nobody(platform: Platform) -> None:
    assert "now is open already" in run("open", "now")

    platform.errors = [{"field": ["key"], "message": "it was opened", "code": "WAVE_OPENED"}]
    assert "told: it was opened" in run("open", "told")
    assert "next: it was opened" in run("close", "next", "--because", "x")
    assert "next: it was opened" in run("remove", "next")
    platform.errors = []
    assert "next is removed" in run("remove", "next")
