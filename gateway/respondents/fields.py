"""How each kind of question is asked on a page, and how what was entered there is read."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final, NamedTuple

from gateway.calls.forms import FormQuestion, Value
from gateway.respondents.sentences import Phrase, say

DONT_KNOW: Final = "-"
"""What a form sends for "don't know"."""
LONGEST_TEXT: Final = 10_000
LONGEST_ROW: Final = 11
"""Scores that stand in a row or a list; of more the number is typed."""
AGREED: Final = frozenset(
    {"reassurance", "solved", "available", "competent", "fast", "personal", "relevant"}
)
"""Standard items that are statements, to which one agrees or not."""


class Problem(NamedTuple):
    """Why what was entered is no answer, as a sentence and its values."""

    sentence: Phrase
    values: Mapping[str, object] = {}


class Words(NamedTuple):
    """The language of the page's own words, and that of the survey's texts."""

    page: str
    texts: str

    def say(self, sentence: Phrase, **values: object) -> str:
        """The page's own words, escaped."""
        return escape(say(sentence, self.page, **values))


class Field(NamedTuple):
    """One question on a page: its name in the form, and what is entered so far."""

    question: FormQuestion
    name: str
    words: Words
    entered: Sequence[str] = ()
    described_by: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether it is one box to write in, and no list to choose from."""
        kind = KINDS[self.question.kind]
        return kind.draw is draw_text or len(kind.scores(self.question)) > LONGEST_ROW

    @property
    def attributes(self) -> str:
        """Of the one box."""
        described = f' aria-describedby="{self.described_by}"' if self.described_by else ""
        return f'id="{self.name}" name="{self.name}"{described}'

    @property
    def typed(self) -> str:
        """What stands in the box, escaped."""
        return escape(self.entered[0]) if self.entered else ""

    def control(self, kind: str, value: str, *, is_first: bool) -> str:
        """A radio button or a check box; the first is where a link to the question leads."""
        place = f' id="{self.name}"' if is_first else ""
        chosen = " checked" if value in self.entered else ""
        return f'<input type="{kind}" name="{self.name}"{place} value="{escape(value)}"{chosen}>'


class Kind(NamedTuple):
    """One kind of question. `hint`: what stands below the question; None: nothing."""

    scores: Callable[[FormQuestion], range]
    draw: Callable[[Field], str]
    read: Callable[[FormQuestion, Sequence[str]], Value | Problem]
    hint: Phrase | None = None
    ends: tuple[Phrase, Phrase] | None = None
    """What the lowest and the highest score mean."""


def _fixed(low: int, high: int) -> Callable[[FormQuestion], range]:
    return lambda _: range(low, high + 1)


def _own(question: FormQuestion) -> range:
    return range(question.low, question.high + 1)


def hint_of(field: Field) -> str:
    """The sentence below a question, escaped; empty for none."""
    kind = KINDS[field.question.kind]
    hint = Phrase.AGREEMENT_HINT if field.question.item in AGREED else kind.hint
    if hint is None:
        return ""
    scores = kind.scores(field.question)
    low, high = (scores[0], scores[-1]) if scores else (0, 0)
    return field.words.say(hint, low=low, high=high)


def draw_scale(field: Field) -> str:
    """Scores in one row with what its ends mean; many scores as a number to be typed."""
    kind = KINDS[field.question.kind]
    scores = kind.scores(field.question)
    if len(scores) > LONGEST_ROW:
        return (
            '<input class="number" type="text" inputmode="numeric" maxlength="3" autocomplete="off" '
            f'{field.attributes} value="{field.typed}">'
        )
    low, high = map(field.words.say, _ends(field.question))
    return draw_row(field, scores, low, high)


def _ends(question: FormQuestion) -> tuple[Phrase, Phrase]:
    if question.item in AGREED:
        return Phrase.STRONGLY_DISAGREE, Phrase.STRONGLY_AGREE
    return KINDS[question.kind].ends or (Phrase.LOWEST, Phrase.HIGHEST)


def draw_row(field: Field, scores: range, low: str, high: str) -> str:
    """Scores in one row; low and high, escaped, say what its ends mean."""
    far = {scores[0]: low, scores[-1]: high}
    labels = [
        f"<label>{field.control('radio', str(score), is_first=score == scores[0])}<span>{score}</span>"
        + (f'<span class="far">{far[score]}</span>' if score in far else "")
        + "</label>"
        for score in scores
    ]
    ends = f'<p class="ends" aria-hidden="true"><span>{low}</span><span>{high}</span></p>'
    return f'<div class="scale s{len(scores)}">{"".join(labels)}</div>{ends}'


def draw_satisfaction(field: Field) -> str:
    """Five levels in words, the best first."""
    levels = (
        (5, Phrase.VERY_SATISFIED),
        (4, Phrase.SATISFIED),
        (3, Phrase.NEITHER_SATISFIED),
        (2, Phrase.DISSATISFIED),
        (1, Phrase.VERY_DISSATISFIED),
    )
    return draw_list(field, [(str(n), field.words.say(words)) for n, words in levels], "radio")


def draw_list(field: Field, options: Sequence[tuple[str, str]], kind: str) -> str:
    """Options one below the other, and "don't know" where it is an answer."""
    if field.question.dont_know:
        options = [*options, (DONT_KNOW, field.words.say(Phrase.DONT_KNOW))]
    labels = [
        f'<label>{field.control(kind, value, is_first=place == 0)}<span dir="auto">{text}</span></label>'
        for place, (value, text) in enumerate(options)
    ]
    return f'<div class="list">{"".join(labels)}</div>'


def _draw_choice(kind: str) -> Callable[[Field], str]:
    def draw(field: Field) -> str:
        options = [
            (str(place), escape(option.text.said(field.words.texts)))
            for place, option in enumerate(field.question.options)
        ]
        return draw_list(field, options, kind)

    return draw


def draw_text(field: Field) -> str:
    """A box for words."""
    return draw_box(field, LONGEST_TEXT)


def draw_box(field: Field, most: int) -> str:
    """A box for at most so many characters; the first line break is no part of the text."""
    limit = f'maxlength="{most}"'
    return f'<textarea {field.attributes} {limit} dir="auto">\n{field.typed}</textarea>'


def read_score(question: FormQuestion, entered: Sequence[str]) -> Value | Problem:
    """A whole score on the question's scale, or "don't know" where it is an answer."""
    text = entered[0].strip()
    if text == DONT_KNOW and question.dont_know:
        return True
    scores = KINDS[question.kind].scores(question)
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1
    if number in scores:
        return number
    return Problem(Phrase.CHOOSE_NUMBER, {"low": scores[0], "high": scores[-1]})


def read_choices(question: FormQuestion, entered: Sequence[str]) -> Value | Problem:
    """Options by their places; one where only one may be chosen."""
    keys = {str(place): option.key for place, option in enumerate(question.options)}
    chosen = tuple(dict.fromkeys(keys[place] for place in entered if place in keys))
    is_one = question.kind == "SINGLE_CHOICE"
    if len(chosen) != len(entered) or not chosen or (is_one and len(chosen) > 1):
        return Problem(Phrase.CHOOSE_ANSWER)
    return chosen


def read_text(_question: FormQuestion, entered: Sequence[str]) -> Value | Problem:
    """Words; line breaks as one character."""
    return read_box(entered[0], LONGEST_TEXT)


def read_box(entered: str, most: int) -> str | Problem:
    """Words of at most so many characters; line breaks as one character."""
    text = _plain(entered)
    if len(text) > most:
        return Problem(Phrase.TOO_LONG, {"most": most, "length": len(text)})
    return text


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


KINDS: Final[Mapping[str, Kind]] = {
    "NPS": Kind(
        _fixed(0, 10),
        draw_scale,
        read_score,
        Phrase.NPS_HINT,
        (Phrase.NOT_LIKELY, Phrase.LIKELY),
    ),
    "CSAT": Kind(_fixed(1, 5), draw_satisfaction, read_score),
    "CES": Kind(_fixed(1, 7), draw_scale, read_score, Phrase.CES_HINT, (Phrase.HARD, Phrase.EASY)),
    "CES1": Kind(
        _fixed(1, 5),
        draw_scale,
        read_score,
        Phrase.CES1_HINT,
        (Phrase.LITTLE_EFFORT, Phrase.MUCH_EFFORT),
    ),
    "RATING": Kind(_own, draw_scale, read_score, Phrase.RATING_HINT),
    "TEXT": Kind(_fixed(0, -1), draw_text, read_text, Phrase.NO_NAMES),
    "SINGLE_CHOICE": Kind(_fixed(0, -1), _draw_choice("radio"), read_choices),
    "MULTIPLE_CHOICE": Kind(
        _fixed(0, -1), _draw_choice("checkbox"), read_choices, Phrase.CHOOSE_ALL
    ),
}
"""By the contract's name; a kind of question that is not here cannot be answered on a page."""


def missing_of(question: FormQuestion) -> Problem:
    """What is to be done where nothing was entered."""
    kind = KINDS[question.kind]
    if kind.draw is draw_scale:
        scores = kind.scores(question)
        return Problem(Phrase.CHOOSE_NUMBER, {"low": scores[0], "high": scores[-1]})
    return Problem(Phrase.WRITE if kind.draw is draw_text else Phrase.CHOOSE_ANSWER)


def read_entered(question: FormQuestion, entered: Sequence[str]) -> Value | Problem | None:
    """The answer; None where nothing was entered."""
    given = [text for text in entered if text.strip()]
    return KINDS[question.kind].read(question, given) if given else None


def entered_of(question: FormQuestion, value: Value | None) -> list[str]:
    """What stands in the form for an answer."""
    if value is None:
        return []
    if value is True:
        return [DONT_KNOW]
    if isinstance(value, tuple):
        places = {option.key: str(place) for place, option in enumerate(question.options)}
        return [places[key] for key in value if key in places]
    return [str(value)]
