"""Surveys, and what a new one must be."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.survey.domain.questions import Kind, Question
from services.survey.domain.refusal import Refusal
from services.survey.domain.text import refuse_key, refuse_text

LONGEST_TITLE = 200
LONGEST_QUESTION = 2_000
MOST_QUESTIONS = 50


@dataclass(frozen=True)
class Survey:
    """A survey as it stands now; of two copies the one with the higher revision is true."""

    id: str
    key: str
    title: str
    public: bool
    in_scorecard: bool
    department_id: str | None
    version_id: str
    version: int
    questions: tuple[Question, ...]
    revision: int
    places: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {question.key: place for place, question in enumerate(self.questions)}
        object.__setattr__(self, "places", places)


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question that has no id yet; kind 0: not said."""

    key: str
    kind: int
    text: str
    dont_know: bool


@dataclass(frozen=True, slots=True)
class SurveyDraft:
    """A survey as its author sends it; `department` is a key, empty for none."""

    key: str
    title: str
    public: bool
    in_scorecard: bool
    department: str
    questions: tuple[QuestionDraft, ...]


def check_draft(draft: SurveyDraft) -> list[Refusal]:
    """Why a new survey is refused; empty if it is not."""
    found = [
        refuse_key(("key",), draft.key),
        refuse_text(("title",), draft.title.strip() and draft.title, LONGEST_TITLE),
    ]
    if not 1 <= len(draft.questions) <= MOST_QUESTIONS:
        found.append(
            Refusal(
                ("questions",),
                "QUESTION_COUNT",
                f"{len(draft.questions)} questions: a survey has 1 to {MOST_QUESTIONS}",
            )
        )
        return [refusal for refusal in found if refusal]
    seen: set[str] = set()
    for place, question in enumerate(draft.questions):
        found += _check_question(("questions", str(place)), question, seen)
    return [refusal for refusal in found if refusal]


def _check_question(
    at: tuple[str, ...], question: QuestionDraft, seen: set[str]
) -> list[Refusal | None]:
    found = [
        refuse_key((*at, "key"), question.key),
        refuse_text((*at, "text"), question.text.strip() and question.text, LONGEST_QUESTION),
    ]
    if question.key in seen:
        found.append(
            Refusal((*at, "key"), "DUPLICATE_QUESTION", "another question has this key already")
        )
    seen.add(question.key)
    if question.kind not in list(Kind):
        found.append(Refusal((*at, "kind"), "UNKNOWN_KIND", "a kind is NPS, CSAT or TEXT"))
    elif question.dont_know and question.kind != Kind.CSAT:
        found.append(
            Refusal(
                (*at, "dont_know"),
                "DONT_KNOW_NOT_OFFERED",
                'only a CSAT question can offer "don\'t know"',
            )
        )
    return found


def is_same(stored: Survey, draft: SurveyDraft, department_id: str | None) -> bool:
    """Whether a draft says what is stored already."""
    asked = tuple(QuestionDraft(q.key, q.kind, q.text, q.dont_know) for q in stored.questions)
    return (
        stored.title == draft.title
        and stored.public == draft.public
        and stored.in_scorecard == draft.in_scorecard
        and stored.department_id == department_id
        and asked == draft.questions
    )
