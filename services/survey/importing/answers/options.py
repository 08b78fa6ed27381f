"""The options that words of cells mean."""

from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import Final

from services.kit.imports.cells import CellRefused, Place, quote
from services.kit.imports.format.remarks import Counted
from services.kit.letters import composed, plain
from services.survey.importing.answers.answer_columns import SEPARATOR, AnswerColumn, Value
from services.survey.importing.answers.asked import CellRules, MappedQuestion
from services.survey.importing.answers.labels import AnswerLabels, pieces_of

MOST_TOLD: Final = 12
OTHER_WORDS: Final = "OTHER_WORDS"
OTHER_MESSAGE: Final = Counted(
    "word that is no option was taken as the mapping's other says",
    "words that are no option were taken as the mapping's other says",
)


class OptionCells:
    """The options that words mean: labels first, and the keys themselves; `other` for what is neither."""

    def __init__(self, question: MappedQuestion, column: AnswerColumn, rules: CellRules) -> None:
        self.separator = column.separator or SEPARATOR
        self.keys = _keys(question, column.values)
        self.labels = AnswerLabels(self.keys)
        self.other = column.other
        self.remarks = rules.remarks
        widths = {label.count(self.separator) + 1 for label in self.keys} - {1}
        self.widths = sorted(widths, reverse=True)

    def pieces(self, cell: str) -> Iterable[str]:
        """What stands between separators; a label that has some in it is one piece."""
        if self.widths:
            return pieces_of(cell, self.separator, self.widths, self.labels)
        return cell.split(self.separator)

    def own_words(self, cell: str) -> str:
        """The pieces that are no option, as they stand; empty: none is."""
        pieces = filter(None, map(plain, self.pieces(cell)))
        return self.separator.join(piece for piece in pieces if self.labels.find(piece) is None)

    def find(self, place: Place, word: str) -> str:
        """The key of an option, or NOT_ANSWERED."""
        key = self.labels.find(word)
        if key is not None:
            return key
        if self.other is not None:
            self.remarks.add(OTHER_WORDS, OTHER_MESSAGE)
            return self.other
        message = (
            f"{quote(word)} is none of the options: {few(self.keys)}{self.labels.advice(word)}"
        )
        raise CellRefused(place.label, "UNKNOWN_CHOICE", message)


def _keys(question: MappedQuestion, values: Mapping[str, Value] | None) -> dict[str, str]:
    """The option that a cell means, or NOT_ANSWERED: labels first, and the keys themselves."""
    labels = {label: str(key) for label, key in (values or {}).items()}
    return labels | {
        spelt: key
        for key, _ in question.options
        for spelt in (composed(key), key)
        if spelt not in labels
    }


def few(names: Collection[str]) -> str:
    """Some of what a cell may hold: a message goes out with each refused row."""
    few = ", ".join(map(quote, islice(names, MOST_TOLD)))
    return f"{few} ..." if len(names) > MOST_TOLD else few
