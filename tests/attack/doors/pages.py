"""The pages in a browser, as several people: every number in cells of staff, in their files and pictures, is a row."""

import asyncio
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from playwright.async_api import Download, Locator, Page, async_playwright

from tests.attack.doors.truth import Truth
from tests.attack.doors.world import ASKED, DIMENSIONS, WAVE, K, World
from tests.support.chromium import ARGUMENTS, executable
from tests.support.person import Person, Persons, read_text

NAMES: Final = {
    "Would recommend working here": "enps",
    "eNPS": "enps",
    "Engaged": "engagement",
    "Burnout": "burnout",
    "Took part": "participationRate",
    **{question["text"]: question["key"] for question in ASKED},
}
"""Statistics by what pages call them."""
OF_RECORDS: Final = ("Leaving, per year", "Leaving, by headcount")
TEXTS: Final = [question["key"] for question in ASKED if question["kind"] == "TEXT"]
A_PAGE: Final = 20
TINY: Final = 1e-9
OF_PICTURES: Final = tuple((float(one), 0.0) for one in (4, 5, 95, -100, 0, 100))
"""Which answers agree, how likely a range is, and the ends of scales."""
NEEDED: Final = 10.0
"""Answers that a figure needs; it is said where there are fewer."""
NUMBER: Final = re.compile(r"[+\-\u2212]?\d+(?:\.\d+)?")
NOT_OF_STAFF: Final = re.compile(r"Department \d+|\b[A-Z][a-z]+ 20\d\d\b")
"""Names and months, which have digits."""

GATHER = """() => {
  const said = (root) => {
    const copy = root.cloneNode(true);
    for (const one of copy.querySelectorAll("h2, h3, .key, .drop, svg text:not(.strong, .c)")) one.remove();
    const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    const found = [...copy.querySelectorAll("[aria-label]")].map((one) => one.getAttribute("aria-label"));
    while (walker.nextNode()) found.push(walker.currentNode.data);
    return found.join(" | ");
  };
  const name = (root) => root?.querySelector("h3, h2")?.textContent ?? "";
  const cells = [];
  const add = (where, category, what, root) => cells.push([where, category, what, said(root)]);
  for (const one of document.querySelectorAll("article.lead.ex, .ex article.lead"))
    add("", "", one.getAttribute("aria-label"), one);
  for (const one of document.querySelectorAll(".ex li.row, .ex.rows li.row")) add("", "", name(one), one);
  for (const one of document.querySelectorAll(".plot.ex"))
    add("", "", one.querySelector("svg").getAttribute("aria-label").split(":")[0], one);
  const head = document.querySelector(".bd-h .bd-cell.ex");
  if (head) add("", "", head.lastChild.textContent, head);
  for (const part of document.querySelectorAll(".bd > li:not(.bd-h)"))
    for (const one of part.querySelectorAll(".bd-cell.ex")) add(name(part), "", head.lastChild.textContent, one);
  for (const table of document.querySelectorAll("table.tbl.fold")) {
    const caption = table.caption.textContent;
    for (const row of table.tBodies[0].rows)
      for (const one of row.querySelectorAll("td")) {
        const of = row.querySelector("th").textContent;
        const isBelow = caption === "Departments below";
        add(isBelow ? of : "", isBelow ? "" : caption + "\\t" + of, one.dataset.l, one);
      }
  }
  const verdict = document.querySelector(".verdict-2");
  if (location.pathname === "/staff" && verdict) add("", "", "Took part", verdict);
  return cells;
}"""
KEEP_PICTURES = """() => {
  window.pictures = [];
  const write = XMLSerializer.prototype.serializeToString;
  XMLSerializer.prototype.serializeToString = function (node) {
    window.pictures.push([...node.querySelectorAll("text")].map((one) => one.textContent).join(" "));
    return write.call(this, node);
  };
}"""


Near = tuple[float, float]
"""A number, and how far from it rounding takes what is shown."""


@dataclass(frozen=True)
class Cell:
    """What a page says of one statistic; `where`: the name of a department below, "" for that of the page."""

    where: str
    category: str
    """Dimension and category with a tab between them, "" for no cut."""
    name: str
    text: str


def allowed(truth: Truth, key: str, category: str, statistic: str) -> list[Near]:
    """Numbers that may stand in a cell."""
    dimension, _, name = category.partition("\t")
    cell = (key, dimension, "" if name == "Not given" else name, statistic)
    row = truth.cells.get(cell)
    if row is None:
        return []
    people, *values = row
    scale, rounding = {"enps": (1.0, 0.5), "burnout": (1.0, 0.05)}.get(statistic, (100.0, 0.5))
    found = [(value * scale, rounding) for value in values if value is not None]
    if people is not None:
        found.append((people, 0.0))
        found += [(NEEDED, 0.0)] if values[0] is None else []
    more = truth.beside.get(cell, ())
    return found + [(share * 100, 0.5) for share in more] + [(share, 0.005) for share in more]


def numbers(text: str) -> list[float]:
    """All that a text of a page says."""
    stripped = NOT_OF_STAFF.sub("", text)
    return [float(found.replace("\u2212", "-")) for found in NUMBER.findall(stripped)]


def wrong_numbers(
    cells: Sequence[Cell], truth: Truth, here: str, keys: Mapping[str, str]
) -> Iterator[str]:
    """Numbers in cells of the page of a department that no row has. `keys`: of departments by name."""
    for cell in cells:
        if cell.name in OF_RECORDS:
            continue
        may = _allowed_of(cell, truth, here, keys)
        for number in numbers(cell.text):
            if not _is_any(number, may):
                yield f"{here}: {cell} says {number}, which is in no row"


def _allowed_of(cell: Cell, truth: Truth, here: str, keys: Mapping[str, str]) -> list[Near]:
    key = keys.get(cell.where, "") if cell.where else here
    statistic = NAMES.get(cell.name, "")
    may = allowed(truth, key, cell.category, statistic)
    if statistic == "enps" and may:  # beside it: how many took part, and the smallest group
        may += [*allowed(truth, key, "", "participationRate"), (K, 0.0)]
    return may


def _is_any(number: float, may: Sequence[Near]) -> bool:
    return any(abs(number - one) <= rounding + TINY for one, rounding in may)


def missing_numbers(cells: Sequence[Cell], truth: Truth, here: str) -> Iterator[str]:
    """Rows of a department that its page of a wave shows nowhere."""
    told = {
        NAMES.get(cell.name): numbers(cell.text)
        for cell in cells
        if cell.where + cell.category == ""
    }
    for (key, dimension, _, statistic), (_, value, *_) in truth.cells.items():
        if key != here or dimension or value is None:
            continue
        shown, rounding = allowed(truth, key, "", statistic)[0]
        if not any(_is_any(one, [(shown, rounding)]) for one in told.get(statistic, ())):
            yield f"{key}: {statistic} is released and on no page"


def file_cells(name: str, text: str) -> list[Cell]:
    """Cells of a file that a card of a page is saved as."""
    head, *rows = csv.reader(io.StringIO(text))
    if name == "questions.csv":
        return [Cell("", "", row[0], " | ".join(row[1:])) for row in rows]
    of_staff = [at for at, title in enumerate(head) if title in NAMES and at > 0]
    if name == "trend.csv":  # a month, not a department, is in the first column
        return [Cell("", "", head[at], row[at]) for row in rows for at in of_staff]
    return [Cell(row[0], "", head[at], row[at]) for row in rows for at in of_staff]


def walk_pages(world: World, truth: Truth) -> tuple[int, list[str]]:
    """How many pages were opened, and what is wrong on them."""
    return asyncio.run(_walk(world, truth))


async def _walk(world: World, truth: Truth) -> tuple[int, list[str]]:
    visits = _visits(world, truth)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        persons = Persons(chromium, world.platform)
        wrong: list[str] = []
        for role, department, opened in visits:
            person = await _person(persons, role, department)
            await person.page.add_init_script(f"({KEEP_PICTURES})()")
            seen = _seen(world, role, department)
            for key in opened:
                wrong += [
                    f"{role} {department or ''}: {each}"
                    for each in await _visit(person, world, truth.only(seen), key)
                ]
        await persons.leave()
        await chromium.close()
    return sum(3 * len(opened) for _, _, opened in visits), wrong


def _visits(world: World, truth: Truth) -> list[tuple[str, str | None, list[str]]]:
    """Who opens pages of which departments: the analyst, a head, the head above, and two who may see nothing."""
    withheld = next((key for key in world.keys if key not in truth.released), world.keys[-1])
    cut = next((key for key, dimension, *_ in truth.cells if dimension and key != "root"), "root")
    head = next(key for key in reversed(world.keys) if key in truth.released - {"root"})
    above = world.keys[world.parent(world.keys.index(head))]
    return [
        ("analyst", None, ["root", cut, withheld]),
        ("department_head", head, [head, above]),
        ("department_head", above, [above, head]),
        ("newcomer", None, ["root"]),
        ("stranger", None, ["root"]),
    ]


def _seen(world: World, role: str, department: str | None) -> set[str]:
    if role == "analyst":
        return set(world.keys)
    return set() if department is None else world.below(world.keys.index(department))


async def _person(persons: Persons, role: str, department: str | None) -> Person:
    if role == "newcomer":
        return await persons.newcomer()
    if role == "stranger":
        return await persons.somebody()
    return await persons.sign_in(role, department)


async def _visit(person: Person, world: World, truth: Truth, key: str) -> list[str]:
    """What is wrong on the pages of one department, `truth` being what this person may see."""
    names = {f"Department {place}": one for place, one in enumerate(world.keys)}
    page = await person.open(f"/departments/{key}")
    wrong = await _numbers_of(page, truth, key, names)
    wrong += await _words(person, truth, key)
    cut = next((d for k, d, *_ in truth.cells if k == key and d in DIMENSIONS), "")
    page = await person.open(f"/staff?department={key}&wave={WAVE}&by={cut}")
    wrong += await _numbers_of(page, truth, key, names)
    wrong += missing_numbers(await _gather(page), truth, key)
    await person.page.emulate_media(media="print")
    wrong += await _numbers_of(page, truth, key, names)
    await person.page.emulate_media(media="screen")
    return wrong


async def _numbers_of(page: Page, truth: Truth, key: str, names: Mapping[str, str]) -> list[str]:
    """What is wrong with a page, the files of its cards, and their pictures."""
    cells = await _gather(page)
    for button in await page.get_by_role("button", name="CSV").all():
        if await button.is_visible():  # not on paper
            file = await _saved(page, button)
            cells += file_cells(file.suggested_filename, read_text(await file.path()))
    wrong = list(wrong_numbers(cells, truth, key, names))
    if "/staff" not in page.url:
        return wrong
    may = [*OF_PICTURES]
    may += [one for each in cells for one in _allowed_of(each, truth, key, names)]
    for button in await page.get_by_role("button", name="PNG").all():
        if await button.is_visible():
            await _saved(page, button)
    for text in await page.evaluate("window.pictures.splice(0)"):
        wrong += [f"{key}: a picture says {one}" for one in numbers(text) if not _is_any(one, may)]
    return wrong


async def _saved(page: Page, button: Locator) -> Download:
    async with page.expect_download() as waiting:
        await button.click()
    return await waiting.value


async def _gather(page: Page) -> list[Cell]:
    return [Cell(*each) for each in await page.evaluate(GATHER)]


async def _words(person: Person, truth: Truth, key: str) -> list[str]:
    """Comments: as many as the row says, and none where there is no row."""
    page = await person.open(f"/staff/words?department={key}&wave={WAVE}")
    (question,) = TEXTS
    people, *_ = truth.cells.get((key, "", "", question), (None, None, None, None))
    said = numbers(await page.locator("h1").inner_text()) if people else []
    count = await page.locator(".quotes li").count()
    if count == min(people or 0, A_PAGE) and said == ([float(people)] if people else []):
        return []
    return [f"{key}: {count} comments and {said} in the title, released are {people}"]
