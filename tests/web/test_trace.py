"""One trace from a click on a page to the answer log, by what the browser really sends."""

from pathlib import Path

from playwright.async_api import Browser, Request, expect

from tests.support.collector import collecting
from tests.support.person import Persons
from tests.support.platform import START_SECONDS, eventually, up

CHAT = """mutation { upsertDepartments(input: {departments: [
  {key: "chat", name: "Chat", parent: "root"}]}) { results { status } } }"""
STORING = "/imports/responses"
RECORDED = "metrics-record-responses"
SERVICES = {"cxm-gateway", "cxm-survey", "cxm-metrics"}
LONG_MS = 60_000


async def test_what_a_click_stores_is_one_trace_to_the_answer_log(
    browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "calls.csv"
    file.write_text("case_id,dept,date,nps\n1,Chat,02/09/2019,9\n2,Chat,13/09/2019,3\n")
    sent: list[Request] = []

    def note(request: Request) -> None:
        if STORING in request.url:
            sent.append(request)

    with (
        collecting() as (endpoint, kept),
        up(tmp_path / "data", tmp_path / "said", "--no-demo", "--otlp-endpoint", endpoint) as here,
    ):
        eventually(here.is_ready, seconds=START_SECONDS)
        here.ask(CHAT)
        persons = Persons(browser, here)
        analyst = await persons.sign_in("analyst")
        analyst.page.on("request", note)
        page = await analyst.open("/import")
        await page.locator("input[type=file]").set_input_files(file)
        await page.get_by_role("button", name="Try", exact=True).click()
        await page.get_by_role("button", name="Store 2 rows").click(timeout=LONG_MS)
        await expect(page.locator("h1")).to_have_text(
            "Done: 2 rows stored, 0 refused.", timeout=LONG_MS
        )

        rehearsed, stored = [(await one.all_headers())["traceparent"].split("-") for one in sent]
        assert rehearsed[1] != stored[1], "two clicks are two traces"
        eventually(lambda: RECORDED in {span.name for span in kept.of_trace(stored[1])}, seconds=30)
        eventually(
            lambda: {span.service for span in kept.of_trace(stored[1])} >= SERVICES, seconds=30
        )  # each process sends its spans by itself
        trace = kept.of_trace(stored[1])
        assert [span.name for span in trace if span.parent_id == stored[2]] == ["import"]
        assert SERVICES - {span.service for span in kept.of_trace(rehearsed[1])} == {"cxm-metrics"}
        await persons.leave()
