"""A multiple choice that has a column for each option, as most survey programs export it."""

from collections.abc import Callable, Sequence
from typing import Final

from services.kit.imports.cells import SheetColumns, own_name
from services.kit.imports.format.numbers import read_flag
from services.kit.letters import plain
from services.survey.attribution.submission import Answer
from services.survey.importing.answers.answer_columns import AnswerColumn, option_key

NOT_CHOSEN: Final = frozenset(
    (
        *(
            "off",
            "unchecked",
            "unselected",
            "not selected",
            "not chosen",
            "nee",
            "нет",
            "nein",
            "non",
        ),
        *("-", "–", "—", ".", "✗", "✘", "☐", "❌", "null", "nan", "n/a", "#n/a"),
    )
)
"""Beside what is no flag's yes; words for nothing, and empty boxes."""


def choice_reader(
    answer: AnswerColumn, columns: SheetColumns
) -> Callable[[Sequence[str]], Answer | None]:
    """Reads the options of one question from the cells of a row; None: none is chosen."""
    places = [
        (option, columns.own[own_name(answer.name, option_key(option))].index)
        for option in answer.options
    ]
    is_chosen: dict[str, bool] = dict.fromkeys(columns.missing, False) | {"1": True, "0": False}

    def read(cells: Sequence[str]) -> Answer | None:
        chosen = [option for option, index in places if known(cells[index])]
        return Answer(answer.question, tuple(chosen)) if chosen else None

    def known(cell: str) -> bool:
        found = is_chosen.get(cell) if answer.chosen is None else None
        return means_chosen(cell, answer.chosen, columns.missing) if found is None else found

    return read


def means_chosen(cell: str, chosen: frozenset[str] | None, missing: frozenset[str]) -> bool:
    """By the words that the mapping names; else by any text but 0, no and their like."""
    shown = plain(cell)
    if shown in missing:
        return False
    if chosen is not None:
        return shown.casefold() in chosen
    flag = read_flag(shown)
    return shown.casefold() not in NOT_CHOSEN if flag is None else flag
