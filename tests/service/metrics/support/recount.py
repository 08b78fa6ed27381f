"""An organisation of rows in plain Python, and every score of it counted the slow way.

Nothing here knows of the answer log, of numpy or of the service's rules: rows are filtered one by one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean

from services.kit.clock import day_date

DIMENSIONS = ("survey", "touchpoint", "stage", "channel", "segment", "language")
OPTIONS = ("price", "time", "staff")
# survey -> (counts for the scorecard, question key -> kind in the order they are asked)
SURVEYS: dict[str, tuple[bool, dict[str, str]]] = {
    "relationship": (True, {"nps": "NPS", "csat": "CSAT"}),
    "visit": (True, {"csat": "CSAT", "again": "NPS", "twice": "NPS", "ces": "CES", "old": "CES1"}),
    "aside": (
        False,
        {"nps": "NPS", "ces": "CES", "stars": "RATING", "one": "SINGLE_CHOICE", "many": "MULTIPLE_CHOICE"},
    ),
}  # fmt: skip
Answer = int | str | frozenset[str]


@dataclass(frozen=True)
class Row:
    """One response. Dimensions by name, none where it has none; answers by question."""

    day: int
    department: str
    dimensions: dict[str, str]  # survey among them
    answers: dict[str, Answer]


@dataclass(frozen=True)
class Job:
    """A person employed in a department on the days [start, end); `leaves` at the end, or moves on."""

    person: str
    department: str
    start: int
    end: int | None
    leaves: bool


@dataclass
class Organisation:
    """Rows, jobs and who hung where: department -> (first day, parent), the first since ever."""

    today: int
    parents: dict[str, list[tuple[int, str]]]
    rows: list[Row] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)

    def line(self, department: str, day: int) -> list[str]:
        """The department and those above it on a day."""
        found = [department]
        while found[-1] != "root":
            places = self.parents[found[-1]]
            found.append([parent for start, parent in places if start <= day][-1])
        return found


@dataclass(frozen=True)
class Asked:
    """What a score is asked of."""

    department: str
    start: int
    end: int
    subtree: bool = True
    as_it_was: bool = False
    kept: dict[str, str] = field(default_factory=dict)

    def group(self, organisation: Organisation, department: str, day: int) -> str | None:
        """The child of the asked department it counts under; "" for directly here, None for not at all."""
        line = organisation.line(department, day if self.as_it_was else organisation.today)
        if self.department not in line or not (self.subtree or department == self.department):
            return None
        place = line.index(self.department)
        return line[place - 1] if place else ""

    def rows(self, organisation: Organisation) -> list[Row]:
        """The rows that count."""
        return [
            row
            for row in organisation.rows
            if self.start <= row.day < self.end
            and self.group(organisation, row.department, row.day) is not None
            and all(row.dimensions.get(name) == key for name, key in self.kept.items())
        ]


Found = tuple[str, int, float | None]
"""Status, base, value."""


def shown(base: int, value: Callable[[], float], minimum: int = 10) -> Found:
    """What may be shown of a base."""
    if base == 0:
        return "NO_DATA", 0, None
    if base < minimum:
        return "INSUFFICIENT_BASE", base, None
    return "LOW_BASE" if base < 30 else "OK", base, value()


def values(rows: Iterable[Row], kind: str) -> list[Answer]:
    """Answers to the first question of a kind of each survey in the scorecard."""
    found = []
    for row in rows:
        counts, questions = SURVEYS[row.dimensions["survey"]]
        asked = [key for key, each in questions.items() if each == kind]
        if counts and asked and asked[0] in row.answers:
            found.append(row.answers[asked[0]])
    return found


def of(rows: Iterable[Row], survey: str, question: str) -> list[Answer]:
    """Answers to one question."""
    here = [row for row in rows if row.dimensions["survey"] == survey]
    return [row.answers[question] for row in here if question in row.answers]


def share(answers: list[Answer], hits: set[Answer], minimum: int = 10) -> Found:
    return shown(len(answers), lambda: sum(a in hits for a in answers) / len(answers), minimum)


def net(answers: list[Answer], best: set[Answer], worst: set[Answer]) -> Found:
    return shown(
        len(answers),
        lambda: 100 * (sum(a in best for a in answers) - sum(a in worst for a in answers)) / len(answers),
    )  # fmt: skip


def mean(answers: list[Answer]) -> Found:
    return shown(len(answers), lambda: fmean(a for a in answers if isinstance(a, int)))


def picked(answers: list[Answer], option: str) -> list[Answer]:
    """1 for each who chose an option, 0 for each who was offered it and did not."""
    return [int(option in answer) for answer in answers if isinstance(answer, frozenset)]


def known(answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer != "DONT_KNOW"]


SCORES: dict[str, Callable[[list[Row]], Found]] = {
    "nps": lambda rows: net(values(rows, "NPS"), {9, 10}, set(range(7))),
    "csat": lambda rows: share(known(values(rows, "CSAT")), {4, 5}),
    "friendsAndFamily": lambda rows: share(values(rows, "CSAT"), {4, 5}),
    "ces": lambda rows: mean(values(rows, "CES")),
    "stars": lambda rows: mean(of(rows, "aside", "stars")),
    "price": lambda rows: share(of(rows, "aside", "one"), {"price"}),
    "time": lambda rows: share(picked(of(rows, "aside", "many"), "time"), {1}, 20),
    "netStars": lambda rows: net(of(rows, "aside", "stars"), {4, 5}, {0, 1}),
    "unknown": lambda rows: share(values(rows, "CSAT"), {"DONT_KNOW"}),
    "effort": lambda rows: mean(values(rows, "CES1")),
    "veryEasy": lambda rows: share(values(rows, "CES"), {6, 7}),
}  # fmt: skip


SECONDARY: dict[str, Callable[[list[Row]], Found]] = {
    "ces": lambda rows: share(values(rows, "CES"), {5, 6, 7}),
    "csat": lambda rows: mean(known(values(rows, "CSAT"))),
}
PER_ANSWER: dict[str, Callable[[list[Row]], list[Answer]]] = {
    "nps": lambda rows: values(rows, "NPS"),
    "csat": lambda rows: values(rows, "CSAT"),  # don't know too, though not in the base
    "friendsAndFamily": lambda rows: values(rows, "CSAT"),
    "effort": lambda rows: values(rows, "CES1"),
    "stars": lambda rows: of(rows, "aside", "stars"),
    "price": lambda rows: of(rows, "aside", "one"),
    "time": lambda rows: picked(of(rows, "aside", "many"), "time"),
}


def adjusted(p_values: dict[str, float]) -> dict[str, float]:
    """Benjamini-Hochberg, as its definition reads: the least of p * n / rank over all that are no smaller."""
    ordered = sorted(p_values.values())
    return {
        key: min(
            1.0,
            *(
                p * len(ordered) / (ordered.index(p) + ordered.count(p))
                for p in ordered
                if p >= own
            ),
        )
        for key, own in p_values.items()
    }


def turnover(organisation: Organisation, asked: Asked, group: str | None = None) -> Found:
    """Leavers per person-year, day by day; future days have not happened."""
    if asked.kept:
        return "NOT_APPLICABLE", 0, None
    days, leavers, persons = 0, 0, set()
    for job in organisation.jobs:
        last = organisation.today + 1 if job.end is None else job.end
        for day in range(max(asked.start, job.start), min(asked.end, last, organisation.today + 1)):
            place = asked.group(organisation, job.department, day)
            if place is not None and group in (None, place):
                days += 1
                persons.add(job.person)
                leavers += job.leaves and day == last - 1
    found = shown(len(persons), lambda: leavers / days * 365.25)
    return found if days else ("NO_DATA", 0, None)


def by_headcount(organisation: Organisation, asked: Asked, group: str | None = None) -> Found:
    """Leavers a year over the mean headcount on the last days of months, day by day."""
    if asked.kept:
        return "NOT_APPLICABLE", 0, None
    end = max(asked.start, min(asked.end, organisation.today + 1))
    month_ends = [day for day in range(asked.start, end) if day_date(day + 1).day == 1]
    headcounts, leavers, persons = 0, 0, set()
    for job in organisation.jobs:
        last = organisation.today + 1 if job.end is None else job.end
        for day in range(max(asked.start, job.start), min(end, last)):
            place = asked.group(organisation, job.department, day)
            if place is not None and group in (None, place):
                persons.add(job.person)
                leavers += job.leaves and day == last - 1
                headcounts += day in month_ends
    is_whole = day_date(asked.start).day == day_date(end).day == 1
    years = len(month_ends) / 12 if is_whole else (end - asked.start) / 365.25
    if not headcounts:
        return "NO_DATA", 0, None
    return shown(len(persons), lambda: leavers / years / (headcounts / len(month_ends)))


def of_no_wave(_organisation: Organisation, asked: Asked, _group: str | None = None) -> Found:
    """A score of employee surveys where none was released: there are such scores of whole departments only."""
    if asked.kept or not asked.subtree:
        return "NOT_APPLICABLE", 0, None
    return "NO_DATA", 0, None


def next_border(day: int, interval: str) -> int:
    """The first day of the calendar interval after the one that holds a day."""
    on = day_date(day) + timedelta(1)
    while not starts(on, interval):
        on += timedelta(1)
    return (on - date(1970, 1, 1)).days


def starts(on: date, interval: str) -> bool:
    return {
        "DAY": True,
        "WEEK": on.isoweekday() == 1,
        "MONTH": on.day == 1,
        "QUARTER": on.day == 1 and on.month in (1, 4, 7, 10),
    }[interval]
