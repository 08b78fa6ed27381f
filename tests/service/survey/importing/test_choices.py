"""Files of choices: cells become options, one or several of them."""

import pytest

from cxm.survey.v1 import surveys_pb2 as pb
from services.kit.errors import Invalid
from services.kit.rights.access import Role
from tests.service.support.import_call import failure
from tests.service.survey.support.imports import survey as survey  # the fixture
from tests.service.survey.support.running import SurveyService

MAPPING = """
[defaults]
survey = "leaving"
department = "care"
[answers.main]
column = "main"
kind = "SINGLE_CHOICE"
values = { "Too dear" = "price", "Too slow" = "time", "Slow" = "time" }
[answers.all]
column = "all"
kind = "MULTIPLE_CHOICE"
values = { "Too dear" = "price", "Too slow" = "time", "Rude" = "staff" }
[format]
missing = ["NA"]
[create]
survey = true
"""
HEAD = "main,all\n"
BARE = """
[defaults]
survey = "leaving"
department = "care"
[answers.all]
column = "all"
"""


async def chosen(survey: SurveyService) -> list[list[str]]:
    """The options of every response, those of `main` first."""
    return sorted(
        [
            option
            for a in fact.answers
            for option in ([a.choice] if a.choice else a.selection.chosen)
        ]
        for fact in await survey.facts()
    )


async def questions_of(survey: SurveyService, key: str) -> list[pb.Question]:
    request = pb.BatchGetSurveysRequest(keys=[key])
    reply = await survey.surveys.BatchGetSurveys(request, metadata=survey.bearer(Role.ADMIN))
    return list(reply.surveys[0].questions)


async def test_labels_and_keys_become_options(survey: SurveyService) -> None:
    content = (
        HEAD + " Too slow ,Rude; Too dear\nprice,time\nSlow,\nNA,staff;;Too slow;\nNA,NA\n ,;\n"
    )

    outcome = await survey.load(MAPPING, content)

    assert (outcome.stored, outcome.refused) == (4, 2)
    assert [line[:3] for line in outcome.report] == [
        ["6", "", "NO_ANSWERS"],
        ["7", "", "NO_ANSWERS"],
    ]
    assert await chosen(survey) == [
        ["price", "time"],
        ["time"],
        ["time", "price", "staff"],
        ["time", "staff"],
    ]


async def test_the_options_of_a_new_survey_are_those_of_the_mapping(survey: SurveyService) -> None:
    await survey.load(MAPPING, HEAD + "price,time\n")

    main, several = await questions_of(survey, "leaving")

    assert (main.kind, several.kind) == (
        pb.QUESTION_KIND_SINGLE_CHOICE,
        pb.QUESTION_KIND_MULTIPLE_CHOICE,
    )
    offered = [[(option.key, option.text) for option in q.options] for q in (main, several)]
    assert offered == [
        [("price", "Too dear"), ("time", "Too slow")],
        [("price", "Too dear"), ("time", "Too slow"), ("staff", "Rude")],
    ]


BAD_ROWS = (
    ("too deer,", ["main", "UNKNOWN_CHOICE", '"too deer" is none of the options: "Too dear", ']),
    ("Too dear;Slow,", ["main", "UNKNOWN_CHOICE", '"Too dear;Slow" is none of the options: ']),
    ("staff,", ["main", "UNKNOWN_CHOICE", '"staff" is none of the options: ']),
    (",Rude;rud", ["all", "UNKNOWN_CHOICE", '"rud" is none of the options: "Too dear", ']),
    (",Rude;price;Rude", ["all", "DUPLICATE_CHOICE", '"Rude" is chosen twice: choose each']),
    (",Too dear;price", ["all", "DUPLICATE_CHOICE", '"price" is chosen twice']),
    (",Rude|price", ["all", "UNKNOWN_CHOICE", '"Rude|price" is none of the options']),
)


async def test_a_bad_row_is_reported_and_its_neighbours_are_stored(survey: SurveyService) -> None:
    content = HEAD + "".join(f"{row}\nprice,staff\n" for row, _ in BAD_ROWS)

    outcome = await survey.load(MAPPING, content)

    assert (outcome.stored, outcome.refused) == (len(BAD_ROWS), len(BAD_ROWS))
    found = sorted(outcome.report, key=lambda line: int(line[0]))
    for number, ((*where, message), (_, line)) in enumerate(zip(found, BAD_ROWS, strict=True)):
        assert where == [str(2 + 2 * number), *line[:2]]
        assert message.startswith(line[2])
    assert found[0][3].endswith('"Slow", "price", "time"; the nearest is "Too dear"')


async def test_only_the_start_of_the_piece_that_is_wrong_is_quoted(survey: SurveyService) -> None:
    content = HEAD + f",Rude;Other: {'x' * 100};my secret\n{'y' * 100},\n"

    outcome = await survey.load(MAPPING, content)

    several, single = (line[3] for line in outcome.report)
    assert several.startswith(f'"Other: {"x" * 33}..." is none')
    assert single.startswith(f'"{"y" * 40}..." is none')
    assert "secret" not in several


async def test_a_second_run_stores_nothing(survey: SurveyService) -> None:
    content = HEAD + "price,Rude;time\nprice,Rude;time\n,staff\n"
    first = await survey.load(MAPPING, content)

    second = await survey.load(MAPPING, content)

    assert (first.stored, first.survey) == (3, "leaving")
    assert (second.stored, second.already, second.survey) == (0, 3, "")


async def test_an_existing_survey_tells_kind_and_options(survey: SurveyService) -> None:
    await survey.load(MAPPING, HEAD + "price,time\n")

    plain = await survey.load(BARE, "all\nstaff;price\nRude\n")
    other = await survey.load(
        BARE + 'separator = " | "\nvalues = { "Rude; loud" = "staff" }', "all\nRude; loud | time\n"
    )

    assert (plain.stored, other.stored) == (1, 1)
    assert plain.report[0][2:] == [
        "UNKNOWN_CHOICE",
        '"Rude" is none of the options: "price", "time", "staff"',
    ]
    assert await chosen(survey) == [["price", "staff"], ["price", "time"], ["time", "staff"]]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('values = { "Odd" = "odd" }', '"Odd" = "odd": no such option; the question has: price, '),
        ("values = { Odd = 3 }", '"Odd" = 3: MULTIPLE_CHOICE takes the key of an option'),
        ('values = { ";;;;;;;;;;;b" = "time" }', 'has the separator ";" more than 10 times in it'),
        ('other = "odd"', '"odd": no such option; the question has: price, time, staff'),
        ('kind = "SINGLE_CHOICE"', "the question is MULTIPLE_CHOICE in the survey, not SINGLE"),
        ('[answers.main]\ncolumn = "all"\nseparator = ";"', "the question is SINGLE_CHOICE in the"),
    ],
)
async def test_a_mapping_that_contradicts_the_survey_is_refused(
    survey: SurveyService, table: str, message: str
) -> None:
    await survey.load(MAPPING, HEAD + "price,time\n")

    refused = await failure(survey.load(BARE + table, "all\nstaff\n"))

    assert isinstance(refused, Invalid)
    assert refused.reason == "MAPPING_INVALID"
    assert message in refused.message


async def test_scores_are_no_options(survey: SurveyService) -> None:
    question = pb.Question(key="all", kind=pb.QUESTION_KIND_NPS, text="Recommend?")
    await survey.create("scored", questions=[question])
    mapping = BARE.replace("leaving", "scored") + 'values = { "Fine" = "fine" }'

    refused = await failure(survey.load(mapping, "all\nFine\n"))

    assert '"Fine" = "fine": NPS takes whole numbers or "DONT_KNOW"' in refused.message


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("", '[answers.all]: "values" is missing; it names the options, which are needed because'),
        ('values = { A = "a" }', "[answers.all] values: the options cannot be created: 1 options"),
        (f'values = {{ A = "{"a" * 65}", B = "b" }}', "cannot be created: this has 65 characters"),
        ('values = { ";;;;;;;;;;;B" = "a", C = "c" }', 'has the separator ";" more than 10 times'),
    ],
)
@pytest.mark.parametrize("dry_run", [True, False])
async def test_a_survey_without_proper_options_is_not_created(
    survey: SurveyService, table: str, message: str, dry_run: bool
) -> None:
    mapping = f'{BARE}kind = "MULTIPLE_CHOICE"\n{table}\n[create]\nsurvey = true'

    refused = await failure(survey.load(mapping, "all\na\n", dry_run=dry_run))

    assert isinstance(refused, Invalid)
    assert message in refused.message
    assert await survey.database.pool.fetchval("SELECT count(*) FROM survey_survey") == 0


async def test_a_column_for_each_option(survey: SurveyService) -> None:
    mapping = BARE.replace('column = "all"', "options = { price = 1, time = 2, staff = 3 }")
    await survey.load(MAPPING, HEAD + "price,time\n")

    taken = await survey.load(mapping, "Price?,Time?,Staff?\nyes,no,yes\n,Waiting,\nN,,0\n")
    unknown = await failure(survey.load(mapping.replace("time =", "tea ="), "a,b,c\n1,1,1\n"))

    assert (taken.stored, taken.refused, taken.report[0][2]) == (2, 1, "NO_ANSWERS")
    assert '[answers.all] options: "tea": no such option; the question has:' in unknown.message
    assert await chosen(survey) == [["price", "staff"], ["price", "time"], ["time"]]
