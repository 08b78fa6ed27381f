"""Metric definitions: versioned data. A version is never changed once scores were shown with it."""

from dataclasses import dataclass
from enum import Enum

from services.metrics.domain.csat import top_two_share
from services.metrics.domain.nps import nps
from services.metrics.domain.scores import MINIMUM_BASE, Answers, Score


class Unit(Enum):
    """What a value is measured in."""

    POINTS = "POINTS"
    SHARE = "SHARE"
    PER_YEAR = "PER_YEAR"


class Statistic(Enum):
    """How answers become a value."""

    NET_PROMOTERS = "NET_PROMOTERS"
    TOP_TWO = "TOP_TWO"
    TOP_TWO_OF_ALL = "TOP_TWO_OF_ALL"
    LEAVERS_PER_PERSON_YEAR = "LEAVERS_PER_PERSON_YEAR"


@dataclass(frozen=True, slots=True)
class Definition:
    """A metric: the items it reads, how, and who is in the denominator."""

    key: str
    version: int
    name: str
    unit: Unit
    higher_is_better: bool
    statistic: Statistic
    question_kind: str | None  # the first question of this kind in each survey; None: employment
    formula: str
    denominator: str
    minimum_base: int = MINIMUM_BASE


BUILT_IN = (
    Definition(
        key="nps",
        version=1,
        name="Net Promoter Score",
        unit=Unit.POINTS,
        higher_is_better=True,
        statistic=Statistic.NET_PROMOTERS,
        question_kind="NPS",
        formula="100 x (answers 9 and 10 - answers 0 to 6) / all answers",
        denominator="everyone who answered the question",
    ),
    Definition(
        key="csat",
        version=1,
        name="Customer satisfaction",
        unit=Unit.SHARE,
        higher_is_better=True,
        statistic=Statistic.TOP_TWO,
        question_kind="CSAT",
        formula="answers 4 and 5 / answers 1 to 5",
        denominator="valid answers; don't know is left out",
    ),
    Definition(
        key="friendsAndFamily",
        version=1,
        name="Friends and family",
        unit=Unit.SHARE,
        higher_is_better=True,
        statistic=Statistic.TOP_TWO_OF_ALL,
        question_kind="CSAT",
        formula="answers 4 and 5 / all answers, don't know among them",
        denominator="everyone who answered the question, don't know too",
    ),
    Definition(
        key="turnoverRate",
        version=1,
        name="Staff turnover",
        unit=Unit.PER_YEAR,
        higher_is_better=False,
        statistic=Statistic.LEAVERS_PER_PERSON_YEAR,
        question_kind=None,
        formula="leavers / person-days employed x 365.25",
        denominator="time employed in the period; base is the persons employed",
    ),
)


def score_answers(definition: Definition, answers: Answers) -> Score:
    """The score of a definition that reads answers."""
    minimum_base = definition.minimum_base
    if definition.statistic is Statistic.NET_PROMOTERS:
        return nps(answers, minimum_base=minimum_base)
    with_dont_know = definition.statistic is Statistic.TOP_TWO_OF_ALL
    return top_two_share(answers, with_dont_know=with_dont_know, minimum_base=minimum_base)
