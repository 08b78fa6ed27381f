"""The survey of an import: found and compared with the mapping, or created."""

from pathlib import Path

import pytest

from infra.local.problem import Problem
from tests.unit.local.importing import HEAD, MAPPING, Importer
from tests.unit.local.organisation import Organisation


@pytest.fixture
def organisation() -> Organisation:
    return Organisation()


@pytest.fixture
def load(tmp_path: Path, organisation: Organisation) -> Importer:
    return Importer(tmp_path, organisation)


def answers(organisation: Organisation) -> list[list[dict[str, object]]]:
    return [response["answers"] for response in organisation.responses.values()]


def test_the_survey_is_created_once_and_not_public(
    load: Importer, organisation: Organisation
) -> None:
    load("responses", MAPPING, HEAD + "A,9,,\n")

    survey = organisation.surveys["pulse"]
    assert (survey["title"], survey["public"]) == ("pulse", False)
    assert [(q["key"], q["kind"], q["dontKnow"]) for q in survey["questions"]] == [
        ("recommend", "NPS", False),
        ("overall", "CSAT", True),
        ("why", "TEXT", False),
    ]


def test_an_unknown_survey_that_may_not_be_created_refuses_every_row(load: Importer) -> None:
    mapping = MAPPING.replace("survey = true", "survey = false")

    outcome = load("responses", mapping, HEAD + "A,9,,\nA,8,,\n")

    assert [line[:3] for line in outcome.report] == [
        ["2", "", "UNKNOWN_SURVEY"],
        ["3", "", "UNKNOWN_SURVEY"],
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kind = "NPS"', 'kind = "CSAT"', "the question is NPS in the survey, not CSAT"),
        (
            "[answers.why]",
            "[answers.how]",
            'survey "pulse" has no such question; it has: recommend',
        ),
        ('column = "words"', 'column = "word"', 'has no column "word"; it has: "dept", "nps"'),
    ],
)
def test_a_mapping_that_contradicts_survey_or_file_stops_everything(
    load: Importer, organisation: Organisation, old: str, new: str, message: str
) -> None:
    load("responses", MAPPING, HEAD + "A,9,,\n")

    with pytest.raises(Problem, match=r"mapping\.toml: |file\.csv has") as caught:
        load("responses", MAPPING.replace(old, new), HEAD + "A,8,,\n")

    assert message in str(caught.value)
    assert len(organisation.responses) == 1


def test_kinds_are_needed_only_for_a_new_survey(load: Importer) -> None:
    bare = MAPPING.replace('kind = "NPS"', "")
    with pytest.raises(Problem, match='"kind" is missing'):
        load("responses", bare, HEAD + "A,9,,\n")

    load("responses", MAPPING, HEAD + "A,9,,\n")

    assert load("responses", bare, HEAD + "A,8,,\n").stored == 1


def test_dont_know_is_refused_where_the_survey_has_none(
    load: Importer, organisation: Organisation
) -> None:
    load("responses", MAPPING, HEAD + "A,9,,\n")
    organisation.surveys["pulse"]["questions"][1]["dontKnow"] = False

    outcome = load("responses", MAPPING, HEAD + "A,,Don't know,\nA,,Good,\n")

    assert [line[:3] for line in outcome.report] == [["2", "csat", "DONT_KNOW_NOT_OFFERED"]]
    assert outcome.stored == 1
