"""Ids of imported rows: nobody computes, takes or asks about them, and what was imported before keeps its own."""

import importlib

import pytest

from services.kit.imports.identity import row_name
from services.kit.rights.access import Grant, Role, Viewer
from services.survey.attribution.submission import Answer, Submission
from services.survey.responses.domain.ids import import_id, is_import_id
from tests.service.survey.conftest import KEY, Breaking
from tests.service.survey.support.imports import survey as survey  # the fixture
from tests.service.survey.support.running import (
    REFUSED,
    STORED,
    SurveyService,
    make_submission,
    reasons,
    score,
)

MAPPING = """
[columns]
id = "number"
[defaults]
survey = "relationship"
department = "care"
[answers.recommend]
column = "score"
"""
ROWS = 20
FILE = "number,score\n" + "".join(f"{number},{number % 11}\n" for number in range(ROWS))
NAMES = [row_name("relationship", str(number)) for number in range(ROWS)]
ADMIN = Viewer("admin", (Grant(Role.ADMIN),))


@pytest.fixture
async def public(survey: SurveyService) -> SurveyService:
    """Survey, with a survey that strangers may answer."""
    await survey.create("relationship", public=True)
    return survey


async def import_as_before(survey: SurveyService) -> None:
    """The file as it was imported when the name of a row was its id."""
    rows = [
        Submission(name, "relationship", (Answer("recommend", number % 11),), department="care")
        for number, name in enumerate(NAMES)
    ]
    await survey.intake.accept(ADMIN, rows)


async def migrate_again(breaking: Breaking) -> None:
    """The migration's part about imported rows, as it finds the data."""
    await breaking.execute("DROP TABLE survey_keyed_import")
    script: str = importlib.import_module("services.survey.migrations.0007_secrets").SCRIPT
    await breaking.execute(script[script.index("CREATE TABLE survey_keyed_import") :])


async def test_a_stranger_can_neither_compute_the_ids_of_rows_nor_take_them(
    public: SurveyService,
) -> None:
    """The stranger knows the file, but not the key. The control are the ids that it did take."""
    taken = [make_submission(score(0), id=name, department="care") for name in NAMES]
    assert {result.status for result in await public.submit(*taken)} == {STORED}

    outcome = await public.load(MAPPING, FILE)

    assert (outcome.stored, outcome.already, outcome.refused) == (ROWS, 0, 0)
    ids = await public.stored_ids() - set(NAMES)
    assert ids == {import_id(KEY, name) for name in NAMES}


async def test_a_submission_is_refused_the_ids_of_imported_rows(public: SurveyService) -> None:
    await public.load(MAPPING, FILE)
    (some, *_) = sorted(await public.stored_ids())
    tried = [make_submission(id=each) for each in (some, some.upper(), import_id(bytes(32), "a"))]

    for metadata in (None, public.bearer(Role.ADMIN)):
        results = await public.submit(*tried, metadata=metadata)
        assert [result.status for result in results] == [REFUSED] * 3
        assert [reasons(result) for result in results] == [[("id", "INVALID_ID")]] * 3
    (other,) = await public.submit(make_submission(id=some.replace("-8", "-4", 1)))
    assert is_import_id(some)
    assert other.status == STORED


async def test_a_second_run_stores_nothing_and_a_changed_row_is_a_conflict(
    public: SurveyService,
) -> None:
    await public.load(MAPPING, FILE)

    again = await public.load(MAPPING, FILE)
    other = await public.load(MAPPING, FILE.replace("3,3\n", "3,4\n", 1), dry_run=True)

    assert (again.stored, again.already, again.refused) == (0, ROWS, 0)
    assert (other.already, other.refused) == (ROWS - 1, 1)
    assert [line[1:3] for line in other.report] == [["number", "ID_CONFLICT"]]


@pytest.mark.parametrize("dry_run", [True, False])
async def test_what_was_imported_before_is_known_by_its_old_id(
    public: SurveyService, breaking: Breaking, dry_run: bool
) -> None:
    await import_as_before(public)
    await migrate_again(breaking)
    changed = FILE.replace("5,5\n", "5,6\n", 1) + "new,9\n"

    outcome = await public.load(MAPPING, changed, dry_run=dry_run)

    assert (outcome.stored, outcome.already, outcome.refused) == (1, ROWS - 1, 1)
    assert [line[1:3] for line in outcome.report] == [["number", "ID_CONFLICT"]]
    assert len(await public.stored_ids()) == ROWS + (not dry_run)


async def test_an_old_id_that_is_taken_after_the_migration_is_not_the_rows(
    public: SurveyService, breaking: Breaking
) -> None:
    await public.submit(make_submission())
    await migrate_again(breaking)
    taken = [make_submission(score(0), id=name, department="care") for name in NAMES]
    await public.submit(*taken)

    outcome = await public.load(MAPPING, FILE)

    assert (outcome.stored, outcome.already, outcome.refused) == (ROWS, 0, 0)


async def test_where_nothing_was_stored_before_no_old_id_is_looked_for(
    public: SurveyService, breaking: Breaking
) -> None:
    await migrate_again(breaking)
    await import_as_before(public)

    outcome = await public.load(MAPPING, FILE)

    assert (outcome.stored, outcome.already) == (ROWS, 0)


async def test_nobody_guesses_what_an_old_row_says(
    public: SurveyService, breaking: Breaking
) -> None:
    await import_as_before(public)
    await migrate_again(breaking)
    guesses = [
        make_submission(score(number), id=NAMES[7], department="care") for number in range(11)
    ]

    results = await public.submit(*guesses)

    assert len({result.SerializeToString() for result in results}) == 1


@pytest.mark.parametrize("update", [False, True])
async def test_a_dry_run_says_that_it_does_not_know_of_ids_out_of_sight(
    public: SurveyService, update: bool
) -> None:
    """Whichever ids there are; the control is who sees everything. The run refuses the row."""
    sales = public.identities.granted("survey", "sales", Grant(Role.INTEGRATION, "sales"))
    everything = public.identities.granted("survey", "everything", Grant(Role.INTEGRATION))
    theirs = MAPPING.replace("care", "sales")
    by_meaning = theirs.replace('id = "number"\n', 'segment = "number"\n')
    await public.load(MAPPING, "number,score\n1,9\n")

    for row in ("1,3", "77,3"):  # in use, and not
        content = f"number,score\n{row}\n"
        foreseen = await public.load(theirs, content, metadata=sales, dry_run=True, update=update)
        assert (foreseen.stored, foreseen.remarks) == (1, {"AS_FAR_AS_SEEN": 1})
    seen = await public.load(theirs, "number,score\n77,3\n", metadata=everything, dry_run=True)
    meant = await public.load(by_meaning, "number,score\n1,3\n", metadata=sales, dry_run=True)
    outcome = await public.load(theirs, "number,score\n1,3\n", metadata=sales, update=update)

    assert (seen.stored, seen.remarks) == (1, {})
    assert (meant.stored, meant.remarks) == (1, {})
    reason = "NOT_YOUR_ROW" if update else "ID_CONFLICT"
    assert ([line[2] for line in outcome.report], outcome.remarks) == ([reason], {})
