"""Metric definitions: versioned data. A version is never changed once scores were shown with it."""

from dataclasses import dataclass
from enum import Enum

from services.metrics.formulas.ces import customer_effort
from services.metrics.formulas.csat import top_two_share
from services.metrics.formulas.nps import nps
from services.metrics.formulas.scores import MINIMUM_BASE, Answers, Score
from services.metrics.formulas.statistics import Codes, mean, net, share


class Unit(Enum):
    """What a value is measured in."""

    POINTS = "POINTS"
    SHARE = "SHARE"
    PER_YEAR = "PER_YEAR"
    SCALE = "SCALE"
    MONEY = "MONEY"
    COUNT = "COUNT"


class Statistic(Enum):
    """How answers become a value."""

    NET_PROMOTERS = "NET_PROMOTERS"
    TOP_TWO = "TOP_TWO"
    TOP_TWO_OF_ALL = "TOP_TWO_OF_ALL"
    CUSTOMER_EFFORT = "CUSTOMER_EFFORT"
    LEAVERS_PER_PERSON_YEAR = "LEAVERS_PER_PERSON_YEAR"
    LEAVERS_PER_HEADCOUNT = "LEAVERS_PER_HEADCOUNT"
    SHARE = "SHARE"
    MEAN = "MEAN"
    NET = "NET"
    RELEASED = "RELEASED"
    BOUGHT_AGAIN = "BOUGHT_AGAIN"
    NOT_BOUGHT_AGAIN = "NOT_BOUGHT_AGAIN"
    SALES = "SALES"
    ORDERS = "ORDERS"
    BUYERS = "BUYERS"
    MEAN_PURCHASE = "MEAN_PURCHASE"
    RETURNED_SHARE = "RETURNED_SHARE"
    SILENT = "SILENT"
    FIRST_BOUGHT = "FIRST_BOUGHT"


SMALLEST_GROUP = 5
"""Of people who answered: a wave may show larger groups only, never smaller ones."""
OF_EMPLOYMENT = (Statistic.LEAVERS_PER_PERSON_YEAR, Statistic.LEAVERS_PER_HEADCOUNT)
OF_PERSONS = (
    Statistic.BOUGHT_AGAIN,
    Statistic.NOT_BOUGHT_AGAIN,
    Statistic.BUYERS,
    Statistic.SILENT,
    Statistic.FIRST_BOUGHT,
)
"""Customers do not add up: one of two departments is one of their whole."""
OF_PURCHASES = (
    *OF_PERSONS,
    Statistic.SALES,
    Statistic.ORDERS,
    Statistic.MEAN_PURCHASE,
    Statistic.RETURNED_SHARE,
)
SECONDARY = {
    Statistic.TOP_TWO: "mean answer, 1 to 5, over valid answers",
    Statistic.CUSTOMER_EFFORT: "share of answers 5 to 7 over all answers",
}
"""What stands beside the value, in words."""


@dataclass(frozen=True, slots=True)
class ItemRef:
    """One question of one survey by ids, or one option (key) of a multiple choice."""

    survey_id: str
    question_id: str
    option: str = ""


IndexItem = ItemRef | str
"""One of the items of an index: a question, or the key of a standard item."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A metric: the items it reads, how, and who is in the denominator."""

    key: str
    version: int
    name: str
    unit: Unit
    higher_is_better: bool
    statistic: Statistic
    question_kind: str | None  # the first of this kind in each version of a survey; None: see below
    formula: str
    denominator: str
    minimum_base: int = MINIMUM_BASE
    item: ItemRef | None = None  # None without a kind: employment, releases or purchases
    counted: Codes = ()  # SHARE, NET: answers for
    against: Codes = ()  # NET
    with_dont_know: bool = False  # SHARE, NET: the denominator rule
    standard_item: str = ""  # key: whatever asks it in the surveys of the scorecard; "": none
    index: tuple[
        IndexItem, ...
    ] = ()  # SHARE, MEAN: read side by side in each response, instead of one item

    @property
    def reads_employment(self) -> bool:
        return self.statistic in OF_EMPLOYMENT

    @property
    def reads_releases(self) -> bool:
        """Whether it is calculated when a wave of an employee survey closed, and only looked up since."""
        return self.statistic is Statistic.RELEASED

    @property
    def reads_answers(self) -> bool:
        return not (self.reads_employment or self.reads_releases or self.reads_purchases)

    @property
    def reads_purchases(self) -> bool:
        return self.statistic in OF_PURCHASES

    @property
    def is_additive(self) -> bool:
        """Whether the value of a whole comes of the counts of its parts; of employee surveys nothing is added."""
        return not self.reads_releases and self.statistic not in OF_PERSONS

    @property
    def is_index(self) -> bool:
        """Whether each person's answers to several items make one score."""
        return bool(self.index)

    @property
    def is_built_in(self) -> bool:
        return any((found.key, found.statistic) == (self.key, self.statistic) for found in BUILT_IN)

    @property
    def takes_built_in(self) -> bool:
        """Whether it is the organisation's own, under a key that a built-in one has since."""
        return not self.is_built_in and any(found.key == self.key for found in BUILT_IN)

    @property
    def secondary(self) -> str:
        """What stands beside the value, in words; "" for nothing."""
        return SECONDARY.get(self.statistic, "")


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
        key="ces",
        version=1,
        name="Customer effort 2.0",
        unit=Unit.SCALE,
        higher_is_better=True,
        statistic=Statistic.CUSTOMER_EFFORT,
        question_kind="CES",
        formula="mean of answers 1 to 7",
        denominator="everyone who answered the question",
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
    Definition(
        key="turnoverRateHeadcount",
        version=1,
        name="Staff turnover by headcount",
        unit=Unit.PER_YEAR,
        higher_is_better=False,
        statistic=Statistic.LEAVERS_PER_HEADCOUNT,
        question_kind=None,
        formula="leavers / mean headcount at the ends of months / years",
        denominator="mean of the headcounts on the last days of months; base is the persons employed",
    ),
    Definition(
        key="enps",
        version=1,
        name="Employee Net Promoter Score",
        unit=Unit.POINTS,
        higher_is_better=True,
        statistic=Statistic.RELEASED,
        question_kind=None,
        formula="100 x (answers 9 and 10 - answers 0 to 6) / all answers, of the latest wave",
        denominator="employees who answered the question in the latest wave that asked the department",
    ),
    Definition(
        key="engagement",
        version=1,
        name="Engagement",
        unit=Unit.SHARE,
        higher_is_better=True,
        statistic=Statistic.RELEASED,
        question_kind=None,
        formula="mean over questions of answers 4 and 5 / answers given, of the latest wave",
        denominator="employees who answered two thirds or more of the items of agreement",
        minimum_base=SMALLEST_GROUP,
    ),
    Definition(
        key="participationRate",
        version=1,
        name="Participation in employee surveys",
        unit=Unit.SHARE,
        higher_is_better=True,
        statistic=Statistic.RELEASED,
        question_kind=None,
        formula="ballots with a scored answer / employees invited, of the latest wave; to 5 % where few did or did not",
        denominator="employees invited, in the latest wave that asked the department",
        minimum_base=SMALLEST_GROUP,
    ),
    Definition(
        key="burnout",
        version=1,
        name="Burnout",
        unit=Unit.SCALE,
        higher_is_better=False,
        statistic=Statistic.RELEASED,
        question_kind=None,
        formula="mean over employees of their items, scored 0, 25, 50, 75, 100, of the latest wave",
        denominator="employees who answered two thirds or more of the items of burnout",
    ),
    Definition(
        key="retentionRate",
        version=1,
        name="Customer retention",
        unit=Unit.SHARE,
        higher_is_better=True,
        statistic=Statistic.BOUGHT_AGAIN,
        question_kind=None,
        formula="customers of the period before who bought here again in this one / customers of the period before",
        denominator="persons who bought here in the period before, and did not return all of it",
    ),
    Definition(
        key="churnRate",
        version=1,
        name="Customer churn",
        unit=Unit.SHARE,
        higher_is_better=False,
        statistic=Statistic.NOT_BOUGHT_AGAIN,
        question_kind=None,
        formula="customers of the period before who did not buy here in this one / customers of the period before",
        denominator="persons who bought here in the period before, and did not return all of it",
    ),
    Definition(
        key="sales",
        version=1,
        name="Sales",
        unit=Unit.MONEY,
        higher_is_better=True,
        statistic=Statistic.SALES,
        question_kind=None,
        formula="sum of purchases on their days, before returns",
        denominator="none: everything is counted",
        minimum_base=1,
    ),
    Definition(
        key="orders",
        version=1,
        name="Orders",
        unit=Unit.COUNT,
        higher_is_better=True,
        statistic=Statistic.ORDERS,
        question_kind=None,
        formula="number of purchases; a receipt is one",
        denominator="none: everything is counted",
        minimum_base=1,
    ),
    Definition(
        key="buyers",
        version=1,
        name="Buyers",
        unit=Unit.COUNT,
        higher_is_better=True,
        statistic=Statistic.BUYERS,
        question_kind=None,
        formula="number of persons who bought and did not return all of it",
        denominator="none: everybody is counted once; purchases without a customer count for nobody",
        minimum_base=1,
    ),
    Definition(
        key="averageBasket",
        version=1,
        name="Average basket",
        unit=Unit.MONEY,
        higher_is_better=True,
        statistic=Statistic.MEAN_PURCHASE,
        question_kind=None,
        formula="sales / orders",
        denominator="purchases, before returns",
    ),
    Definition(
        key="returnsShare",
        version=1,
        name="Share of returns",
        unit=Unit.SHARE,
        higher_is_better=False,
        statistic=Statistic.RETURNED_SHARE,
        question_kind=None,
        formula="what was returned in the period / what was bought in it",
        denominator="sales of the period, by the day of each purchase",
        minimum_base=1,
    ),
    Definition(
        key="newCustomers",
        version=1,
        name="New customers",
        unit=Unit.COUNT,
        higher_is_better=True,
        statistic=Statistic.FIRST_BOUGHT,
        question_kind=None,
        formula="number of persons whose first purchase here lies in the period",
        denominator="none: everybody is counted once; purchases without a customer count for nobody",
        minimum_base=1,
    ),
    Definition(
        key="silentShare",
        version=1,
        name="Silent customers",
        unit=Unit.SHARE,
        higher_is_better=False,
        statistic=Statistic.SILENT,
        question_kind=None,
        formula="customers without a purchase here on the last day of the period and the 90 days before / customers",
        denominator="persons who ever bought here up to the end of the period, and did not return all of it",
    ),
)


def score_answers(definition: Definition, answers: Answers, codes: Codes) -> Score:
    """The score of a definition that reads answers; `codes` are those of the items it reads."""
    minimum_base, with_dont_know = definition.minimum_base, definition.with_dont_know
    match definition.statistic:
        case Statistic.NET_PROMOTERS:
            return nps(answers, minimum_base=minimum_base)
        case Statistic.TOP_TWO:
            return top_two_share(answers, with_dont_know=False, minimum_base=minimum_base)
        case Statistic.TOP_TWO_OF_ALL:
            return top_two_share(answers, with_dont_know=True, minimum_base=minimum_base)
        case Statistic.CUSTOMER_EFFORT:
            return customer_effort(answers, minimum_base=minimum_base)
        case Statistic.MEAN:
            return mean(answers, codes, minimum_base=minimum_base)
        case Statistic.NET:
            return net(
                answers,
                codes,
                definition.counted,
                definition.against,
                with_dont_know=with_dont_know,
                minimum_base=minimum_base,
            )
        case Statistic.SHARE:
            return share(
                answers,
                codes,
                definition.counted,
                with_dont_know=with_dont_know,
                minimum_base=minimum_base,
            )
        case Statistic.LEAVERS_PER_PERSON_YEAR | Statistic.LEAVERS_PER_HEADCOUNT:
            raise TypeError(f"{definition.key} reads employment, no answers")
        case Statistic.RELEASED:
            raise TypeError(f"{definition.key} reads releases, no answers")
        case (
            Statistic.BOUGHT_AGAIN
            | Statistic.NOT_BOUGHT_AGAIN
            | Statistic.SALES
            | Statistic.ORDERS
            | Statistic.BUYERS
            | Statistic.MEAN_PURCHASE
            | Statistic.RETURNED_SHARE
            | Statistic.SILENT
            | Statistic.FIRST_BOUGHT
        ):
            raise TypeError(f"{definition.key} reads purchases, no answers")
