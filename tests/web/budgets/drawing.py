"""Trends of many departments at once, drawn by the components of the pages: gateway/web/tools/drawing, built before."""

from pathlib import Path

from playwright.async_api import Browser, CDPSession, Route

from tests.support.person import WIDE
from tests.web.budgets.figures import Figure

BUILT = Path(__file__).parents[3] / "build" / "drawing"
ADDRESS = "http://127.0.0.1/"
"""Nothing listens there: the files are given by this process."""
PAGE = "tools/drawing/index.html"
MOST_MS = 300
PLOTS = 80
"""Customers and staff of each department."""
A_FRAME_LATER = (
    "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
)
NAMES = {
    "ScriptDuration": "script",
    "LayoutDuration": "layout",
    "RecalcStyleDuration": "style",
}


async def drawing(browser: Browser, runs: int) -> list[Figure]:
    """Time of script, layout and style to draw customers and staff of 40 departments by 52 weeks."""
    found = [await _drawn(browser) for _ in range(runs)]
    return [
        Figure(
            f"40 departments x 52 weeks, {name}",
            tuple(run[key] for run in found),
            "ms",
            MOST_MS if name == "script" else None,
        )
        for key, name in NAMES.items()
    ]


async def _drawn(browser: Browser) -> dict[str, float]:
    """Milliseconds that the thread of the page ran, between a press of the button and the page that stands."""
    width, height = WIDE
    context = await browser.new_context(viewport={"width": width, "height": height})
    page = await context.new_page()
    await page.route(f"{ADDRESS}**", _give)
    await page.goto(ADDRESS + PAGE)
    await page.get_by_role("button", name="Draw").focus()
    devtools = await context.new_cdp_session(page)
    await devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = await seconds_spent(devtools)
    await page.keyboard.press("Enter")  # a click would run scripts of its own to find the button
    await page.evaluate(A_FRAME_LATER)
    after = await seconds_spent(devtools)
    assert await page.locator(".plot").count() == PLOTS
    await context.close()
    return {name: (after[name] - before[name]) * 1_000 for name in NAMES}


async def seconds_spent(devtools: CDPSession) -> dict[str, float]:
    """Seconds since the page began, by kind."""
    metrics = (await devtools.send("Performance.getMetrics"))["metrics"]
    return {metric["name"]: metric["value"] for metric in metrics}


async def _give(route: Route) -> None:
    path = route.request.url.removeprefix(ADDRESS)
    await route.fulfill(path=BUILT / path)
