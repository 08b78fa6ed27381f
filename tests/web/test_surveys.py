"""Surveys: written, opened, previewed, linked and invited to by an analyst."""

import asyncio
import csv
import io
import re
from typing import Any
from uuid import uuid4

from playwright.async_api import Download, Locator, Page, expect

from tests.support.person import Person
from tests.web.support.accessibility import faults
from tests.web.support.inert import BIDI, FORMULA, HARM, PAYLOADS, SCRIPT, SHOWN

NOT_FOUND = "This page was not found"
KINDS = ["NPS", "CSAT", "CES", "CES1", "RATING", "SINGLE_CHOICE", "MULTIPLE_CHOICE", "TEXT"]


def new_key(name: str) -> str:
    return f"{name}-{uuid4().hex[:8]}"


async def create(person: Person, key: str, **survey: Any) -> None:
    """A survey by the API, as the page would send it."""
    given = {
        "key": key,
        "title": "Visit to a shop",
        "questions": [{"key": "recommend", "kind": "NPS", "text": "Would you recommend us?"}],
        "department": "billing",
        "public": True,
        "language": "en",
        **survey,
    }
    answer = await person.page.evaluate(
        """async (given) => {
          const query = `mutation ($given: CreateSurveyInput!) {
            createSurvey(input: $given) { survey { key } userErrors { message } } }`;
          const headers = { "Content-Type": "application/json", "X-CXM": "1", "X-CXM-Client": "tests" };
          const body = JSON.stringify({ query, variables: { given } });
          return (await fetch("/graphql", { method: "POST", headers, body })).json();
        }""",
        given,
    )
    assert answer["data"]["createSurvey"]["userErrors"] == [], answer


def of_every_kind(text: str) -> list[dict[str, Any]]:
    """A question of each kind; `text` stands in each of them and in each option."""
    start = "".join(filter(str.isprintable, text))[:20].strip()
    options = [{"key": f"{start}{place}", "text": text} for place in range(2)]
    own: dict[str, dict[str, Any]] = {
        "RATING": {"scale": {"low": 1, "high": 5}},
        "SINGLE_CHOICE": {"options": options},
        "MULTIPLE_CHOICE": {"options": options},
        "CSAT": {"dontKnow": True},
    }
    return [
        {
            "key": f"{start}{kind}",
            "kind": kind,
            "text": text,
            "texts": [{"language": "lv", "text": f"LV {text}"}],
            **own.get(kind, {}),
        }
        for kind in KINDS
    ]


async def kept(download: Download) -> bytes:
    """What the browser kept as a file."""
    path = await download.path()
    return await asyncio.to_thread(path.read_bytes)


def question(page: Page, number: int) -> Locator:
    return page.locator("fieldset.question").nth(number - 1)


async def test_a_survey_in_two_languages_is_written_opened_and_previewed(analyst: Person) -> None:
    key = new_key("visit")
    page = await analyst.open("/surveys")
    await page.get_by_role("link", name="New survey").click()

    await page.get_by_label("Add a language").select_option("lv")
    title = page.get_by_role("group", name="Title")
    await title.get_by_label("English").fill("Visit to a shop")
    await title.get_by_label("Latvian").fill("Veikala apmeklējums")
    await page.get_by_label("Key", exact=True).fill(key)
    await question(page, 1).get_by_label("English").fill("Would you recommend us?")
    await question(page, 1).get_by_label("Latvian").fill("Vai ieteiktu mūs?")
    await page.get_by_label("Kind of the new question").select_option("SINGLE_CHOICE")
    await page.get_by_role("button", name="Add a question").click()
    await question(page, 2).get_by_role("group", name="Text").get_by_label("English").fill("Why?")
    for number, text in ((1, "Invoice"), (2, "Repair")):
        option = page.get_by_role("group", name=f"Option {number}", exact=True)
        await option.get_by_label("English").fill(text)
    await page.get_by_role("button", name="Move question 2 up").press("Enter")
    await expect(question(page, 1).get_by_label("Key of the question")).to_have_value("choice")
    await expect(page.get_by_role("button", name="Move question 1 up")).to_be_focused()
    await page.get_by_label("Anybody with the link may answer").check()
    await page.get_by_label("Department it counts for").fill("ollecti")
    await page.get_by_role("button", name="Collections").click()
    await page.get_by_role("button", name="Save").click()

    await expect(page.locator("h1")).to_have_text("Visit to a shop")
    await page.get_by_role("button", name="Open …").click()
    await page.get_by_role("button", name="Open", exact=True).click()
    await expect(page.locator(".verdict-2")).to_have_text("It takes responses.")
    await expect(page.get_by_text("texts missing: 3 of 5")).to_be_visible()
    preview = page.locator(".phone")
    await expect(preview).to_contain_text("Would you recommend us?")
    await page.get_by_label("Language of the preview").select_option("lv")
    await expect(preview).to_contain_text("Vai ieteiktu mūs?")
    await expect(preview).to_contain_text("Noteikti ne")
    await expect(preview).to_contain_text("Invoice")
    await expect(page.locator(".address a")).to_have_attribute("href", f"{analyst.url}/r/{key}")


async def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(
    analyst: Person,
) -> None:
    taken = new_key("taken")
    await create(analyst, taken)
    page = await analyst.open("/surveys/new")

    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("textbox", name="Title")).to_be_focused()
    await expect(page.get_by_role("textbox", name="Title")).to_have_accessible_description(
        "Fill this in."
    )
    await page.get_by_role("textbox", name="Title").fill("Another one")
    await question(page, 1).get_by_label("Text").fill("Would you?")
    await page.get_by_label("Key", exact=True).fill(taken)
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_label("Key", exact=True)).to_have_accessible_description(
        "A short name for addresses and files. It never changes. "
        "Another survey has this key. Choose another one."
    )
    await page.reload()
    await expect(page.get_by_role("textbox", name="Title")).to_have_value("Another one")
    await page.get_by_role("button", name="Begin from what is stored").click()
    await expect(page.get_by_role("textbox", name="Title")).to_have_value("")


async def test_a_change_of_an_open_survey_says_what_it_does(analyst: Person) -> None:
    key = new_key("open")
    await create(analyst, key)
    page = await analyst.open(f"/surveys/{key}/edit")

    await page.get_by_role("button", name="Add a question").click()
    await question(page, 2).get_by_label("Text").fill("How satisfied are you?")
    told = page.get_by_role("region", name="What saving will change")
    await page.get_by_role("button", name="Remove question 1").click()
    await expect(told).to_contain_text("No longer asked: 1.")
    await page.get_by_role("button", name="Put it back").press("Enter")
    await expect(told).to_contain_text("Version 2 is asked from now on")
    await expect(told).to_contain_text("New questions: 1.")
    await page.get_by_role("button", name="Save").click()

    await expect(page.locator("dd", has_text="version 2")).to_be_visible()
    await page.get_by_role("button", name="Close the survey …").click()
    await page.get_by_role("button", name="Close the survey", exact=True).click()
    await expect(page.locator(".verdict-2")).to_contain_text("It is closed")
    await analyst.open(f"/surveys/{key}/edit")
    await expect(page.get_by_text("Open it again to change it")).to_be_visible()


async def test_what_was_saved_is_what_the_next_page_and_the_next_change_begin_with(
    analyst: Person,
) -> None:
    key = new_key("again")
    await create(analyst, key)
    page = await analyst.open(f"/surveys/{key}")
    await expect(page.locator("h1")).to_have_text("Visit to a shop")

    for title in ("Visit to a kiosk", "Visit to a stand"):
        await page.get_by_role("link", name="Change what it asks").click()
        await expect(page.get_by_role("heading", name="What saving will change")).to_be_visible()
        await page.get_by_role("textbox", name="Title").fill(title)
        await page.get_by_role("button", name="Save").click()
        await expect(page).to_have_url(f"{analyst.url}/surveys/{key}")
        await expect(page.locator("h1")).to_have_text(title)
    await page.get_by_role("link", name="Change what it asks").click()
    await expect(page.get_by_role("textbox", name="Title")).to_have_value("Visit to a stand")


async def test_times_are_those_of_the_organisation_and_wrong_ones_are_told(
    analyst: Person,
) -> None:
    key = new_key("later")
    await create(analyst, key, state="DRAFT")
    page = await analyst.open(f"/surveys/{key}")

    await page.get_by_role("button", name="Schedule …").click()
    await page.get_by_role("button", name="Schedule", exact=True).click()
    await expect(page.get_by_text("Say when it opens.")).to_be_visible()
    await page.get_by_label("Opens").fill("2020-01-01T09:00")
    await page.get_by_role("button", name="Schedule", exact=True).click()
    await expect(page.get_by_text("Choose a time in the future.")).to_be_visible()
    await page.get_by_label("Opens").fill("2099-06-01T09:00")
    await page.get_by_role("button", name="Schedule", exact=True).click()

    await expect(page.locator(".verdict-2")).to_contain_text("Opens: 1 June 2099 at 09:00")


async def test_links_are_copied_and_kept_as_files(analyst: Person) -> None:
    await analyst.context.grant_permissions(["clipboard-read", "clipboard-write"])
    key = new_key("=1+1")
    await create(analyst, key, texts=[{"language": "lv", "text": "Apmeklējums"}])
    page = await analyst.open(f"/surveys/{key.replace('=', '%3D').replace('+', '%2B')}")

    await page.get_by_label("Language of the link").select_option("lv")
    await expect(page.get_by_label("HTML for a website")).to_have_value(re.compile("lang=lv"))
    await page.get_by_role("button", name="Copy the HTML").click()
    await expect(page.get_by_text("Copied.")).to_be_visible()
    snippet = await page.evaluate("navigator.clipboard.readText()")
    assert f'href="{analyst.url}/r/%3D1%2B1{key[4:]}?lang=lv" lang="lv"' in snippet
    assert "Atbildiet uz mūsu jautājumiem" in snippet
    for kind, start in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        async with page.expect_download() as waiting:
            await page.get_by_role("button", name=f"Download as {kind}").click()
        assert (await kept(await waiting.value)).startswith(start)

    await page.get_by_role("button", name="Make links …").click()
    await page.get_by_label("How many").fill("0")
    await page.get_by_role("button", name="Make links", exact=True).click()
    await expect(page.get_by_text("Write a number from 1 to 1,000.")).to_be_visible()
    await page.get_by_label("How many").fill("3")
    await page.get_by_role("button", name="Make links", exact=True).click()
    await expect(page.get_by_role("heading", name="3 links are made")).to_be_focused()
    async with page.expect_download() as waiting:
        await page.get_by_role("button", name="Download as CSV").click()
    text = (await kept(await waiting.value)).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len({row["link"] for row in rows}) == 3
    assert all(row["link"].startswith(f"{analyst.url}/r/%3D1%2B1") for row in rows)
    await page.get_by_role("button", name="Done").click()
    assert rows[0]["link"] not in await page.content()


async def test_what_authors_write_is_text_on_every_page(analyst: Person) -> None:
    key = new_key("inert")
    await create(
        analyst,
        key,
        title=SCRIPT + BIDI,
        texts=[{"language": "lv", "text": f"LV {FORMULA}"}],
        questions=[asked for payload in PAYLOADS for asked in of_every_kind(payload)],
        state="DRAFT",
    )
    for path in (f"/surveys/{key}", f"/surveys/{key}/edit", "/surveys?state=DRAFT"):
        page = await analyst.open(path)

        shown = await page.evaluate(SHOWN)
        for payload in PAYLOADS if key in path else [SCRIPT + BIDI]:
            assert payload in shown, (path, payload)
        assert await page.evaluate(HARM) == [], path
        assert await page.title() in ("Survey · cxm", "Change a survey · cxm", "Surveys · cxm")


async def test_a_head_finds_no_surveys(head: Person) -> None:
    for path in ("/surveys", "/surveys/new", "/surveys/service-feedback"):
        page = await head.open(path)

        await expect(page.locator("h1")).to_have_text(NOT_FOUND)
        await expect(page.get_by_role("link", name="Surveys")).to_have_count(0)


async def test_the_pages_are_accessible(analyst: Person) -> None:
    page, key = analyst.page, new_key("all-kinds")
    texts = [{"language": "lv", "text": "Apmeklējums"}]
    asked = of_every_kind("How was the visit?")
    await create(analyst, key, texts=texts, questions=asked, state="DRAFT")

    async def check() -> None:
        assert await faults(page) == [], page.url

    for path in ("/surveys?state=ARCHIVED", f"/surveys/{key}", f"/surveys/{key}/edit"):
        await analyst.open(path)
        await check()
    await analyst.open("/surveys/no-such-survey")
    await expect(page.locator("h1")).to_have_text(NOT_FOUND)
    await analyst.open("/surveys/new")
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator("[aria-invalid]").first).to_be_focused()
    await check()
    await analyst.open(f"/surveys/{key}")
    await page.get_by_role("button", name="Schedule …").click()
    await page.get_by_role("button", name="Schedule", exact=True).click()
    await expect(page.get_by_text("Say when it opens.")).to_be_visible()
    await check()
    await page.get_by_role("button", name="Make links …").click()
    await page.get_by_role("button", name="Make links", exact=True).click()
    await expect(page.get_by_role("heading", name="10 links are made")).to_be_focused()
    await check()
