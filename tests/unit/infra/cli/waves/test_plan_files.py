"""Plans of waves: all that is wrong with a file at once, each with its place."""

from pathlib import Path

import pytest

from infra.cli.waves.plan_files import place_in, read_plan
from infra.client.problem import Problem

OWN = """
key = "spring-2027"
name = "Spring pulse"
names = [{language = "lv", text = "Pavasara pulss"}]
language = "en"
languages = ["en", "lv"]
departments = ["billing"]
k = 8
dimensions = ["site"]
opens_at = 2027-03-01T08:00:00+02:00
closes_at = "2027-03-15T08:00:00+02:00"
reminders = [3, 7]
kind = "census"

[[questions]]
key = "tools"
kind = "agreement"
text = "I have the tools I need."
texts = [{language = "lv", text = "Man ir rīki."}]

[[questions]]
key = "recommend"
kind = "eNPS"
text = "Would you?"
"""
WHOLE = 'key = "x"\nname = "X"\nlanguage = "en"\nquestions = "standard"\n'


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "wave.toml"
    file.write_text(text)
    return file


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(Problem) as refused:
        read_plan(write(tmp_path, text))
    return str(refused.value).split("\n  ")[1:]


def test_a_plan_is_read_as_the_api_takes_it(tmp_path: Path) -> None:
    assert read_plan(write(tmp_path, OWN)) == {
        "key": "spring-2027",
        "kind": "CENSUS",
        "name": "Spring pulse",
        "names": [{"language": "lv", "text": "Pavasara pulss"}],
        "language": "en",
        "languages": ["en", "lv"],
        "departments": ["billing"],
        "k": 8,
        "dimensions": ["site"],
        "opensAt": "2027-03-01T06:00:00Z",
        "closesAt": "2027-03-15T06:00:00Z",
        "reminders": [3, 7],
        "questions": [
            {
                "key": "tools",
                "kind": "AGREEMENT",
                "text": "I have the tools I need.",
                "texts": [{"language": "lv", "text": "Man ir rīki."}],
            },
            {"key": "recommend", "kind": "ENPS", "text": "Would you?"},
        ],
    }


def test_a_plan_without_a_kind_is_a_pulse(tmp_path: Path) -> None:
    assert read_plan(write(tmp_path, WHOLE))["kind"] == "PULSE"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("audience", "departments"),
        ("departmens", "departments"),
        ("dimension", "dimensions"),
        ("Title", "name"),
        ("open_at", "opens_at"),
        ("closes", "closes_at"),
        ("repeat", "repeat_months"),
    ],
)
def test_an_unknown_name_is_refused_with_the_one_that_is_meant(
    tmp_path: Path, name: str, meant: str
) -> None:
    (found,) = problems(tmp_path, f"{WHOLE}{name} = 1")

    assert found.endswith(f"there is no such name here; do you mean {meant}?")


def test_a_name_like_no_other_is_refused_with_all_there_are(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, f"{WHOLE}zzz = 1")

    assert found.startswith("zzz: there is no such name here, but key, kind, name")


def test_all_that_is_wrong_is_said_at_once_with_its_place(tmp_path: Path) -> None:
    text = """
key = "x"
kind = "survey"
k = "5"
languages = "en"
reminders = ["7"]
opens_at = 2027-03-01T08:00:00
closes_at = 2027-03-15
[[questions]]
key = "tools"
kind = "agree"
text = "I have the tools I need."
[[questions]]
kind = "text"
text = "What else?"
texts = [{language = "lv"}]
dimensions = ["site"]
"""

    assert problems(tmp_path, text) == [
        'kind: "survey" is none of census, pulse',
        "k: write a whole number, without quotes",
        'languages: write a list, e.g. languages = ["en", "lv"]',
        "reminders, number 1 (7): write a whole number, without quotes",
        "opens_at: this is no time with an offset from UTC; write opens_at = 2027-03-01T08:00:00+02:00, "
        "or 2027-03-01T08:00:00Z for UTC",
        "closes_at: this is no time with an offset from UTC; write closes_at = 2027-03-15T08:00:00+02:00, "
        "or 2027-03-15T08:00:00Z for UTC",
        'questions, number 1 (tools), kind: "agree" is none of enps, agreement, burnout, sensitive, text; '
        "do you mean agreement?",
        'questions, number 2, texts, number 1 (lv), text: this is missing; write text = "..."',
        "questions, number 2, dimensions: this is of the whole wave: write it above the first [[questions]]",
        'questions, number 2, key: this is missing; write key = "tools"',
        'name: this is missing; write name = "Spring pulse"',
        'language: this is missing; write language = "en"',
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('questions = "usual"', 'questions: write a list, e.g. questions = "standard", or'),
        ("questions = [1]", "questions, number 1: write a table with key, kind, text, texts"),
        ("questions = [{key = 1}]", 'questions, number 1, key: write text in quotes: "..."'),
        ("k = true", "k: write a whole number"),
        ("k = 3000000000", "k: write a whole number"),
        ('opens_at = "soon"', "opens_at: this is no time with an offset from UTC"),
        ("opens_at = 08:00:00", "opens_at: this is no time with an offset from UTC"),
    ],
)
def test_what_the_api_could_not_take_is_refused_here(tmp_path: Path, text: str, why: str) -> None:
    assert any(found.startswith(why) for found in problems(tmp_path, text))


@pytest.mark.parametrize(
    ("content", "why"), [(b"key = ", "no TOML"), (b"\xff", "no TOML"), (b"#" * 2**21, "too large")]
)
def test_what_is_no_plan_at_all_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "wave.toml"
    file.write_bytes(content)

    with pytest.raises(Problem, match=why):
        read_plan(file)
    with pytest.raises(Problem, match="cannot be read"):
        read_plan(tmp_path)


def test_what_stands_in_a_file_changes_no_terminal(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, f'{WHOLE}kind = "\\u001b[8m"')

    assert '"?[8m" is none of' in found


def test_a_path_of_the_api_is_a_place_in_the_plan() -> None:
    plan = {"questions": [{"key": "a"}, {"key": "b", "texts": [{"language": "lv"}]}]}

    assert place_in(plan, ["opensAt"]) == "opens_at"
    assert place_in(plan, ["questions", "1", "texts", "0", "text"]) == (
        "questions, number 2 (b), texts, number 1 (lv), text"
    )
    assert place_in(plan, ["questions", "7"]) == "questions, 7"


def test_an_empty_list_of_departments_is_refused_for_it_would_ask_everybody(tmp_path: Path) -> None:
    assert problems(tmp_path, f"{WHOLE}departments = []") == [
        "departments: this names nobody; leave the line out to ask everybody"
    ]


@pytest.mark.parametrize(
    "text", [f"{WHOLE}[[questions]]\nkey = 'a'", f"{OWN}questions = 'standard'"]
)
def test_questions_are_standard_or_ones_own(tmp_path: Path, text: str) -> None:
    assert any("questions: it is one or the other:" in each for each in problems(tmp_path, text))
