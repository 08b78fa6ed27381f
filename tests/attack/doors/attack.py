"""Part 1 of the attack: on a running platform every door, as every role, shows the released rows and nothing else."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx

from tests.attack.doors import world as worlds
from tests.attack.doors.asking import Heard, Reader
from tests.attack.doors.pages import walk_pages
from tests.attack.doors.truth import Cell, Shown, Truth, read_truth
from tests.attack.doors.walk import walk
from tests.attack.doors.world import WAVE, World, change
from tests.support.platform import START_SECONDS, Running, eventually, up

SIGHTLESS = ("integration", "operator", "privacy_officer")
HEADS = 4
DEPARTMENTS = 30
MOST_TOLD = 3


def attack_doors(seed: int, folder: Path) -> Counter[str]:
    """`doors`: readers; `pages`: opened in a browser; `shown`: numbers that readers saw; `mismatches`: shown and not
    released, or released and not shown; `time`: numbers that were others after something that must change none."""
    with up(folder / "data", folder / "output", "--no-demo") as platform:
        eventually(platform.is_ready, seconds=START_SECONDS)
        world = worlds.build(platform, seed, departments=DEPARTMENTS)
        truth = read_truth(platform.data_dir, WAVE)
        found = Counter(sum((_attack(world, truth, each) for each in _readers(world)), Counter()))
        pages, wrong = walk_pages(world, truth)
        report(wrong)
        with reading(platform, "admin") as reader:
            before = walk(reader, world.keys)
            _happen(world)
            after = walk(reader, world.keys)
    found["pages"] = pages
    found["mismatches"] += len(wrong)
    found["time"] = len(_differences(before, after))
    found["departments"] = len(truth.released)
    return found


def _readers(world: World) -> Iterator[tuple[str, str | None]]:
    """Roles, heads of some departments of every depth among them."""
    yield from (("admin", None), ("analyst", None))
    yield from ((role, None) for role in SIGHTLESS)
    depths = world.company.tree.depths
    for depth in range(min(HEADS, int(depths.max()) + 1)):
        place = next(place for place in range(len(depths)) if depths[place] == depth)
        yield "department_head", world.keys[place]


def _attack(world: World, truth: Truth, who: tuple[str, str | None]) -> Counter[str]:
    role, department = who
    with reading(world.platform, role, department) as reader:
        heard = walk(reader, world.keys)
    seen = _seen(world, role, department)
    wrong = list(mismatches(heard, truth, seen))
    report([f"{role} {department or ''}: {each}" for each in wrong])
    return Counter(doors=1, shown=len(heard.cells), mismatches=len(wrong))


def report(wrong: list[str]) -> None:
    for each in wrong[:MOST_TOLD]:
        print(each)  # noqa: T201  (a program)


def _seen(world: World, role: str, department: str | None) -> set[str]:
    if role in SIGHTLESS:
        return set()
    place = 0 if department is None else world.keys.index(department)
    return world.below(place)


def mismatches(heard: Heard, truth: Truth, seen: set[str]) -> Iterator[str]:
    """What a reader heard that is no released row of a department in sight, and what of those was not heard."""
    yield from heard.contradictions
    rows = truth.of(seen)
    for cell, shown in heard.cells.items():
        if cell not in rows or not _is_row(shown, rows[cell]):
            yield f"{cell} shows {shown}, released is {rows.get(cell)}"
    for cell in rows.keys() - heard.cells.keys():
        yield f"{cell} is released and was not shown"
    for (key, _), counted_in in heard.withheld.items():
        if key in seen - truth.released and counted_in != truth.counted_in[key]:
            yield f"{key} is counted in {truth.counted_in[key]}, not in {counted_in}"
        if key not in seen:
            yield f"{key} is out of sight and said to be withheld"


def _is_row(shown: Shown, row: Shown) -> bool:
    """The interval of a rate that is no sample is not shown."""
    return shown == row or (shown[:2] == row[:2] and shown[2:] == (None, None))


def _happen(world: World) -> None:
    """What must have no effect: a late answer, a reorganisation, an erasure, a wave opened again or changed."""
    platform = world.platform
    _answer_late(world)
    leaf = world.company.tree.bottom_up[0]
    above = next(
        p for p in range(len(world.keys)) if p not in (leaf, world.parent(leaf)) and p != 0
    )
    if world.keys[above] not in world.below(leaf):
        change(
            platform,
            "moveDepartment",
            department=world.keys[leaf],
            parent=world.keys[above],
            **{"from": str(datetime.now(UTC).date())},
        )
    platform.ask('mutation { eraseEmployee(input: {id: "E0"}) { userErrors { code } } }')
    for refused in (
        f'upsertWave(input: {{key: "{WAVE}", kind: CENSUS, name: "Again", language: "en", k: 5, questions: '
        '[{key: "recommend", kind: ENPS, text: "Would you?"}]})',
        f'openWave(input: {{key: "{WAVE}"}})',
        f'removeWave(input: {{key: "{WAVE}"}})',
    ):
        (payload,) = platform.ask(f"mutation {{ {refused} {{ userErrors {{ code }} }} }}").values()
        assert payload["userErrors"], refused


def _answer_late(world: World) -> None:
    """By every link: those that were used and those that were not."""
    with httpx.Client(base_url=world.platform.url, trust_env=False, timeout=60) as client:
        for link in list(worlds.links_of(world).values())[:20]:
            reply = client.post(link, data={"q1": "0", "do": "send"})
            assert reply.status_code == httpx.codes.GONE, reply.status_code


def _differences(before: Heard, after: Heard) -> list[Cell]:
    """Numbers that are others, or are there no more; a department that moved is below another one now."""
    numbers: dict[Cell, Shown] = before.cells
    return [
        cell
        for cell in numbers.keys() | after.cells.keys()
        if numbers.get(cell) != after.cells.get(cell)
    ]


@contextmanager
def reading(platform: Running, role: str, department: str | None = None) -> Iterator[Reader]:
    """A connection with a token."""
    with httpx.Client(base_url=platform.url, trust_env=False, timeout=60, verify=False) as http:
        yield Reader(http, platform.token(role, department))
