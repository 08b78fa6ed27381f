"""Every page for every role: who may opens it, for others it is not there, and none has a fault."""

import re
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import expect

from tests.support.person import SMALLEST, WIDE, Person, Persons
from tests.support.platform import Running
from tests.web.support.accessibility import faults, is_wider_than_its_window, violations
from tests.web.support.waves import draft

PAGES: Final = Path(__file__).parents[2] / "gateway" / "web" / "src" / "pages" / "pages.ts"
NOT_FOUND: Final = "This page was not found"
NO_RIGHTS: Final = "You have no rights here yet"

READERS: Final = ("admin", "analyst", "department_head")
ASKERS: Final = ("admin", "analyst")
EVERYBODY: Final = (*READERS, "integration", "operator", "privacy_officer")
WALKED: Final = {
    "/": ("/", READERS),
    "/departments/:key": ("/departments/billing", READERS),
    "/surveys": ("/surveys", ASKERS),
    "/surveys/new": ("/surveys/new", ASKERS),
    "/surveys/:key": ("/surveys/your-visit", ASKERS),
    "/surveys/:key/edit": ("/surveys/your-visit/edit", ASKERS),
    "/import": ("/import", ASKERS),
    "/exports": ("/exports", ASKERS),
    "/tree": ("/tree", ASKERS),
    "/metrics": ("/metrics", ASKERS),
    "/metrics/new": ("/metrics/new", ("admin",)),
    "/journey": ("/journey", READERS),
    "/comments": ("/comments", READERS),
    "/staff": ("/staff", READERS),
    "/staff/words": ("/staff/words", READERS),
    "/retention": ("/retention", READERS),
    "/customers": ("/customers", ("admin", "analyst", "privacy_officer")),
    "/customers/conflicts": ("/customers/conflicts", ASKERS),
    "/customers/:number": ("/customers/1", ASKERS),
    "/segments": ("/segments", ASKERS),
    "/waves": ("/waves", ASKERS),
    "/waves/new": ("/waves/new", ASKERS),
    "/waves/:key": ("/waves/walked", ASKERS),
    "/waves/:key/edit": ("/waves/walked/edit", ASKERS),
    "/answers": ("/answers", READERS),
    "/people": ("/people", ("admin",)),
    "/sites": ("/sites", ("admin",)),
    "/privacy": ("/privacy", ("admin", "privacy_officer")),
    "/audit": ("/audit", ("admin", "privacy_officer")),
    "/system": ("/system", ("admin", "operator")),
    "/why-withheld": ("/why-withheld", READERS),
    "/me": ("/me", EVERYBODY),
}
"""Address in pages.ts: one to open, and who may; written down here a second time, by hand."""
STARTS: Final = {
    "operator": ("/system", "Everything runs."),
    "privacy_officer": ("/customers", "Find a customer"),
    "integration": ("/me", "integration"),
}
"""Where "/" leads who reads no scores."""
NOWHERE: Final = (
    "/nowhere",
    "/departments/none",
    "/departments/%E0%A4%A",
    "/surveys/none",
    "/waves/none",
    "/customers/none",
    "/customers/999999999",
    "/staff?wave=none",
)


@pytest.fixture(autouse=True)
async def walked(demo: Running) -> None:
    """A draft of a wave to open."""
    await draft(demo, "walked")


def test_no_page_is_left_out() -> None:
    registered = re.findall(r"\{\s*path: \"([^\"]+)\"", PAGES.read_text())

    assert registered == list(WALKED)


async def wide_and_small(person: Person, path: str) -> list[str]:
    """A page that is wider than its window, at either size."""
    found = []
    for width, height in (SMALLEST, WIDE):
        await person.page.set_viewport_size({"width": width, "height": height})
        if await is_wider_than_its_window(person.page):
            found.append(f"{path}: wider than {width} px")
    return found


@pytest.mark.parametrize("role", EVERYBODY)
async def test_each_role_finds_its_pages_and_no_other(persons: Persons, role: str) -> None:
    person = await persons.sign_in(role, "billing" if role == "department_head" else None)
    page, wrong = person.page, []
    for path, roles in WALKED.values():
        await person.open(path)
        title = await page.locator("h1").inner_text()
        if path == "/" and role in STARTS:
            await expect(page).to_have_url(person.url + STARTS[role][0])
            await expect(page.locator("h1")).to_have_text(STARTS[role][1])
        elif (title != NOT_FOUND) != (role in roles):
            wrong.append(f"{path}: {title}")
        if role in roles and role != "admin":  # whose pages are looked at below
            wrong += [f"{path}: trouble"] * await page.locator(".note-bar").count()
            wrong += await wide_and_small(person, path)

    assert wrong == []


async def test_who_was_given_nothing_is_told_what_to_do(persons: Persons) -> None:
    newcomer = await persons.newcomer()
    for path, _ in WALKED.values():
        page = await newcomer.open(path)
        await expect(page.locator("h1")).to_have_text(NO_RIGHTS)
    await expect(page.locator(".verdict-2")).to_contain_text("Ask your administrator")
    await expect(page.locator(".verdict-2")).to_contain_text("newcomer")
    assert await faults(page) == []


@pytest.mark.parametrize("half", [0, 1])
async def test_no_page_has_a_fault_wide_or_small_light_or_dark(persons: Persons, half: int) -> None:
    admin = await persons.sign_in("admin")
    wrong = []
    for path, _ in [*WALKED.values()][half::2]:
        page = await admin.open(path)
        wrong += [f"{path}: {fault}" for fault in await faults(page)]
    assert wrong == []


async def test_what_is_not_there_and_the_largest_screen(persons: Persons) -> None:
    admin = await persons.sign_in("admin")
    for path in NOWHERE:
        page = await admin.open(path)
        await expect(page.locator("h1")).to_have_text(NOT_FOUND)
    assert await faults(page) == []
    await page.set_viewport_size({"width": 3840, "height": 2160})
    await admin.open("/departments/root")
    assert await violations(page) == []
    assert not await is_wider_than_its_window(page)
