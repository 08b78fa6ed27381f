"""Runs the pulses of the demo: time is moved, waves open and close by themselves, people answer by their mails."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from infra.client.api import Api
from infra.client.problem import Problem
from infra.local.datadir import clock_file
from infra.local.demo.languages import LANGUAGES
from infra.local.demo.pulses import letters, rounds
from infra.local.demo.pulses.rounds import Answering, Pulse
from services.kit import clock

SERIES: Final = "pulse"
REPEAT_MONTHS: Final = 3
K: Final = 5
DIMENSION: Final = "place"
MAILS: Final = "mail"
PATIENCE_SECONDS: Final = 120.0
POLL_SECONDS: Final = 0.2

STANDARD = "{ standardWaveQuestions { key kind text texts { language text } } }"
UPSERT_WAVE = """
mutation ($input: UpsertWaveInput!) { upsertWave(input: $input) { userErrors { message code } } }"""
WAVES = "{ waves(first: 100) { edges { node { key state opensAt invited linksSent } } } }"


class WaveStuck(Problem):
    """A pulse of the demo did not go on."""


@dataclass(frozen=True)
class Stand:
    """Where the platform's files are: time stands in one of them, mails lie in a folder."""

    clock_file: Path
    mails: Path


def stand_in(data_dir: Path) -> Stand:
    """Those of the platform on a data dir."""
    return Stand(clock_file(data_dir), data_dir / MAILS)


def stand_at(stand: Stand, at: datetime | None) -> None:
    """Let time stand a little after an instant, so that what is due at it is due; None: it passes again."""
    if at is None:
        stand.clock_file.unlink(missing_ok=True)
    else:
        clock.write_standing(stand.clock_file, at + timedelta(minutes=1))


def run(
    api: Api,
    stand: Stand,
    seed: int,
    pulse: Pulse,
    departments: Mapping[str, str],
) -> None:
    """One pulse from opening to release; one that was interrupted goes on where it was.

    `departments`: where everybody works when it opens, by employee.
    """
    if _state(api, pulse) == "RELEASED":
        return
    if _state(api, pulse) is None:
        _plan(api, pulse)
    stand_at(stand, pulse.opens_at)
    _until(lambda: _is_sent(api, pulse))
    questions = api.query(STANDARD)["standardWaveQuestions"]
    links = letters.read_links(stand.mails)
    answered = {
        employee: rounds.answering(seed, pulse, employee, department, questions)
        for employee, department in departments.items()
    }
    at_once = {e: each for e, each in answered.items() if each is not None and not each.waits}
    waiting = {e: each for e, each in answered.items() if each is not None and each.waits}
    page = api.url.removesuffix("/graphql")
    letters.send_all(page, _forms(links, at_once, questions))
    stand_at(stand, pulse.reminded_at)
    letters.send_all(page, _forms(links, waiting, questions))
    stand_at(stand, pulse.closes_at)
    _until(lambda: _state(api, pulse) == "RELEASED")
    letters.clear(stand.mails)


def people_at(stints: Sequence[Mapping[str, Any]], day: date) -> dict[str, str]:
    """Where everybody works on a day, by employee."""
    return {
        stint["id"]: stint["department"]
        for stint in rounds.known_at(stints, day)
        if stint["leftOn"] is None
    }


def details_of(employee: str, heads: Mapping[str, str]) -> dict[str, Any]:
    """What an employee is written to by, and what results may be cut by; `heads`: subjects by employee."""
    return {
        "email": f"{employee.lower()}@aurora.example",
        "language": rounds.language_of(employee),
        "subject": heads.get(employee),
        "attributes": [{"name": DIMENSION, "value": rounds.place_of(employee)}],
    }


def _plan(api: Api, pulse: Pulse) -> None:
    """The first pulse is planned by hand; each next one is made when the one before opens."""
    questions = api.query(STANDARD)["standardWaveQuestions"]
    wave = {
        "key": _key(pulse),
        "kind": "PULSE",
        "name": "Pulse of our team",
        "names": [
            {"language": language, "text": text}
            for language, text in zip(LANGUAGES[1:], NAMES, strict=True)
        ],
        "language": LANGUAGES[0],
        "languages": list(LANGUAGES),
        "questions": questions,
        "k": K,
        "dimensions": [DIMENSION],
        "opensAt": clock.instant_text(pulse.opens_at),
        "closesAt": clock.instant_text(pulse.closes_at),
        "reminders": [rounds.REMINDER_DAYS],
        "repeatMonths": REPEAT_MONTHS,
    }
    payload = api.mutate("upsertWave", UPSERT_WAVE, {"input": wave})
    if payload["userErrors"]:
        raise WaveStuck(f"a pulse was refused: {payload['userErrors'][0]['message']}")


NAMES: Final = (
    "Mūsu komandas pulss",
    "Mūsų komandos pulsas",
    "Utrip naše ekipe",
    "Пулсот на нашиот тим",
)


def _key(pulse: Pulse) -> str:
    return f"{SERIES}-{pulse.opens_at:%Y-%m}"


def _find(api: Api, pulse: Pulse) -> dict[str, Any] | None:
    waves = (edge["node"] for edge in api.query(WAVES)["waves"]["edges"])
    return next((wave for wave in waves if wave["key"] == _key(pulse)), None)


def _state(api: Api, pulse: Pulse) -> str | None:
    wave = _find(api, pulse)
    return None if wave is None else str(wave["state"])


def _is_sent(api: Api, pulse: Pulse) -> bool:
    wave = _find(api, pulse)
    return bool(wave and wave["state"] == "OPEN" and wave["linksSent"] == wave["invited"])


def _forms(
    links: Mapping[str, str],
    answered: Mapping[str, Answering],
    questions: Sequence[Mapping[str, Any]],
) -> list[tuple[str, letters.Form]]:
    """The fields of the page, by link: q1 is the first question."""
    return [
        (links[employee.lower()], _form(each, questions)) for employee, each in answered.items()
    ]


def _form(each: Answering, questions: Sequence[Mapping[str, Any]]) -> letters.Form:
    return {
        f"q{place}": str(each.answers[question["key"]])
        for place, question in enumerate(questions, 1)
        if question["key"] in each.answers
    }


def _until(claim: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not claim():
        if time.monotonic() > deadline:
            raise WaveStuck("a pulse of the demo stands still: see the log of employee_exp")
        time.sleep(POLL_SECONDS)
