"""What whoever runs the platform sees of one that is not well: the harm is real, so the platform is this test's own."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.async_api import Browser, expect

from services.kit.events.streams import SURVEY_CHANGED
from tests.support.database import execute
from tests.support.harm import process_of
from tests.support.person import Persons
from tests.support.platform import START_SECONDS, Running, eventually, up
from tests.support.settled import broker, is_settled
from tests.web.support.accessibility import faults

ADD = """mutation ($key: String!) { upsertDepartments(input: {departments: [
  {key: $key, name: "Shop", parent: "root"}]}) { userErrors { code } } }"""
SURVEY = """mutation { createSurvey(input: {key: "pulse", title: "Pulse", questions: [
  {key: "recommend", kind: NPS, text: "How likely ..."}]}) { userErrors { code } } }"""
SUBMIT = """mutation { submitResponse(input: {survey: "pulse", department: "shop", occurredAt: "2026-03-15T12:00:00Z",
  answers: [{question: "recommend", score: 9}]}) { userErrors { code } } }"""
AWAY = "console: Failed to load resource: the server responded with a status of 503 (Service Unavailable)"
"""What a browser logs of /readyz while a service is away: no fault of the page."""
HEALTH = "{ health { service unapplied deadLetterCount } }"
LOSE_A_ROW = "DELETE FROM metrics_journal WHERE ctid = (SELECT max(ctid) FROM metrics_journal)"


@contextmanager
def stopped(platform: Running, name: str) -> Iterator[None]:
    """One process does nothing, as on a machine that has no time for it."""
    pid = process_of(platform, name)
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def is_dead_and_applied(platform: Running) -> bool:
    """Whether metrics gave up one fact, and nobody is behind."""
    found = {one["service"]: one for one in platform.ask(HEALTH)["health"]}
    waits = [one["unapplied"] for one in found.values()]
    return waits == [0] * 4 and found["METRICS"]["deadLetterCount"] == 1


async def test_lag_dead_letters_a_silent_service_and_a_wrong_count_are_told(
    browser: Browser, tmp_path: Path
) -> None:
    with up(tmp_path / "data", tmp_path / "output", "--no-demo") as platform:
        eventually(platform.is_ready, seconds=START_SECONDS)
        async with broker(platform.data_dir) as client:
            await client.jetstream().publish(SURVEY_CHANGED, b"\xff\xff\xff")  # no fact at all
        for asked in (ADD, SURVEY, SUBMIT, SUBMIT):
            platform.ask(asked, {"key": "shop"} if asked is ADD else None)
        persons = Persons(browser, platform)
        operator = await persons.sign_in("operator")

        with stopped(platform, "services.employee_exp.main"):
            platform.ask(ADD, {"key": "kiosk"})
            page = await operator.open("/system")
            await expect(page.locator("h1")).to_have_text("Not answering: Staff records.")
            services = page.get_by_role("region", name="Services")
            silent = services.locator("dt", has_text="Staff records").locator("+ dd")
            await expect(silent).to_contain_text("Does not answer")
            await expect(silent).to_contain_text("Messages still to apply: 1; the oldest waits")
            await expect(services.get_by_text("Answers", exact=True)).to_have_count(3)
            letters = page.get_by_role("region", name="Messages that were given up")
            await expect(letters).to_contain_text("Not known of: Staff records.")
            assert await faults(page) == []

        assert set(operator.complaints) == {AWAY}
        operator.complaints.clear()
        await asyncio.to_thread(eventually, lambda: is_dead_and_applied(platform), seconds=40)
        assert await asyncio.to_thread(is_settled, platform.data_dir)
        await asyncio.to_thread(execute, platform.data_dir, "cxm_metrics", LOSE_A_ROW)
        page = await operator.open("/system")
        await expect(page.locator("h1")).to_have_text("Messages were given up: 1.")
        await expect(services.get_by_text("Nothing waits.")).to_have_count(4)
        row = letters.get_by_role("row", name=SURVEY_CHANGED)
        await expect(row).to_contain_text("Scores")
        await expect(row).to_contain_text("DecodeError")
        await page.get_by_role("button", name="Try them again").click()
        await expect(letters).to_contain_text("Scores: applied now 0, still not possible 1.")
        await page.get_by_role("button", name="Compare now").click()
        await expect(page.get_by_text("The counts differ:")).to_be_visible()
        await expect(page.get_by_role("row", name="answers in all")).to_contain_text("shop")
        assert await faults(page) == []
        await persons.leave()
