"""Answers of employees among customers' are pointed out; what customers say of staff is not."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from services.kit.imports.cells import SheetColumns
from services.kit.imports.files import TextFile
from services.kit.imports.mapping import read_mapping
from services.survey.importing.answers.answer_columns import RESPONSES
from services.survey.importing.staff_answers import staff_message


def told(title: str, more: str = "", survey: str = "visits", columns: str = "") -> str:
    """The remark about a file with one column."""
    header = [title, "score", "id"]
    text = (
        f'[defaults]\nsurvey = "{survey}"\n{more}\n[columns]\n{columns}\n[answers.q]\ncolumn = 2\n'
    )
    file: Any = SimpleNamespace(
        header=header, is_typed=False, written=SimpleNamespace(delimiter=",")
    )
    mapping = read_mapping(text, RESPONSES)
    message = staff_message(mapping, SheetColumns(mapping, cast(TextFile, file)))
    return "" if message is None else message.many


@pytest.mark.parametrize(
    ("arguments", "sign"),
    [
        ({"title": "EmployeeNumber", "columns": "customer = 1"}, 'column "EmployeeNumber" is the customer'),
        ({"title": "Tabeles numurs", "columns": "id = 1"}, 'column "Tabeles numurs" is the id'),
        ({"title": "x", "more": 'segment = "Darbinieki"'}, 'segment "Darbinieki"'),
        ({"title": "x", "survey": "staff-survey-2026"}, 'survey "staff-survey-2026"'),
        ({"title": "x", "survey": "eNPS"}, 'survey "eNPS"'),
        ({"title": "Would you recommend us as a place to work?", "columns": "", "asks": True}, "as a place to wor"),
    ],
)  # fmt: skip
def test_signs_of_employees(arguments: dict[str, Any], sign: str) -> None:
    if arguments.pop("asks", False):
        arguments["columns"] = '[answers.work]\ncolumn = 1\nkind = "NPS"'
    message = told(**arguments)

    assert sign in message
    assert "staff waves" in message
    assert "promise of anonymity" in message


@pytest.mark.parametrize(
    "arguments",
    [
        {"title": "How friendly was the staff?", "columns": '[answers.staff]\ncolumn = 1\nkind = "NPS"'},
        {"title": "Employee", "columns": ""},  # who served the customer: not mapped
        {"title": "Employee", "columns": 'segment = 1'},
        {"title": "Customer ID", "columns": "customer = 1"},
        {"title": "x", "survey": "customer-engagement"},
        {"title": "x", "more": 'segment = "staffing"'},
        {"title": "Pulse of the day", "columns": "id = 1"},
    ],
)  # fmt: skip
def test_what_is_no_sign(arguments: dict[str, Any]) -> None:
    assert told(**arguments) == ""
