"""WCAG 2.2 A and AA on a page, as axe-core judges it."""

from functools import cache
from pathlib import Path
from typing import Final, Literal

from playwright.async_api import Page

from tests.support.person import SMALLEST, WIDE

AXE = Path(__file__).parents[3] / "gateway" / "web" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: Final[tuple[tuple[tuple[int, int], Literal["dark", "light"]], ...]] = (
    (SMALLEST, "dark"),
    (WIDE, "light"),
)
RUN = """async (tags) => {
  const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}"""


@cache
def _source() -> str:
    return AXE.read_text()


async def violations(page: Page) -> list[str]:
    """What is wrong, rule and place; empty where nothing is."""
    if not await page.evaluate("typeof axe === 'object'"):
        await page.evaluate(f"() => {{ {_source()} }}")
    found: list[str] = await page.evaluate(RUN, TAGS)
    return found


async def is_wider_than_its_window(page: Page) -> bool:
    """Whether one has to scroll sideways."""
    wide: bool = await page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wide


async def faults(page: Page) -> list[str]:
    """What is wrong with a page as it stands: dark at 360 px, light at 1440 px, where it is left.

    360 px is also what remains of 1440 px at a zoom of 400 %.
    """
    found: list[str] = []
    for (width, height), scheme in LOOKS:
        await page.set_viewport_size({"width": width, "height": height})
        await page.emulate_media(color_scheme=scheme)
        if await is_wider_than_its_window(page):
            found.append(f"{width} px: wider than its window")
        found += [f"{width} px, {scheme}: {fault}" for fault in await violations(page)]
    return found
