"""Rows that stand for many, and rows that are parts of one response."""

from collections import Counter

import pytest

from services.kit.imports.format.numbers import Numbers
from services.survey.importing.counts.counting import read_share
from tests.service.support.import_call import failure
from tests.service.survey.conftest import OpenSurvey
from tests.service.survey.support.imports import answers
from tests.service.survey.support.imports import survey as survey  # the fixture
from tests.service.survey.support.running import SurveyService

COUNTED = """
[defaults]
survey = "pulse"
department = "care"
[columns]
id = "nr"
count = "n"
[answers.overall]
column = "good"
kind = "CSAT"
share = [5, 1]
[create]
survey = true
"""
HEAD = "nr,n,good\n"


async def scores(survey: SurveyService) -> Counter[int]:
    """Of what stands after all corrections."""
    found: Counter[int] = Counter()
    for fact in await survey.facts():
        found[fact.answers[0].score] += fact.sign
    return +found


async def test_a_share_of_a_count_becomes_so_many_responses_the_same_in_every_run(
    survey: SurveyService,
) -> None:
    """More than a batch of them; with another share a corrected file corrects as many as changed."""
    content = HEAD + "1,1200,62.5 %\n2,3,0.5\n3,0,100%\n"

    foreseen = await survey.load(COUNTED, content, dry_run=True)
    outcome = await survey.load(COUNTED, content)
    stored = await scores(survey)
    again = await survey.load(COUNTED, content)
    changed = content.replace("62.5", "62")
    update = await survey.load(COUNTED, changed, update=True)
    ids = [(fact.response_id, fact.sign) for fact in await survey.facts()]

    assert foreseen == outcome
    assert (outcome.stored, outcome.left_out) == (2, 1)
    assert outcome.remarks == {"COUNT_OF_NONE": 1, "RESPONSES_COUNTED": 1_203}
    assert stored == {5: 750 + 2, 1: 450 + 1}
    assert (again.stored, again.already, again.left_out) == (0, 2, 1)
    assert (update.corrected, update.already, update.left_out) == (1, 1, 1)
    assert await scores(survey) == {5: 744 + 2, 1: 456 + 1}
    assert len(ids) == 1_203 + 2 * 6


async def test_published_counts_are_known_without_ids(survey: SurveyService) -> None:
    mapping = COUNTED.replace('id = "nr"\n', 'segment = "who"\n').replace("share = [5, 1]\n", "")
    content = "who,n,good\nyoung,4,5\nyoung,2,1\nold,3,5\n"

    runs = [await survey.load(mapping, content) for _ in range(2)]

    assert [(run.stored, run.already) for run in runs] == [(3, 0), (0, 3)]
    assert await scores(survey) == {5: 7, 1: 2}


@pytest.mark.parametrize(
    ("cell", "stands"),
    [
        ("1", 1),
        ("1.0", 1),
        ("1.00", 1),
        ("2.0000", 2),
        ("1.5", None),
        ("1.000", None),  # a thousand to many
        ("1.", None),
        (".0", None),
        ("-1", None),
    ],
)
async def test_a_count_is_a_whole_number_however_many_places_it_is_shown_with(
    survey: SurveyService, cell: str, stands: int | None
) -> None:
    outcome = await survey.load(COUNTED, HEAD + f"1,{cell},100%\n")

    assert [line[2] for line in outcome.report] == ([] if stands else ["COUNT_EXPECTED"])
    assert outcome.remarks == ({"RESPONSES_COUNTED": stands} if stands else {})


async def test_a_file_of_counts_of_none_makes_no_survey(survey: SurveyService) -> None:
    outcome = await survey.load(COUNTED, HEAD + "1,0,100%\n2,0.00,50%\n")

    assert (outcome.survey, outcome.left_out) == ("", 2)
    assert outcome.remarks == {"COUNT_OF_NONE": 2}


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('count = "n"', 'count = "n"\ncustomer = "nr"', "customer"),
        ('kind = "CSAT"\nshare = [5, 1]', 'kind = "TEXT"', "TEXT"),
        ('count = "n"\n', "", "count"),
        ("share = [5, 1]", "share = [5, 6]", "share"),
    ],
)
async def test_what_is_of_one_person_is_not_said_of_many(
    survey: SurveyService, old: str, new: str, named: str
) -> None:
    assert old in COUNTED

    stopped = await failure(survey.load(COUNTED.replace(old, new), HEAD + "1,2,50%\n"))

    assert stopped.reason == "MAPPING_INVALID"
    assert named in str(stopped)


@pytest.mark.parametrize(
    ("cell", "decimal", "share"),
    [
        ("62 %", ".", "0.62"),
        ("62,5%", ",", "0.625"),
        ("0.62", ".", "0.62"),
        ("1", ".", "1"),
        ("100 %", ".", "1"),
        ("62", ".", None),
        ("101 %", ".", None),
        ("-1 %", ".", None),
        ("nan", ".", None),
        ("%", ".", None),
        ("", ".", None),
    ],
)
def test_a_share_is_read_with_its_sign_or_as_a_fraction(
    cell: str, decimal: str, share: str | None
) -> None:
    read = read_share(cell, Numbers(decimal))

    assert (None if read is None else str(read.normalize())) == share


JOINED = """
[defaults]
survey = "pulse"
department = "care"
[columns]
id = "nr"
channel = "via"
[answers.recommend]
column = "score"
kind = "NPS"
[answers.why]
column = "comment"
kind = "TEXT"
[format]
one_response = "id"
[create]
survey = true
"""


async def test_rows_of_one_id_are_one_response_wherever_they_stand(survey: SurveyService) -> None:
    """What differs or cannot be read refuses all rows of its id by name; others are stored whole."""
    rows = [
        "1,EMAIL,9,fast",
        "2,EMAIL,3,",
        "3,,7,a",
        "1,,9,friendly",
        "2,EMAIL,4,",
        "3,,,b",
        "3,PHONE,,a",
        "4,,11,x",
        "4,,,y",
        "5,EMAIL,1,",
        "5,PHONE,1,",
    ]
    content = "nr,via,score,comment\n" + "\n".join(rows)

    foreseen = await survey.load(JOINED, content, dry_run=True)
    outcome = await survey.load(JOINED, content)
    again = await survey.load(JOINED, content, update=True)

    assert foreseen == outcome
    assert (outcome.stored, outcome.joined, outcome.refused) == (2, 3, 6)
    assert await answers(survey) == [["7", "a\nb"], ["9", "fast\nfriendly"]]
    assert {fact.dimensions.channel for fact in await survey.facts()} == {"EMAIL", "PHONE"}
    assert [line[:3] for line in outcome.report] == [
        ["3", "score", "ROW_REFUSED"],
        ["6", "score", "ROWS_DIFFER"],
        ["9", "score", "SCORE_OUT_OF_RANGE"],
        ["10", "score", "ROW_REFUSED"],
        ["11", "via", "ROW_REFUSED"],
        ["12", "via", "ROWS_DIFFER"],
    ]
    assert (again.stored, again.corrected, again.already) == (0, 0, 2)


async def test_rows_that_stand_too_far_apart_are_told_to_be_sorted(
    open_survey: OpenSurvey,
) -> None:
    survey = await open_survey()
    between = "\n".join(f"n{number},,5," for number in range(11_000))

    outcome = await survey.load(JOINED, f"nr,via,score,comment\n1,,9,\n{between}\n1,,9,more\n")

    assert outcome.stored == 11_001
    assert [line[:3] for line in outcome.report] == [["11003", "nr", "ROWS_APART"]]
