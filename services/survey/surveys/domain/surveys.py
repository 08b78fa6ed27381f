"""Surveys as they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.kit.letters import with_composed
from services.survey.domain.offers import NOTHING, Offers
from services.survey.domain.text import Texts
from services.survey.surveys.domain.lifecycle import LIVE, Life, State
from services.survey.surveys.domain.questions import Question

MOST_QUESTIONS = 50
LARGEST_DAILY_LIMIT = 10_000_000


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
    life: Life = LIVE
    language: str = ""  # of title, texts and options; empty: not said
    texts: Texts = ()  # the title in other languages
    offers: Offers = NOTHING
    daily_limit: int = 0  # of responses without a token or an invitation; 0: the deployment's
    places: Mapping[str, int] = field(init=False, repr=False, compare=False)  # by question key
    spans: tuple[slice, ...] = field(init=False, repr=False, compare=False)  # of their bytes
    width: int = field(init=False, repr=False, compare=False)  # bytes of the answers to it

    @property
    def shown_to_strangers(self) -> bool:
        """Whether it is there for who has no right to private surveys: a draft is nobody's yet."""
        return self.public and self.life.state is not State.DRAFT

    @property
    def takes_nothing_from_strangers(self) -> bool:
        """Whether it is public, and no response without a token could say whom it counts for."""
        return self.public and self.department_id is None and self.offers == NOTHING

    @property
    def languages(self) -> frozenset[str]:
        """The languages that it can be answered in, as far as they are said."""
        texts = (self.texts, *(question.texts for question in self.questions))
        return frozenset({self.language, *(tag for each in texts for tag, _ in each)} - {""})

    def __post_init__(self) -> None:
        places = with_composed({q.key: place for place, q in enumerate(self.questions)})
        spans, width = [], 0
        for question in self.questions:
            spans.append(slice(width, width + question.width))
            width += question.width
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "spans", tuple(spans))
        object.__setattr__(self, "width", width)
