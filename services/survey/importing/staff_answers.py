"""Whether a file seems to hold answers of employees, which customers' responses are no place for.

Only what hardly ever means something else is a sign: an id of employees in the place of a customer or of the row, a
segment of employees, a survey called after them, a question about the place of work. That a customer speaks of staff
("Was the staff friendly?", "Served by employee") is none.
"""

import re
from collections.abc import Iterator
from typing import Final

from services.kit.directory.staff_segments import STAFF_SEGMENTS
from services.kit.imports.cells import SheetColumns, own_name, quote
from services.kit.imports.format.remarks import Counted
from services.kit.imports.mapping import Mapping
from services.kit.imports.suggesting.words import plain
from services.survey.importing.answers.answer_columns import answers

STAFF_ANSWERS: Final = "STAFF_ANSWERS"
EMPLOYEE: Final = re.compile(
    r"\b(employee|staff|personnel|payroll|darbiniek\w*|tabel\w*|darbuotoj\w*|zaposlen\w*|вработен\w*)\b"
)
OF_EMPLOYEES: Final = re.compile(
    r"\b(e ?nps|(employee|staff) (survey|engagement|pulse|satisfaction|experience|nps|net promoter)"
    r"|darbinieku (aptauj\w*|apmierinatib\w*)|darbuotoju apklaus\w*|anketa zaposlenih|place to work"
    r"|as (an |your )?employer|ka darba (vietu|deveju)|kaip (darboviete|darbdavi)|kot delodajalc\w*"
    r"|како работодав\w*)\b"
)
PROMISE: Final = (
    " kept as customers' answers are, each with its day, and nothing hides small groups; surveys of staff belong into"
    " staff waves with their promise of anonymity: import nothing that was said in confidence"
)


def staff_message(mapping: Mapping, columns: SheetColumns) -> Counted | None:
    """What to tell where answers look like those of employees; None where they do not."""
    sign = next(_signs(mapping, columns), None)
    if sign is None:
        return None
    return Counted(
        f"answer looks like that of an employee ({sign}): it is{PROMISE}",
        f"answers look like those of employees ({sign}): they are{PROMISE}",
    )


def _signs(mapping: Mapping, columns: SheetColumns) -> Iterator[str]:
    for field in ("customer", "id"):
        label = columns.label(field)
        if EMPLOYEE.search(plain(label)):
            yield f"column {quote(label)} is the {'id' if field == 'id' else 'customer'}"
    if plain(mapping.constants.get("segment", "")) in STAFF_SEGMENTS:
        yield f"segment {quote(mapping.constants['segment'])}"
    if OF_EMPLOYEES.search(plain(mapping.constants["survey"])):
        yield f"survey {quote(mapping.constants['survey'])}"
    for answer in answers(mapping):
        labels = [columns.own[own_name(answer.name, key)].label for key in answer.columns]
        for name in (answer.name, *labels):
            if OF_EMPLOYEES.search(plain(name)):
                yield f"question {quote(name)}"
