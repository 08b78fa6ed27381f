"""The first page of a head of department: what it costs to send, and when it says its verdict."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Page

from tests.support.person import WIDE, Person, Persons
from tests.web.budgets.drawing import seconds_spent
from tests.web.budgets.figures import Figure

MOST_BYTES = 250_000
MOST_MS = 1_000
SLOW_DOWN = 4
"""How many times slower the processor of the page is made."""
ROLE, DEPARTMENT = "department_head", "billing"
WHEN_SAID = """globalThis.saidAt = new Promise((said) => {
  const painted = () => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => said(performance.now());
    channel.port2.postMessage(null);
  };
  const observer = new MutationObserver(() => {
    if (document.querySelector("h1.verdict + .verdict-2") === null) return;
    observer.disconnect();
    requestAnimationFrame(painted);
  });
  observer.observe(document, { childList: true, subtree: true });
})"""
"""Says when the frame with the verdict has been painted, in ms since the page was asked for."""


async def bytes_until_it_stands(persons: Persons) -> list[Figure]:
    """All that is sent to a browser that has nothing yet, with headers, until nothing on the page is loading."""
    async with _signed_in(persons) as (context, page):
        kinds = await _kinds(await context.new_cdp_session(page))
        await Person(context, page, [persons.platform.url]).open("/")
    total = kinds.total()
    told = ", ".join(f"{kind} {size:,}" for kind, size in kinds.most_common())
    return [Figure(f"first page as it is sent ({told})", (total,), "bytes", MOST_BYTES)]


async def _kinds(devtools: CDPSession) -> Counter[str]:
    """Bytes by kind of resource, counted from now on."""
    kinds: Counter[str] = Counter()
    kind_of: dict[str, str] = {}

    def started(event: dict[str, Any]) -> None:
        kind_of[event["requestId"]] = event["type"].lower()

    def ended(event: dict[str, Any]) -> None:
        kinds[kind_of.get(event["requestId"], "other")] += int(event["encodedDataLength"])

    devtools.on("Network.responseReceived", started)
    devtools.on("Network.loadingFinished", ended)
    await devtools.send("Network.enable")
    return kinds


async def first_verdict(persons: Persons, runs: int) -> list[Figure]:
    """When the verdict can be read, by a browser that has nothing yet.

    Judged is what the page itself costs: the processor time of its main thread until the paint, times the slow-down.
    What a clock shows beside it holds all that the machine does meanwhile, and the services, and is told only.
    """
    full = [await _said(persons, 1) for _ in range(runs)]
    slow = [await _said(persons, SLOW_DOWN) for _ in range(runs)]
    return [
        Figure("verdict can be read after", tuple(run.after_ms for run in full), "ms"),
        Figure(
            f"verdict can be read with a processor {SLOW_DOWN}x slower after",
            tuple(run.after_ms for run in slow),
            "ms",
            MOST_MS,
            is_told=True,
        ),
        Figure(
            f"processor time of the page until then, times {SLOW_DOWN}",
            tuple(run.busy_ms * SLOW_DOWN for run in full),
            "ms",
            MOST_MS,
        ),
    ]


@dataclass(frozen=True, slots=True)
class Said:
    """The verdict is painted: so long after the page was asked for, of which its main thread worked so long."""

    after_ms: float
    busy_ms: float


async def _said(persons: Persons, slow_down: int) -> Said:
    async with _signed_in(persons) as (context, page):
        devtools = await context.new_cdp_session(page)
        await devtools.send("Emulation.setCPUThrottlingRate", {"rate": slow_down})
        await page.add_init_script(WHEN_SAID)
        await devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        await page.goto(persons.platform.url)
        after_ms = float(await page.evaluate("globalThis.saidAt"))
        spent = await seconds_spent(devtools)
        return Said(after_ms, spent["TaskDuration"] * 1_000)


@asynccontextmanager
async def _signed_in(persons: Persons) -> AsyncIterator[tuple[BrowserContext, Page]]:
    """A browser without anything but the session of a head of department."""
    person = await persons.sign_in(ROLE, DEPARTMENT)
    session = await person.context.storage_state()
    await person.context.close()
    width, height = WIDE
    context = await persons.browser.new_context(
        storage_state=session, locale="en-GB", viewport={"width": width, "height": height}
    )
    yield context, await context.new_page()
    await context.close()
