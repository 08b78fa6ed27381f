"""The scorecard: what a head of department learns in two minutes."""

import asyncio
import csv
import json
import re
from pathlib import Path
from uuid import uuid4

from playwright.async_api import Page, Request, Route, expect

from tests.support.person import Person, Persons
from tests.support.platform import Running
from tests.web.support.accessibility import faults, is_wider_than_its_window
from tests.web.support.answering import answer
from tests.web.support.periods import YEAR


async def lead(page: Page, name: str) -> str:
    return await page.get_by_role("article", name=name).locator(".hero").inner_text()


async def test_a_head_reads_whether_it_got_worse_and_where(head: Person) -> None:
    page = await head.open("/departments/billing")

    await expect(page.locator("h1")).to_contain_text("Customers are clearly less happy than in")
    card = page.get_by_role("article", name="Would recommend us")
    await expect(card.locator(".chg.bad b")).to_contain_text("Down")
    await expect(card.locator(".likely")).to_contain_text("likely")
    await expect(card.locator(".facts")).to_contain_text("answers")
    await expect(page.locator(".todo")).to_contain_text(
        "Monthly invoice is rated lower than the rest"
    )
    await card.get_by_text("How is this counted?").click()
    await expect(card).to_contain_text("the share of 9 and 10 less the share of 0 to 6")

    await page.get_by_role("link", name="Invoicing").click()
    await expect(page.locator(".crumbs b")).to_have_text("Invoicing")


async def test_a_number_moves_while_one_looks(demo: Running, analyst: Person) -> None:
    page = await analyst.open("/departments/win-back")
    before = await lead(page, "Would recommend us")

    await answer(demo, "loyalty-offer", [0] * 200)

    card = page.get_by_role("article", name="Would recommend us")
    await expect(card.locator(".hero")).not_to_have_text(before)
    await expect(card.locator(".hero")).to_contain_text("−")


async def test_all_of_the_page_follows_while_one_looks(demo: Running, analyst: Person) -> None:
    page = await analyst.open("/departments/win-back")
    read: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/graphql"):
            read.append(json.loads(request.post_data or "{}")["operationName"])

    page.on("request", note)
    words = f"It was never called back, {uuid4()}"
    await answer(demo, "loyalty-offer", [0], words)

    await expect(page.locator(".quotes")).to_contain_text(words)
    assert {"Scorecard", "Trends", "Before", "Parts", "NewestComments"} <= set(read)
    assert read.count("Parts") == 1, "the page asks for its parts once"


async def test_a_page_left_open_over_midnight_goes_on_to_the_new_quarter(head: Person) -> None:
    await head.page.clock.install(time="2026-12-31T23:59:00Z")
    page = await head.open("/departments/billing")
    period = page.locator("#tools summary").first
    await expect(period).to_contain_text("October to December 2026")

    await page.clock.fast_forward("02:00")

    await expect(period).to_contain_text("January to March 2027")


async def test_numbers_of_one_period_are_never_shown_under_another(head: Person) -> None:
    page = await head.open("/departments/billing")
    hero = page.locator(".hero").first
    await expect(hero).to_be_visible()
    is_over = asyncio.Event()

    async def hold(route: Route) -> None:
        await is_over.wait()
        await route.continue_()

    await page.route("**/graphql", hold)
    await page.locator("#tools summary").first.click()
    await page.get_by_role("button", name="Last 12 months").click()
    await expect(page.locator("#tools summary").first).to_contain_text("against")
    await expect(hero).to_have_count(0)
    is_over.set()
    await expect(hero).to_be_visible()


async def test_a_part_is_said_to_be_below_the_rest_where_a_test_says_so(analyst: Person) -> None:
    page = await analyst.open("/departments/root")

    billing = page.locator(".bd li").filter(has_text="Billing and payments")
    await expect(billing.locator(".cx .chg")).to_have_text("Clearly below the rest")
    await expect(billing.locator(".n")).to_contain_text("answers · place")
    few = page.locator(".bd li").filter(has_text="Few answers")
    await expect(few.locator(".cx .chg")).to_have_count(0)


async def test_a_department_stands_beside_the_rest_of_the_one_above_for_who_may_read_that(
    analyst: Person, head: Person
) -> None:
    for person, told in ((analyst, 1), (head, 0)):
        page = await person.open("/departments/billing")
        lead = page.locator("section.cx article")
        await expect(lead.locator(".hero")).to_be_visible()
        rest = lead.get_by_text("the rest of")
        await expect(rest).to_have_count(told)
    page = await analyst.open("/departments/billing")
    said = page.locator("section.cx article .says p", has_text="the rest of")
    await expect(said).to_contain_text("Clearly below the rest")


async def test_a_number_is_worked_out_for_who_asks(analyst: Person) -> None:
    page = await analyst.open("/departments/billing")
    lead = page.locator("section.cx article")

    await lead.get_by_text("How is this counted?").click()

    base = (await lead.locator(".facts > span").first.inner_text()).split()[0]
    await expect(lead.get_by_text("In numbers: 100 ×")).to_contain_text(f"/ {base}.")
    await expect(lead.get_by_text("adjusted Wald")).to_be_visible()


async def test_the_page_says_which_indicators_of_customers_are_not_measured(
    analyst: Person,
) -> None:
    page = await analyst.open("/departments/billing")

    foot = page.locator("footer.foot")
    await expect(foot).to_contain_text("3 of 6 indicators of customers are measured here.")
    await expect(foot).to_contain_text(
        "customers who leave, customers who stay, and value of a customer"
    )


async def test_of_a_change_it_is_said_what_is_that_of_the_parts(analyst: Person) -> None:
    page = await analyst.open("/departments/root")

    said = page.locator("#parts", has_text="because parts changed")
    await expect(said).to_contain_text("because answers came from other parts than before")
    await page.get_by_role("button", name="Stages", exact=True).click()
    await expect(said).to_be_visible()


async def test_a_cut_is_chosen_and_shown_as_a_table_and_saved(
    analyst: Person, tmp_path: Path
) -> None:
    page = await analyst.open(f"/departments/root?{YEAR}")
    part = page.locator("#parts")

    await part.get_by_role("button", name="Stages").click()
    await expect(part.get_by_role("heading", name="Post-purchase")).to_be_visible()
    await part.get_by_role("button", name="Show as a table").click()
    await expect(part.get_by_role("rowheader", name="Loyalty")).to_be_visible()
    await part.get_by_role("button", name="Channels").click()
    await expect(part.get_by_role("columnheader", name="Channels")).to_be_visible()
    await part.get_by_role("button", name="Stages").click()
    await expect(part.get_by_role("columnheader", name="Stages")).to_be_visible()
    async with page.expect_download() as saving:
        await part.get_by_role("button", name="CSV").click()
    file = tmp_path / "parts.csv"
    await (await saving.value).save_as(file)
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0][0] == "Stages"
    assert len(rows) >= 6

    trend = page.locator(".chart").first
    async with page.expect_download() as drawing:
        await trend.get_by_role("button", name="PNG").click()
    picture = tmp_path / "trend.png"
    await (await drawing.value).save_as(picture)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 10_000


async def test_all_scores_are_exported_as_they_are_seen(analyst: Person, tmp_path: Path) -> None:
    page = await analyst.open(f"/departments/billing?{YEAR}")

    await page.locator("#tools").get_by_text("Export").click()
    async with page.expect_download() as saving:
        await page.locator("#tools").get_by_role("link", name="CSV").click()
    file = tmp_path / "scores.csv"
    await (await saving.value).save_as(file)

    assert "billing" in file.read_text("utf-8-sig")


async def test_a_department_without_answers_says_why_there_is_no_score(analyst: Person) -> None:
    page = await analyst.open("/departments/billing?from=2001-01-01&to=2001-04-01")

    await expect(page.locator("h1")).to_contain_text("No customer has answered in this period.")
    card = page.get_by_role("article", name="Would recommend us")
    await expect(card).to_contain_text("Nothing was answered in this period.")
    await expect(card.locator(".hero")).to_have_count(0)


async def test_the_scorecard_of_a_period_without_answers_is_accessible(analyst: Person) -> None:
    page = await analyst.open("/departments/billing?from=2001-01-01&to=2001-04-01")

    assert await faults(page) == []


async def test_the_scorecard_speaks_latvian_on_a_small_phone(persons: Persons) -> None:
    person = await persons.sign_in(
        "department_head", "billing", locale="lv-LV", viewport={"width": 360, "height": 640}
    )
    page = await person.open("/departments/billing")

    await expect(page.locator("h1")).to_contain_text("Klienti ir nepārprotami mazāk apmierināti")
    assert not await is_wider_than_its_window(page)


async def test_months_and_numbers_are_macedonian_where_the_browser_knows_none(
    persons: Persons,
) -> None:
    person = await persons.sign_in("department_head", "billing", locale="mk")
    page = await person.open("/departments/billing?from=2026-01-01&to=2026-04-01")

    await expect(page.locator("#tools summary").first).to_contain_text("јануари – март 2026")
    await expect(page.locator("section.ex")).to_contain_text(re.compile(r"\d,\d"))
    assert "M0" not in await page.locator("main").inner_text()
