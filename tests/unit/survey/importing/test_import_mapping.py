"""Mappings are read strictly: every error names the place and what is allowed."""

from datetime import date
from pathlib import Path

import pytest

from services.kit.imports.mapping import Mapping, read_mapping
from services.kit.imports.sections import MappingInvalid
from services.survey.importing.answers.answer_columns import RESPONSES, answers
from services.survey.surveys.domain.questions import QuestionKind

MAPPINGS = Path("infra/mappings")
SURVEY = '[defaults]\nsurvey = "s"\n'
ANSWER = '[answers.q]\ncolumn = "rating"\n'
CHOICE = ANSWER + 'kind = "SINGLE_CHOICE"\n'
CHOICES = ANSWER + 'kind = "MULTIPLE_CHOICE"\n'


def read(text: str) -> Mapping:
    return read_mapping(text, RESPONSES)


def test_the_whole_form_is_read() -> None:
    mapping = read(
        """
        [defaults]
        survey = "relationship"
        channel = "EMAIL"
        occurred_at = 2024-05-01
        [columns]
        id = 1
        department = "market"
        customer = "customer_name"
        [answers.recommend]
        column = "rating"
        kind = "NPS"
        [answers.overall]
        column = 4
        kind = "CSAT"
        values = { "Likely" = 4, "Don't know" = "DONT_KNOW" }
        [format]
        dates = ["%Y-%m-%d %H:%M:%S", "%d/%m/%Y"]
        timezone = "Europe/London"
        encoding = "windows-1252"
        delimiter = ";"
        missing = ["NA"]
        [create]
        survey = true
        departments = false
        """
    )

    assert mapping.constants == {"survey": "relationship", "channel": "EMAIL"}
    assert mapping.moments == {"occurred_at": date(2024, 5, 1)}
    assert mapping.columns == {"id": 1, "department": "market", "customer": "customer_name"}
    recommend, overall = answers(mapping)
    assert (recommend.question, recommend.kind, recommend.values) == (
        "recommend",
        QuestionKind.NPS,
        None,
    )
    assert overall.values == {"Likely": 4, "Don't know": "DONT_KNOW"}
    assert overall.allows_dont_know
    assert not recommend.allows_dont_know
    assert [form.text for form in mapping.format.dates] == ["%Y-%m-%d %H:%M:%S", "%d/%m/%Y"]
    assert mapping.format.missing == {"", "NA"}
    assert mapping.create == {"survey"}


def test_labels_of_choices_stand_for_keys_of_options() -> None:
    (one,) = answers(
        read(SURVEY + CHOICE + 'values = { " Too dear " = " price ", "?" = "DONT_KNOW" }')
    )
    (several,) = answers(read(SURVEY + CHOICES + 'separator = "\\n"'))
    (untold,) = answers(read(SURVEY + ANSWER + 'values = { Dear = "price" }\nseparator = "|"'))

    assert one.values == {"Too dear": "price", "?": "DONT_KNOW"}
    assert not one.allows_dont_know
    assert (several.values, several.separator) == (None, "\n")
    assert (untold.kind, untold.values, untold.separator) == (None, {"Dear": "price"}, "|")


def test_what_is_left_out_has_the_plain_meaning() -> None:
    form = read(SURVEY + ANSWER).format

    assert (form.encoding, form.delimiter, form.timezone) == ("utf-8", ",", None)
    assert form.missing == {""}
    assert [f.text for f in form.dates] == ["iso"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[defaults", "the mapping is not TOML: "),
        ("[colums]", 'unknown table "colums" for responses; allowed: defaults, columns, answers'),
        ('defaults = "x"', '"defaults": must be a table [defaults], not the text "x"'),
        (SURVEY + ANSWER + "[columns]\nwhen = 1", '[columns]: unknown key "when"; allowed: id, '),
        (SURVEY + ANSWER + "[columns]\nsurvey = 1", '[columns]: unknown key "survey"'),
        (SURVEY + ANSWER + "[columns]\nid = 0", "[columns] id: columns are counted from 1"),
        (SURVEY + ANSWER + "[columns]\nid = 1\nresponse = 2", "[columns] id: does not go with"),
        (SURVEY + ANSWER + "[columns]\ncount = 1\nresponse = 2", "[columns] count: does not go"),
        (SURVEY + ANSWER + "[columns]\nid = true", "must be a header or a column number, not true"),
        (SURVEY + ANSWER + "[columns]\nid = 1.5", "not the number 1.5"),
        (SURVEY + 'invitation = "x"\n' + ANSWER, '[defaults]: unknown key "invitation"'),
        (SURVEY + 'customer = "x"\n' + ANSWER, '[defaults]: unknown key "customer"'),
        (SURVEY + "channel = 1\n" + ANSWER, "[defaults] channel: must be text in quotes"),
        (SURVEY + 'channel = " "\n' + ANSWER, "[defaults] channel: must not be blank"),
        (SURVEY + "occurred_at = 5\n" + ANSWER, "[defaults] occurred_at: must be a date"),
        (ANSWER, '[defaults]: "survey" is missing'),
        (SURVEY, "[answers]: is missing; name at least one question"),
        (SURVEY + "[answers]\nq = 1", "[answers.q]: must be a table with a column"),
        (SURVEY + "[answers.q]", '[answers.q]: "column" is missing'),
        (SURVEY + ANSWER + "colum = 1", '[answers.q]: unknown key "colum"; allowed: column, kind'),
        (
            SURVEY + ANSWER + 'kind = "STARS"',
            'unknown kind "STARS"; allowed: NPS, CSAT, CES, CES1, RATING, TEXT, SINGLE_CHOICE',
        ),
        (SURVEY + CHOICE + "values = { A = 1 }", '"A" must be the key of an option in quotes'),
        (SURVEY + CHOICE + 'values = { A = " " }', '"A": the key of an option must not be blank'),
        (SURVEY + CHOICE + "scale = [1, 5]", "[answers.q] scale: belongs to kind"),
        (SURVEY + CHOICE + 'separator = ";"', '[answers.q] separator: belongs to kind = "MULTIPLE'),
        (SURVEY + CHOICES + "separator = 1", "[answers.q] separator: must be text in quotes"),
        (
            SURVEY + CHOICES + 'separator = ""',
            "[answers.q] separator: must have 1 to 10 characters",
        ),
        (SURVEY + CHOICES + 'separator = "-----------"', "must have 1 to 10 characters, like ';'"),
        (SURVEY + ANSWER + 'kind = "RATING"', "a RATING needs its lowest and highest score"),
        (
            SURVEY + ANSWER + 'item = "speed"',
            '[answers.q] item: unknown item "speed"; allowed: info',
        ),
        (SURVEY + ANSWER + 'kind = "RATING"\nscale = [5, 1]', "[answers.q] scale: a RATING"),
        (SURVEY + ANSWER + 'kind = "RATING"\nscale = [0, 101]', "[answers.q] scale: a RATING"),
        (
            SURVEY + ANSWER + 'kind = "RATING"\nscale = [1, 4]\nvalues = { "A" = 5 }',
            "RATING scores are 1 to 4",
        ),
        (SURVEY + ANSWER + 'kind = "CES"\nvalues = { "A" = 8 }', "CES scores are 1 to 7"),
        (SURVEY + ANSWER + 'kind = "CES"\nvalues = { "A" = "DONT_KNOW" }', "no DONT_KNOW"),
        (SURVEY + ANSWER + "scale = [1, 5]", "[answers.q] scale: belongs to kind"),
        (SURVEY + ANSWER + "values = 3", "[answers.q] values: must be a table of labels"),
        (SURVEY + ANSWER + "values = {}", "[answers.q] values: must be a table of labels"),
        (SURVEY + ANSWER + 'kind = "TEXT"\nvalues = { a = 1 }', "a TEXT question takes the cell"),
        (SURVEY + ANSWER + 'kind = "CSAT"\nvalues = { a = 6 }', '"a" = 6: CSAT scores are 1 to 5'),
        (SURVEY + ANSWER + 'kind = "NPS"\nvalues = { a = 11 }', '"a" = 11: NPS scores are 0 to 10'),
        (SURVEY + ANSWER + "values = { a = 101 }", '"a" = 101: scores are 0 to 100'),
        (
            SURVEY + ANSWER + 'kind = "CSAT"\nvalues = { a = "x" }',
            '"a" must be a whole number, "DONT_KNOW" or ""',
        ),
        (
            SURVEY + ANSWER + "values = { a = true }",
            '"a" must be a whole number, "DONT_KNOW" or ""',
        ),
        (
            SURVEY + ANSWER + 'kind = "NPS"\nvalues = { a = "DONT_KNOW" }',
            "NPS questions have no DONT_KNOW",
        ),
        (SURVEY + ANSWER + "[format]\ndate = []", '[format]: unknown key "date"; allowed: dates'),
        (
            SURVEY + ANSWER + "[format]\ndates = [" + '"%Y-%m-%d",' * 21 + "]",
            "[format] dates: has 21 formats; at most 20 can be",
        ),
        (
            SURVEY + ANSWER + f'[format]\ndates = ["%Y-%m-%d{"x" * 60}"]',
            "dates: a format has 68 characters; at most 60",
        ),
        (SURVEY + ANSWER + "[format]\ndates = []", "[format] dates: must name at least one format"),
        (SURVEY + ANSWER + '[format]\ndates = "%Y"', "[format] dates: must be a list of texts"),
        (SURVEY + ANSWER + '[format]\ndates = ["%Y"]', "must name a year, a month and a day"),
        (SURVEY + ANSWER + '[format]\ndates = ["%q"]', 'dates: "%q" uses %q, which is none of'),
        (SURVEY + "[answers.q.options]", "must name a column for each option"),
        (SURVEY + ANSWER + "[answers.q.options]\na = 1", "does not go with options"),
        (SURVEY + '[answers.q]\nkind = "NPS"\n[answers.q.options]\na = 1', "leave them out"),
        (SURVEY + ANSWER + 'chosen = ["x"]', "belongs to options with a column for each"),
        (SURVEY + ANSWER + 'kind = "NPS"\nother = ""', "belongs to choices"),
        (SURVEY + ANSWER + '[format]\ntimezone = "Riga"', 'timezone: "Riga" is no time zone'),
        (SURVEY + ANSWER + '[format]\ntimezone = "/etc"', 'timezone: "/etc" is no time zone'),
        (SURVEY + ANSWER + '[format]\nencoding = "utf8x"', 'encoding: "utf8x" is unknown'),
        (SURVEY + ANSWER + '[format]\nencoding = "base64"', 'encoding: "base64" is unknown'),
        (SURVEY + ANSWER + '[format]\ndelimiter = ""', "delimiter: must be one character"),
        (SURVEY + ANSWER + '[format]\ndelimiter = "||"', "delimiter: must be one character"),
        (SURVEY + ANSWER + "[format]\ndelimiter = '\"'", "delimiter: must be one character"),
        (
            SURVEY + ANSWER + "[format]\nmissing = [1]",
            "[format] missing: must hold texts in quotes",
        ),
        (SURVEY + ANSWER + "[create]\nsurvey = 1", "[create] survey: must be true or false"),
        (SURVEY + ANSWER + "[create]\ntouchpoints = true", '[create]: unknown key "touchpoints"'),
    ],
)
def test_a_bad_mapping_is_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(MappingInvalid) as caught:
        read(text)

    assert message in str(caught.value)


@pytest.mark.parametrize(
    "name", ["gp_friends_family", "womens_clothing_reviews", "leaving_reasons"]
)
def test_the_example_mappings_are_good(name: str) -> None:
    assert read((MAPPINGS / f"{name}.toml").read_text()).columns
