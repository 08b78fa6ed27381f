"""Responses: cells become answers, each row stands for itself, a second run stores nothing."""

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


def test_cells_become_answers(load: Importer, organisation: Organisation) -> None:
    outcome = load("responses", MAPPING, HEAD + 'A,10, Good ,"two\nlines"\nA,7.0,Don\'t know,NA\n')

    assert (outcome.stored, outcome.refused) == (2, 0)
    assert answers(organisation) == [
        [
            {"question": "recommend", "score": 10},
            {"question": "overall", "score": 5},
            {"question": "why", "text": "two\nlines"},
        ],
        [{"question": "recommend", "score": 7}, {"question": "overall", "dontKnow": True}],
    ]


def test_an_empty_score_is_not_answered_and_a_row_without_answers_is_refused(
    load: Importer, organisation: Organisation
) -> None:
    outcome = load("responses", MAPPING, HEAD + "A,,Good,\nA,NA, ,\n")

    assert answers(organisation) == [[{"question": "overall", "score": 5}]]
    assert outcome.report == [
        ["3", "", "NO_ANSWERS", "none of the answer columns is filled: nps, csat, words"]
    ]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("A,11,,", ["2", "nps", "SCORE_OUT_OF_RANGE", '"11" is outside NPS 0 to 10']),
        ("A,-1,,", ["2", "nps", "SCORE_OUT_OF_RANGE", '"-1" is outside NPS 0 to 10']),
        (
            "A,ten,,",
            [
                "2",
                "nps",
                "SCORE_EXPECTED",
                '"ten" is no whole number from 0 to 10; map labels with values',
            ],
        ),
        (
            "A,7.5,,",
            [
                "2",
                "nps",
                "SCORE_EXPECTED",
                '"7.5" is no whole number from 0 to 10; map labels with values',
            ],
        ),
        (
            "A,,good,",
            [
                "2",
                "csat",
                "UNKNOWN_LABEL",
                '"good" is none of the mapped labels: "Good", "Bad", "Don\'t know"',
            ],
        ),
        (
            "A,9,," + "x" * 10_001,
            [
                "2",
                "words",
                "TEXT_TOO_LONG",
                "the text has 10,001 characters; at most 10,000 are stored",
            ],
        ),
        ("A,9,Good", ["2", "", "WRONG_WIDTH", "the row has 3 cells, the header has 4"]),
        ("A,9,Good,x,y", ["2", "", "WRONG_WIDTH", "the row has 5 cells, the header has 4"]),
    ],
)
def test_a_bad_row_is_reported_and_its_neighbours_are_stored(
    load: Importer, row: str, line: list[str]
) -> None:
    outcome = load("responses", MAPPING, HEAD + f"{row}\nA,9,Good,\n")

    assert outcome.report == [line]
    assert (outcome.stored, outcome.refused) == (1, 1)


def test_a_cell_is_quoted_only_in_part_and_words_never(load: Importer) -> None:
    secret = "my name is " + "x" * 100

    outcome = load("responses", MAPPING, HEAD + f"A,,{secret},{secret * 100}\nA,,,{secret * 100}\n")

    assert secret not in str(outcome.report)
    assert "my name" not in outcome.report[1][3]


def test_a_second_run_stores_nothing(load: Importer, organisation: Organisation) -> None:
    content = HEAD + "A,9,,\nB,9,,\nA,9,,\n"
    load("responses", MAPPING, content)
    before = dict(organisation.responses)

    outcome = load("responses", MAPPING, content)

    assert (outcome.stored, outcome.already, outcome.refused) == (0, 3, 0)
    assert organisation.responses == before


def test_constants_fill_empty_cells_and_nothing_is_sent_where_there_is_neither(
    load: Importer, organisation: Organisation
) -> None:
    mapping = """
        [defaults]
        survey = "s"
        channel = "EMAIL"
        department = "root"
        [columns]
        customer = "who"
        channel = "channel"
        [answers.q]
        column = "q"
        kind = "NPS"
        [create]
        survey = true
        """

    load("responses", mapping, "who,channel,q\n c1 ,WEB,9\n,,9\n")

    first, second = organisation.responses.values()
    assert (first["customer"], first["channel"], first["department"]) == ("c1", "WEB", "root")
    assert second["channel"] == "EMAIL"
    assert "customer" not in second
    assert "occurredAt" not in second


def test_times_are_sent_in_utc_and_days_as_local_noon(tmp_path: Path) -> None:
    organisation = Organisation(time_zone="Europe/Riga")
    mapping = """
        [defaults]
        survey = "s"
        [columns]
        id = "id"
        occurred_at = "at"
        [answers.q]
        column = "q"
        kind = "NPS"
        [format]
        dates = ["%Y-%m-%d %H:%M", "%d/%m/%Y"]
        [create]
        survey = true
        """

    content = "id,at,q\n1,2024-07-01 09:00,9\n2,01/01/2024,9\n3,,9\n4,1.1.2024,9\n"
    outcome = Importer(tmp_path, organisation)("responses", mapping, content)

    assert [response.get("occurredAt") for response in organisation.responses.values()] == [
        "2024-07-01T06:00:00Z",
        "2024-01-01T10:00:00Z",
        None,
    ]
    assert [line[:3] for line in outcome.report] == [["5", "at", "DATE_UNREADABLE"]]
    assert '"1.1.2024" fits none of the date formats' in outcome.report[0][3]


def test_refusals_of_the_platform_name_the_column_of_the_file(load: Importer) -> None:
    mapping = MAPPING.replace('department = "dept"', 'department = "dept"\ntouchpoint = "csat"')

    outcome = load("responses", mapping, HEAD + "A,9,Good,\n")

    assert outcome.report == [["2", "csat", "UNKNOWN_TOUCHPOINT", "no such touchpoint"]]


def test_an_id_used_twice_with_another_body_is_a_conflict_of_its_row(load: Importer) -> None:
    mapping = MAPPING.replace('department = "dept"', 'id = "dept"')

    outcome = load("responses", mapping, HEAD + "1,9,,\n1,8,,\n1,9,,\n")

    assert (outcome.stored, outcome.already) == (1, 1)
    assert [line[:3] for line in outcome.report] == [["3", "dept", "ID_CONFLICT"]]


def test_a_token_that_may_store_nothing_of_the_file_stops_the_import(
    load: Importer, organisation: Organisation
) -> None:
    load("responses", MAPPING, HEAD + "A,9,,\nB,9,,\n")
    organisation.forbidden_departments = {"a"}

    with pytest.raises(Problem, match="the token may not store this: not yours"):
        load("responses", MAPPING, HEAD + "A,8,,\nA,7,,\n")
    mixed = load("responses", MAPPING, HEAD + "A,8,,\nB,7,,\n")

    assert mixed.stored == 1
    assert [line[:3] for line in mixed.report] == [["2", "dept", "FORBIDDEN"]]


def test_batches_hold_a_thousand_rows_and_fewer_with_long_texts(
    load: Importer, organisation: Organisation
) -> None:
    load("responses", MAPPING, HEAD + "A,9,,\n" * 2_500)

    assert sorted(organisation.batches[-3:]) == [500, 1000, 1000]

    load("responses", MAPPING, HEAD + ("A,9,," + "ž" * 10_000 + "\n") * 1_000)

    assert sum(organisation.batches[-2:]) == 1_000
    assert max(map(len, organisation.bodies)) < 64 * 1024 * 1024


def test_a_rehearsal_reports_and_stores_nothing(load: Importer, organisation: Organisation) -> None:
    content = HEAD + "A,9,,\nB,11,,\n"

    outcome = load("responses", MAPPING, content, dry_run=True)

    assert (outcome.stored, outcome.refused) == (1, 1)
    assert [line[:3] for line in outcome.report] == [["3", "nps", "SCORE_OUT_OF_RANGE"]]
    assert (organisation.surveys, organisation.responses) == ({}, {})
    assert list(organisation.departments) == ["root"]
