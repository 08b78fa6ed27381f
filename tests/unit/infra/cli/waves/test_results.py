"""`cxm waves results`: what it prints."""

import pytest

from tests.unit.infra.cli.waves.support.waves import COMMENTS, Platform, run


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("nowhere", "--department", "care"), "there is no wave nowhere"),
        (("next", "--department", "care"), "it is a draft"),
        (("now", "--department", "care"), "it is open until 2026-09-15T06:00:00Z"),
        (("over", "--department", "care"), "it closed at 2026-09-15T06:00:01Z"),
        (("told", "--department", "nowhere"), "there is no department nowhere"),
        (("told", "--department", "aside"), "did not ask the department aside"),
        (("told", "--department", "care", "--by", "age"), "before it opened: place, grade"),
        (("told",), "--department KEY"),
        (("told", "--department", "care", "--compare-to", "now"), "now has no results yet"),
        (("told", "--department", "care", "--compare-to", "nowhere"), "no wave nowhere"),
        (("told", "--department", "care", "--comments", "--by", "place"), "neither cut nor"),
    ],
)
def test_where_there_are_no_results_it_says_why(
    platform: Platform, asked: tuple[str, ...], why: str
) -> None:
    assert why in run("results", *asked)


def test_results_have_units_intervals_bands_and_where_they_are_withheld(platform: Platform) -> None:
    lines = run("results", "told", "--department", "care").splitlines()

    assert lines[0] == "Pulse told (told): Customer care (care)"
    assert lines[2:9] == [
        "enps 8.2 -6.0 to 22.4 points, -100 to 100 123 promoters 40.0 %, detractors 10.0 % or less -4.0 (none)",
        "engagement 62.5 % 50.0 to 75.0 agree, over all such questions 123",
        "tools 62.5 % 50.0 to 75.0 agree 123 +3.1 (clear)",
        "unfair say yes withheld, counted in Aurora",
        "Cronbach's alpha of engagement: 0.84",
        "comments, printed with --comments: keep 150, change not shown here",
        "also shown by place: --by",
    ]


def test_what_is_not_compared_says_why(platform: Platform) -> None:
    asked = ("results", "told", "--department", "care", "--compare-to", "elsewhere")

    assert "not compared: what elsewhere does not tell here" in run(*asked)

    change = {"delta": 0.2, "interval": {"low": 0.1, "high": 0.3}, "verdict": "CLEAR"}
    platform.engagement_change = change
    output = run(*asked)
    assert "+20.0 (clear)" in output
    assert "not compared" not in output
    assert "not compared" not in run(*asked[:-2])


def test_a_department_that_is_withheld_says_where_it_is_counted(platform: Platform) -> None:
    output = run("results", "told", "--department", "chat")

    assert "withheld to protect people, counted in Customer care" in output


def test_what_an_imported_wave_does_not_tell_is_not_in_the_file(platform: Platform) -> None:
    whole = run("results", "elsewhere", "--department", "chat")
    item = run("results", "elsewhere", "--department", "care")

    assert "not in the file, counted in Customer care" in whole
    assert "unfair say yes not in the file, counted in Aurora" in item
    assert "withheld" not in whole + item


@pytest.mark.parametrize("how", [("csv",), ("json",), ("csv", "--comments")])
def test_who_sees_no_department_that_was_asked_is_told_so(
    platform: Platform, how: tuple[str, ...]
) -> None:
    platform.departments = {"aside": "Not asked"}

    assert (
        run("results", "told", "--format", *how)
        == ("\nthe wave told asked none of the departments that you may see").strip()
    )


def test_results_are_shown_by_a_dimension(platform: Platform) -> None:
    lines = run("results", "told", "--department", "care", "--by", "place").splitlines()

    assert "Riga engagement 62.5 % 50.0 to 75.0 agree, over all such questions 80" in lines
    assert "not given engagement 62.5 % 50.0 to 75.0 agree, over all such questions 43" in lines
    output = run("results", "told", "--department", "care", "--by", "grade")
    assert "by grade nothing is shown here" in output


def test_comments_are_printed_to_the_last_one(platform: Platform) -> None:
    lines = run("results", "told", "--department", "care", "--comments").splitlines()

    assert lines[0] == "keep: What should stay?"
    assert lines[1:151] == [f"- {text}" for text in COMMENTS]
    assert lines[151:153] == [
        "change: What should change?",
        "withheld to protect people, counted in Aurora",
    ]
