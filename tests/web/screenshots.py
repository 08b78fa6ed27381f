"""`make screenshots`: every page at 1440 and 390 px, light and dark, from the demo organisation, in build/screenshots.

The scorecard of the department that gets worse becomes docs/scorecard.png, the picture of README.
"""

import asyncio
import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from tests.support.platform import START_SECONDS, Running, eventually, up
from tests.web.support.chromium import ARGUMENTS, executable
from tests.web.support.person import NARROW, WIDE, Persons

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "screenshots"
PICTURE = ROOT / "docs" / "scorecard.png"
LARGEST_PICTURE = 200_000
FIRST = "departments-billing-1440-light.png"
HEAD = ("/departments/billing", "/journey", "/comments", "/answers", "/me", "/nowhere")
ANALYST = (
    "/departments/root",
    "/surveys",
    "/surveys/service-feedback",
    "/surveys/service-feedback/edit",
    "/surveys/new",
    "/import",
    "/exports",
    "/tree",
    "/metrics",
)
PAGES = {
    ("department_head", "billing"): HEAD,
    ("analyst", None): ANALYST,
    ("admin", None): ("/people", "/audit", "/metrics/new"),
    ("operator", None): ("/system",),
}


async def draw(platform: Running, folder: Path) -> list[str]:
    """All pictures; what browsers complained of."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        persons = Persons(chromium, platform)
        for (role, department), paths in PAGES.items():
            for size in (WIDE, NARROW):
                for scheme in ("light", "dark"):
                    window = {"width": size[0], "height": size[1]}
                    person = await persons.sign_in(
                        role, department, viewport=window, color_scheme=scheme
                    )
                    for path in paths:
                        page = await person.open(path)
                        name = re.sub(r"[^a-z0-9]+", "-", path.strip("/"))
                        file = folder / f"{name}-{size[0]}-{scheme}.png"
                        await page.screenshot(path=file, full_page=True)
                        sys.stdout.write(f"{file.relative_to(ROOT)}\n")
                        if file.name == FIRST:
                            await page.screenshot(
                                path=FOLDER / PICTURE.name
                            )  # what a window shows of it
                    complaints += person.complaints
                    await person.context.close()
        await chromium.close()
    return complaints


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as made,
        up(Path(made) / "data", Path(made) / "output") as platform,
    ):
        eventually(platform.has_printed_its_page, seconds=START_SECONDS)
        complaints = asyncio.run(draw(platform, FOLDER))
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
