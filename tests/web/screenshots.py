"""`make screenshots`: every page with its menus, the respondents' too, at two sizes, light and dark, and on paper.

Of the demo organisation, at 1440 and 390 px, in build/screenshots. The scorecard of the department that gets worse
becomes docs/scorecard.png, the picture of README.
"""

import asyncio
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from playwright.async_api import Page, async_playwright

from tests.support.chromium import ARGUMENTS, executable
from tests.support.person import NARROW, WIDE, Person, Persons
from tests.support.platform import DEMO_SECONDS, Running, eventually, up

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "screenshots"
PICTURE = ROOT / "docs" / "scorecard.png"
LARGEST_PICTURE = 250_000
WAVES = "{ waves(first: 100) { edges { node { key state closedAt } } } }"
FIRST = "departments-billing-1440-light.png"
PAGES_OF_THE_WEB = ROOT / "gateway" / "web" / "src" / "pages" / "pages.ts"
HEAD = (
    "/departments/billing",
    "/journey",
    "/retention",
    "/comments",
    "/staff",
    "/staff/words",
    "/answers",
    "/me",
    "/nowhere",
)
ANALYST = (
    "/",
    "/departments/root",
    "/departments/kiosk-west",
    "/departments/billing?from=2001-01-01&to=2001-04-01",
    "/journey?department=root",
    "/answers?department=root&touchpoint=invoice",
    "/why-withheld",
    "/surveys",
    "/surveys/service-feedback",
    "/surveys/service-feedback/edit",
    "/surveys/new",
    "/import",
    "/exports",
    "/tree",
    "/metrics",
    "/retention?department=root",
    "/customers",
    "/customers/conflicts",
    "/customers/1",
    "/segments",
    "/staff?department=root",
    "/staff/words?department=root",
    "/waves",
    "/waves/new",
    "/waves/LATEST",
    "/waves/NEXT",
    "/waves/NEXT/edit",
)
PAGES = {
    ("department_head", "billing"): HEAD,
    ("analyst", None): ANALYST,
    ("admin", None): ("/people", "/audit", "/metrics/new", "/sites"),
    ("privacy_officer", None): ("/privacy",),
    ("operator", None): ("/system",),
}
STRANGERS = ("/signed-out", "/departments/billing?for=nobody")
"""For who is not signed in."""
RESPONDENTS = (
    "/r/your-visit",
    "/r/your-visit?lang=mk&all=1",
    "/r/service-feedback?t=invoice",
    "/r",
    "/r/no-such-survey",
)
SCHEMES = ("light", "dark")
MENUS = {
    "search": "#search > summary",
    "period": "#tools summary",
    "department": ".crumbs summary",
    "more": ".top-end > .drop:not(#search) > summary",
    "user": ".top-end > .drop ~ .drop ~ .drop > summary",
    "menu": ".menu > summary",
}
"""What opens on a page of a place; what a size does not have is not drawn."""
PRINTED = ("/departments/billing", "/journey", "/comments", "/staff", "/staff/words")
"""As they come out of a printer."""


def left_out() -> list[str]:
    """Addresses of pages.ts that no picture shows."""
    drawn = [path for paths in PAGES.values() for path in paths]
    known = re.findall(r"\{\s*path: \"([^\"]+)\"", PAGES_OF_THE_WEB.read_text())
    return [
        path
        for path in known
        if not any(re.fullmatch(re.sub(r":\w+", "[^/]+", path), one) for one in drawn)
    ]


async def draw(platform: Running, folder: Path) -> list[str]:
    """All pictures; what browsers complained of."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        persons = Persons(chromium, platform)
        waves = waves_of(platform)
        for size in (WIDE, NARROW):
            for scheme in SCHEMES:
                window = {"width": size[0], "height": size[1]}
                name = f"{size[0]}-{scheme}"
                look: dict[str, Any] = {"viewport": window, "color_scheme": scheme}
                for (role, department), paths in PAGES.items():
                    person = await persons.sign_in(role, department, **look)
                    await _pictures(person, paths, folder, name, waves)
                    if role == "analyst":
                        await _menus(person, folder, name)
                    if name == "1440-light" and department:
                        await _print(person, folder)
                    complaints += person.complaints
                    await person.context.close()
                stranger = await persons.somebody(**look)
                await _pictures(stranger, (*STRANGERS, *RESPONDENTS), folder, name)
                await _half_answered(stranger, folder, name)
                await stranger.context.close()
        await chromium.close()
    return complaints


def waves_of(platform: Running) -> dict[str, str]:
    """Keys of two waves by what stands for them in PAGES: the latest that was released, and the next one, a draft."""
    waves = [edge["node"] for edge in platform.ask(WAVES)["waves"]["edges"]]
    released = [wave for wave in waves if wave["state"] == "RELEASED"]
    return {
        "LATEST": max(released, key=lambda wave: str(wave["closedAt"]))["key"],
        "NEXT": next(wave["key"] for wave in waves if wave["state"] == "DRAFT"),
    }


async def _pictures(
    person: Person,
    paths: tuple[str, ...],
    folder: Path,
    look: str,
    waves: Mapping[str, str] = MappingProxyType({}),
) -> None:
    for path in paths:
        address = path
        for name, key in waves.items():
            address = address.replace(name, key)
        page = await person.open(address)
        file = folder / f"{_name(path)}-{look}.png"
        await _save(page, file, full_page=True)
        if file.name == FIRST:
            await page.screenshot(path=FOLDER / PICTURE.name)  # what a window shows of it


async def _menus(person: Person, folder: Path, look: str) -> None:
    page = await person.open("/departments/root")
    for name, summary in MENUS.items():
        button = page.locator(summary).first
        if not await button.is_visible():
            continue
        await button.click()
        await _save(page, folder / f"menu-{name}-{look}.png", full_page=False)
        await page.keyboard.press("Escape")


async def _half_answered(person: Person, folder: Path, look: str) -> None:
    """A respondent's second question, with the way out for who comes next; and what is wrong with no answer."""
    page = await person.open("/r/your-visit")
    await page.locator("fieldset label").nth(9).click()
    for name in ("step", "wrong"):
        await page.locator(".acts button").first.click()
        await _save(page, folder / f"r-your-visit-{name}-{look}.png", full_page=True)


async def _save(page: Page, file: Path, *, full_page: bool) -> None:
    await page.screenshot(path=file, full_page=full_page)
    sys.stdout.write(f"{file.relative_to(ROOT)}\n")


async def _print(person: Person, folder: Path) -> None:
    """Sheets of A4."""
    for path in PRINTED:
        page = await person.open(path)
        file = folder / f"{_name(path)}-print.pdf"
        await page.pdf(path=file, format="A4")
        sys.stdout.write(f"{file.relative_to(ROOT)}\n")


def _name(path: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "home"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as made,
        up(Path(made) / "data", Path(made) / "output") as platform,
    ):
        eventually(platform.has_printed_its_page, seconds=DEMO_SECONDS)
        complaints = asyncio.run(draw(platform, FOLDER))
    complaints += [f"{path}: no picture shows it" for path in left_out()]
    picture = FOLDER / PICTURE.name
    if picture.stat().st_size <= LARGEST_PICTURE:
        shutil.copy(picture, PICTURE)
    else:
        complaints.append(f"{PICTURE.name} would be larger than {LARGEST_PICTURE} bytes")
    for complaint in complaints:
        sys.stderr.write(f"{complaint}\n")
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
