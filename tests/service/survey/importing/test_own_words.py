"""Words of a choice that are no option, kept by `other_text`: stored, exported, brought back, corrected and erased."""

import pytest

from services.kit.errors import Invalid
from services.kit.rights.access import Role
from tests.service.support.import_call import failure
from tests.service.survey.support.corrections import withdraw
from tests.service.survey.support.exports import Exports
from tests.service.survey.support.imports import survey as survey  # the fixture
from tests.service.survey.support.running import SurveyService

MAPPING = """
[defaults]
survey = "leaving"
department = "care"
[columns]
id = "id"
[answers.main]
column = "main"
kind = "SINGLE_CHOICE"
values = { "Too dear" = "price", "No idea" = "" }
other = "other"
other_text = "main-words"
[answers.all]
column = "all"
kind = "MULTIPLE_CHOICE"
separator = ", "
values = { "Too dear" = "price", "Rude, or late" = "staff" }
other = ""
other_text = "all-words"
[create]
survey = true
"""
FILE = """id,main,all
1,Too dear,"Too dear, rude, or late"
2, my knee ,"Rude, or late, the rain, and the bus"
3,no idea,the rain
"""
BACK = """
[defaults]
survey = "leaving-again"
[columns]
id = "response"
department = "department"
[answers.main]
column = "answer.main"
kind = "SINGLE_CHOICE"
values = { price = "price", other = "other" }
[answers.main-words]
column = "answer.main-words"
kind = "TEXT"
[answers.all-words]
column = "answer.all-words"
kind = "TEXT"
[create]
survey = true
"""
WORDS = [("", ""), ("", "the rain"), ("my knee", "the rain, and the bus")]


async def words(exports: Exports, key: str = "leaving") -> list[tuple[str, str]]:
    rows = await exports.read(key=key)
    return sorted((row["answer.main-words"], row["answer.all-words"]) for row in rows)


async def test_the_words_are_kept_and_come_back(exports: Exports) -> None:
    survey = exports.survey

    outcome = await survey.load(MAPPING, FILE)

    assert (outcome.stored, outcome.refused, outcome.remarks["OTHER_WORDS"]) == (3, 0, 4)
    assert await words(exports) == WORDS
    assert sorted(row["answer.main"] for row in await exports.read(key="leaving")) == [
        "",
        "other",
        "price",
    ]
    assert (await survey.load(MAPPING, FILE)).already == 3
    rows = await exports.read(key="leaving")
    lines = [",".join(f'"{cell}"' for cell in row.values()) for row in rows]
    back = await survey.load(BACK, "\n".join([",".join(rows[0]), *lines]))
    assert (back.stored, back.refused) == (3, 0)
    assert await words(exports, "leaving-again") == WORDS


async def test_they_are_corrected_and_erased_with_the_response(exports: Exports) -> None:
    survey = exports.survey
    await survey.load(MAPPING, FILE)

    changed = await survey.load(MAPPING, FILE.replace("my knee", "my back"), update=True)
    kept = await survey.load(MAPPING, FILE.replace("my knee", "my back"), update=True)

    assert (changed.corrected, kept.corrected) == (1, 0)
    assert ("my back", "the rain, and the bus") in await words(exports)
    for row in await exports.read(key="leaving"):
        await withdraw(survey, row["response"], metadata=survey.bearer(Role.ADMIN))
    left = "SELECT count(*) FROM survey_verbatim"
    assert await survey.database.fetchval(left) == 0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("main-words", "nothing", 'has no TEXT question "nothing"; it has: main-words, all-words'),
        ("main-words", "all", 'the question "all" is answered by another table too'),
        ("all-words", "main-words", 'the question "main-words" is answered by another table too'),
        ('other = ""\n', "", "keeps the words of other: say what they count as"),
        ('id = "id"', 'count = "id"', "keeps words, which are one person's"),
    ],
)
async def test_where_they_cannot_be_kept_the_mapping_is_refused(
    survey: SurveyService, old: str, new: str, message: str
) -> None:
    await survey.load(MAPPING, FILE)

    refused = await failure(survey.load(MAPPING.replace(old, new), FILE))

    assert isinstance(refused, Invalid)
    assert message in str(refused)
