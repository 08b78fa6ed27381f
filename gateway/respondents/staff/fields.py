"""How each kind of question of a wave is asked on the page, and how what was entered there is read."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final, NamedTuple

from gateway.calls.forms import FormQuestion, Value
from gateway.respondents.fields import Field, Problem, draw_box, draw_list, draw_row, read_box
from gateway.respondents.sentences import Phrase
from gateway.respondents.staff.levels import AGREEMENT, BURNOUT, YES_NO, Level
from gateway.respondents.staff.sentences import StaffPhrase, say_staff

LONGEST_TEXT: Final = 1_000
SMALLEST_SHARED: Final = 10
"""People in a group that sees answers to a single question, or comments."""
SMALLEST_SENSITIVE: Final = 20
"""People in a group that sees an answer of no and yes."""


class StaffKind(NamedTuple):
    """One kind of question. `hint`: what stands below the question; None: nothing."""

    draw: Callable[[Field], str]
    scores: range = range(0)
    hint: Phrase | StaffPhrase | None = None


def hint_of(field: Field) -> str:
    """The sentence below a question, escaped; empty for none."""
    hint = KINDS[field.question.kind].hint
    if isinstance(hint, StaffPhrase):
        said = say_staff(hint, field.words.page, most=LONGEST_TEXT, k=SMALLEST_SENSITIVE)
        return escape(said)
    return field.words.say(hint) if hint else ""


def is_typed(question: FormQuestion) -> bool:
    """Whether it is one box to write in."""
    return not KINDS[question.kind].scores


def draw(field: Field) -> str:
    """Where a question is answered."""
    return KINDS[field.question.kind].draw(field)


def read(question: FormQuestion, entered: Sequence[str]) -> Value | Problem | None:
    """The answer; None where nothing was entered."""
    given = [text for text in entered if text.strip()]
    if not given:
        return None
    scores = KINDS[question.kind].scores
    if not scores:
        return read_box(given[0], LONGEST_TEXT)
    text = given[0].strip()
    score = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else -1
    return score if score in scores else Problem(Phrase.CHOOSE_ANSWER)


def _draw_recommend(field: Field) -> str:
    low, high = field.words.say(Phrase.NOT_LIKELY), field.words.say(Phrase.LIKELY)
    return draw_row(field, range(11), low, high)


def _in_words(levels: Sequence[Level]) -> Callable[[Field], str]:
    def draw_levels(field: Field) -> str:
        language = field.words.page
        said = [(str(level.score), escape(level.said(language))) for level in levels]
        return draw_list(field, said, "radio")

    return draw_levels


def _draw_text(field: Field) -> str:
    return draw_box(field, LONGEST_TEXT)


KINDS: Final[Mapping[str, StaffKind]] = {
    "ENPS": StaffKind(_draw_recommend, range(11), Phrase.NPS_HINT),
    "AGREEMENT": StaffKind(_in_words(AGREEMENT), range(1, 6)),
    "BURNOUT": StaffKind(_in_words(BURNOUT), range(1, 6)),
    "SENSITIVE": StaffKind(_in_words(YES_NO), range(2), StaffPhrase.SENSITIVE_HINT),
    "TEXT": StaffKind(_draw_text, hint=StaffPhrase.TEXT_HINT),
}
"""By the contract's name; a kind that is not here cannot be answered on the page."""
