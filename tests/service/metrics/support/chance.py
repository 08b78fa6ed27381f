"""Organisations, rows and questions by chance, for recounts."""

import random

from tests.service.metrics.support.recount import (
    DIMENSIONS,
    OPTIONS,
    SURVEYS,
    Answer,
    Asked,
    Job,
    Organisation,
    Row,
)


def random_organisation(dice: random.Random, today: int, *, departments: int = 9) -> Organisation:
    """A tree in which departments move; a parent always comes before its children, so nothing goes in circles."""
    names = [f"d{number}" for number in range(departments)]
    parents: dict[str, list[tuple[int, str]]] = {}
    for index, name in enumerate(names):
        above = ["root", *names[:index]]
        days = sorted(dice.sample(range(today - 500, today + 60), dice.randrange(3)))
        parents[name] = [
            (-(10**6), dice.choice(above)),
            *((day, dice.choice(above)) for day in days),
        ]
    found = Organisation(today, parents)
    found.jobs = [job for number in range(60) for job in random_jobs(dice, found, f"p{number}")]
    return found


def random_jobs(dice: random.Random, organisation: Organisation, person: str) -> list[Job]:
    """One or two jobs of a person; the second starts on the day the first ends, and then nobody left."""
    names = ["root", *organisation.parents]
    start = organisation.today - dice.randrange(700)
    end = start + dice.randrange(1, 300) if dice.random() < 0.7 else None
    if end is None or dice.random() < 0.6:
        return [Job(person, dice.choice(names), start, end, end is not None)]
    return [
        Job(person, dice.choice(names), start, end, leaves=False),
        Job(person, dice.choice(names), end, None, leaves=False),
    ]


def random_row(dice: random.Random, organisation: Organisation) -> Row:
    """A response that leaves out some dimensions and questions."""
    survey = dice.choice(list(SURVEYS))
    dimensions = {"survey": survey}
    for name in DIMENSIONS[1:]:
        if dice.random() < 0.8:
            dimensions[name] = f"{name}{dice.randrange(3)}"
    answers = {
        key: random_answer(dice, kind)
        for key, kind in SURVEYS[survey][1].items()
        if dice.random() < 0.85
    }
    day = organisation.today - dice.randrange(450)
    return Row(day, dice.choice(["root", *organisation.parents]), dimensions, answers)


def random_answer(dice: random.Random, kind: str) -> Answer:
    likely: list[Answer] = [1, 2, 3, 4, 5, 5, "DONT_KNOW"]
    match kind:
        case "NPS":
            return min(dice.randrange(13), 10)
        case "CSAT":
            return dice.choice(likely)
        case "CES":
            return dice.randint(1, 7)
        case "CES1":
            return dice.randint(1, 5)
        case "RATING":
            return dice.randint(0, 5)
        case "SINGLE_CHOICE":
            return dice.choice(OPTIONS)
    return frozenset(dice.sample(OPTIONS, dice.randint(1, 3)))


def random_asked(dice: random.Random, organisation: Organisation) -> Asked:
    """Any department, period, reading and filter; sometimes the days that standing rows hold."""
    today = organisation.today
    start, end = sorted(dice.sample(range(today - 500, today + 20), 2))
    if dice.random() < 0.2:
        start, end = today - 89, today + 1
    kept = {}
    for name in dice.sample(DIMENSIONS, dice.choice([0, 0, 1, 1, 2, 3])):
        kept[name] = (
            dice.choice(list(SURVEYS)) if name == "survey" else f"{name}{dice.randrange(3)}"
        )
    if dice.random() < 0.05:
        kept[dice.choice(DIMENSIONS)] = "nobody said so"
    return Asked(
        dice.choice(["root", "root", *organisation.parents]),
        start,
        end,
        subtree=dice.random() < 0.85,
        as_it_was=dice.random() < 0.5,
        kept=kept,
    )
