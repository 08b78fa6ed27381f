"""A company of chance on a platform of its own: people, a wave, their answers by the links in their mails."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from infra.local.demo.pulses.letters import read_links, send_all
from services.employee_exp.releases.domain.tree import NONE
from services.kit.clock import instant_text
from tests.attack.companies import Company, company
from tests.support.platform import Running, eventually

WAVE = "survey-2026"
DIMENSIONS = ("place", "age", "contract")
UNDECLARED = "shoe_size"
K = 5
ASKED = (
    {"key": "recommend", "kind": "ENPS", "text": "Would you recommend working here?"},
    {"key": "expected", "kind": "AGREEMENT", "text": "I know what is expected of me"},
    {"key": "heard", "kind": "AGREEMENT", "text": "My ideas are heard"},
    {"key": "tired", "kind": "BURNOUT", "text": "How often are you worn out?"},
    {"key": "unfair", "kind": "SENSITIVE", "text": "Were you treated unfairly?"},
    {"key": "better", "kind": "TEXT", "text": "What could be better?"},
)
SECONDS = 120.0

UPSERT_DEPARTMENTS = """mutation ($input: UpsertDepartmentsInput!) {
  upsertDepartments(input: $input) { results { status userErrors { message } } userErrors { message } } }"""
UPSERT_EMPLOYEES = """mutation ($input: UpsertEmployeesInput!) {
  upsertEmployees(input: $input) { results { status userErrors { message } } userErrors { message } } }"""


@dataclass(frozen=True)
class World:
    """What the attacker knows beforehand: departments by place, their keys, and everybody's place."""

    platform: Running
    company: Company
    keys: tuple[str, ...]

    def parent(self, place: int) -> int:
        return int(self.company.tree.parents[place])

    def below(self, place: int) -> set[str]:
        """Keys of a department and all under it."""
        found = {place}
        for each in reversed(self.company.tree.bottom_up):
            if self.parent(each) in found:
                found.add(each)
        return {self.keys[each] for each in found}


def key_of(place: int) -> str:
    return "root" if place == 0 else f"department-{place}"


def build(platform: Running, seed: int, *, departments: int) -> World:
    """A company with one wave that is released; everybody counts where the company of chance has them."""
    one = company(seed, departments=departments, mean=6, waves=1)
    world = World(platform, one, tuple(key_of(place) for place in range(len(one.tree))))
    mutate(platform, UPSERT_DEPARTMENTS, departments=_departments(world))
    for part in _parts(_employees(world)):
        mutate(platform, UPSERT_EMPLOYEES, employees=part)
    change(platform, "upsertWave", **_wave(one))
    change(platform, "openWave", key=WAVE)
    wait(lambda: _sent(platform))
    answer(world, seed)
    change(platform, "closeWave", key=WAVE, reason="everybody who wanted has answered")
    wait(lambda: wave_of(platform)["state"] == "RELEASED")
    return world


def mutate(platform: Running, document: str, **given: Any) -> None:
    """A mutation of many items that must all be taken."""
    (payload,) = platform.ask(document, {"input": given}).values()
    assert payload["userErrors"] == [], payload["userErrors"]
    assert all(result["status"] == "STORED" for result in payload["results"]), payload["results"]


def change(platform: Running, mutation: str, **given: Any) -> None:
    """A mutation of the wave that must be taken."""
    kind = mutation[0].upper() + mutation[1:]
    document = f"mutation ($input: {kind}Input!) {{ {mutation}(input: $input) {{ userErrors {{ code message }} }} }}"
    payload = platform.ask(document, {"input": given})[mutation]
    assert payload["userErrors"] == [], payload["userErrors"]


def wave_of(platform: Running) -> dict[str, Any]:
    """As who may write waves sees it."""
    asked = f'{{ wave(key: "{WAVE}") {{ id state invited linksSent linksSpent }} }}'
    found: dict[str, Any] = platform.ask(asked)["wave"]
    return found


def wait(claim: Callable[[], bool]) -> None:
    eventually(claim, seconds=SECONDS)


def answer(world: World, seed: int) -> None:
    """Those of the company's first wave answer by their links, each what chance says."""
    dice = np.random.default_rng(seed + 1)
    links = links_of(world)
    forms = [(link, _form(dice)) for _, link in sorted(links.items()) if dice.random() < 0.75]
    send_all(world.platform.url, forms)


def links_of(world: World) -> dict[str, str]:
    """The path of everybody's link, from the mails."""
    return read_links(world.platform.data_dir / "mail")


def _sent(platform: Running) -> bool:
    wave = wave_of(platform)
    return bool(wave["linksSent"] == wave["invited"])


def _form(dice: np.random.Generator) -> Mapping[str, str]:
    """Fields q1 to q6; some are left out."""
    scores = {
        "q1": dice.integers(0, 11),
        "q2": dice.integers(1, 6),
        "q3": dice.integers(1, 6),
        "q4": dice.integers(1, 6),
        "q5": dice.integers(0, 2),
    }
    given = {name: str(score) for name, score in scores.items() if dice.random() < 0.95}
    text = {"q6": f"remark {dice.integers(10**9)}"} if dice.random() < 0.5 else {}
    return {"q1": str(scores["q1"])} | given | text


def _departments(world: World) -> list[dict[str, Any]]:
    found = []
    for place, key in enumerate(world.keys):
        parent = world.parent(place)
        above = None if parent == NONE else world.keys[parent]
        found.append({"key": key, "name": f"Department {place}", "parent": above})
    return found[1:]


def _employees(world: World) -> list[dict[str, Any]]:
    people = world.company.waves[0].respondents
    return [
        {
            "id": f"E{number}",
            "department": world.keys[place],
            "startedOn": "2020-01-01",
            "email": f"e{number}@company.example",
            "attributes": [
                {"name": name, "value": f"{name} {categories[number]}"}
                for name, categories in zip(DIMENSIONS, people.categories, strict=False)
            ],
        }
        for number, place in enumerate(people.departments.tolist())
    ]


def _wave(one: Company) -> dict[str, Any]:
    dimensions = DIMENSIONS[: len(one.waves[0].respondents.categories)]
    return {
        "key": WAVE,
        "kind": "CENSUS",
        "name": "Survey 2026",
        "language": "en",
        "questions": list(ASKED),
        "k": K,
        "dimensions": list(dimensions),
        "closesAt": instant_text(datetime.now(UTC) + timedelta(days=30)),
    }


def _parts(items: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    return [items[start : start + 1000] for start in range(0, len(items), 1000)]
