"""A survey as it is after an edit: what it says, and which questions stay the ones they were."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.survey.domain.offers import Offers
from services.survey.domain.refusal import Refusal
from services.survey.domain.text import Texts
from services.survey.surveys.domain.drafts import (
    QuestionDraft,
    SurveyDraft,
    complete,
    draft_of,
)
from services.survey.surveys.domain.questions import Question, QuestionKind
from services.survey.surveys.domain.surveys import Survey

FIRST_REVISION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyEdit:
    """What an author changes; None: it stays. `version`: the one that was read; `department`: a key, empty for none."""

    key: str
    version: int | None = None
    title: str | None = None
    public: bool | None = None
    in_scorecard: bool | None = None
    department: str | None = None
    language: str | None = None
    texts: Texts | None = None
    offers: Offers | None = None
    daily_limit: int | None = None
    questions: tuple[QuestionDraft, ...] | None = None

    def draft(self, before: Survey) -> SurveyDraft:
        """The survey as it is to be; its department, which may have to be looked up, is left out."""
        questions = self.questions
        draft = SurveyDraft(
            before.key,
            before.title if self.title is None else self.title,
            before.public if self.public is None else self.public,
            before.in_scorecard if self.in_scorecard is None else self.in_scorecard,
            "",
            tuple(map(draft_of, before.questions)) if questions is None else questions,
            before.language if self.language is None else self.language,
            before.texts if self.texts is None else self.texts,
            before.offers if self.offers is None else self.offers,
            before.daily_limit if self.daily_limit is None else self.daily_limit,
        )
        return draft if questions is None else complete(draft)


def new_survey(draft: SurveyDraft, department_id: str | None, new_id: Callable[[], str]) -> Survey:
    """The draft with ids: of the survey, its first version and each question."""
    return Survey(
        id=new_id(),
        key=draft.key,
        title=draft.title,
        public=draft.public,
        in_scorecard=draft.in_scorecard,
        department_id=department_id,
        version_id=new_id(),
        version=1,
        questions=tuple(question_of(question, new_id()) for question in draft.questions),
        revision=FIRST_REVISION,
        language=draft.language,
        texts=draft.texts,
        offers=draft.offers,
        daily_limit=draft.daily_limit,
    )


def edit_questions(
    drafts: Sequence[QuestionDraft],
    versions: Sequence[Sequence[Question]],
    new_id: Callable[[], str],
    *,
    was_open: bool,
) -> tuple[Question, ...] | list[Refusal]:
    """The questions of a new version; `versions`: what was asked before, the oldest first.

    A question of a key that was asked before is that question. Once a survey was open, its answers may have been
    counted, so kind and scale stay, and options may only be added; before, such a change makes another question.
    """
    known = {question.key: question for version in versions for question in version}
    questions: list[Question] = []
    refused: list[Refusal] = []
    for place, draft in enumerate(drafts):
        before = known.get(draft.key)
        change = None if before is None else _change(place, draft, before)
        if change is not None and was_open:
            refused.append(change)
        kept = before is not None and change is None
        questions.append(question_of(draft, before.id if kept and before else new_id()))
    return refused or tuple(questions)


def question_of(draft: QuestionDraft, question_id: str) -> Question:
    """A draft with its id."""
    return Question(
        question_id,
        draft.key,
        QuestionKind(draft.kind),
        draft.text,
        draft.dont_know,
        draft.low,
        draft.high,
        draft.options,
        draft.texts,
        draft.item,
    )


def _change(place: int, draft: QuestionDraft, before: Question) -> Refusal | None:
    """What makes a draft another question than the one of its key."""
    at = ("questions", str(place))
    if draft.kind != before.kind:
        message = (
            f"this key stands for a {before.kind.name} question: ask another kind under a new key"
        )
        return Refusal((*at, "kind"), "KIND_CHANGED", message)
    if (draft.low, draft.high) != (before.low, before.high):
        message = f"this question has the scale {before.low} to {before.high}: ask another under a new key"
        return Refusal((*at, "scale"), "SCALE_CHANGED", message)
    if {option.key for option in before.options} - {option.key for option in draft.options}:
        message = "options may be added, not taken away: ask with fewer under a new key"
        return Refusal((*at, "options"), "OPTION_REMOVED", message)
    if before.item and draft.item != before.item:
        message = (
            f"answers to this question count as the item {before.item}: ask another under a new key"
        )
        return Refusal((*at, "item"), "ITEM_CHANGED", message)
    return None
