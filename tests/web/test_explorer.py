"""The explorer of the API: at /graphql in a browser, from the gateway's own address, within the policy of the pages."""

from typing import Final

from playwright.async_api import Page, expect

from tests.support.person import NARROW, WIDE, Person, Persons
from tests.support.platform import Running
from tests.web.support.accessibility import is_wider_than_its_window, violations

ADDRESS: Final = "/graphql"
TOKEN: Final = "Token"


async def explorer(person: Person) -> Page:
    person.writes_queries = True
    page = await person.open(ADDRESS)
    await expect(page.get_by_role("button", name="Query", exact=True)).to_be_visible()
    return page


async def write(page: Page, text: str, where: str = "Document") -> None:
    await page.get_by_role("textbox", name=where).click()
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.insert_text(text)


async def test_who_is_signed_in_runs_a_query_and_sees_what_it_cost(analyst: Person) -> None:
    page = await explorer(analyst)
    answer = page.locator(".answered")

    await page.get_by_role("button", name="Run").click()

    await expect(answer).to_contain_text("HTTP 200")
    await expect(answer).to_contain_text("of at most 10,000 values")
    await expect(answer).to_contain_text('"subject": "analyst"')


async def test_a_token_counts_before_who_is_signed_in_and_is_not_kept(
    analyst: Person, demo: Running
) -> None:
    page = await explorer(analyst)
    await write(page, "{ viewer { subject grants { role } } }")
    await page.get_by_label(TOKEN).fill(demo.token("operator"))

    await page.keyboard.press("Tab")
    await page.get_by_role("button", name="Run").click()

    await expect(page.locator(".answered")).to_contain_text('"OPERATOR"')
    await page.reload()
    await analyst.settled()
    await expect(page.get_by_label(TOKEN)).to_have_value("")
    await expect(page.locator(".asked")).to_contain_text("viewer { subject grants { role } }")


async def test_who_is_not_signed_in_sees_the_schema_and_what_is_refused(persons: Persons) -> None:
    stranger = await persons.somebody()
    page = await explorer(stranger)

    await page.get_by_label("Find a type or a field").fill("turnoverrate")
    await page.get_by_role("button", name="Scorecard.turnoverRate", exact=True).click()
    await expect(page.locator(".schema dt", has_text="turnoverRate: Score")).to_be_visible()
    await page.get_by_role("button", name="Run").click()

    await expect(page.locator(".answered")).to_contain_text("UNAUTHENTICATED")


async def test_what_is_written_is_completed_checked_and_tidied(analyst: Person) -> None:
    page = await explorer(analyst)
    await write(page, "")
    await page.keyboard.type("{ organizatio")  # as fast as it goes: no letter is lost
    await page.keyboard.press("ControlOrMeta+Space")
    await page.locator(".cm-tooltip-autocomplete li", has_text="organization").click()
    await expect(page.locator(".editor.graphql")).to_contain_text("{ organization")

    await write(page, "{ nothing }")
    await expect(page.locator(".editor.graphql .cm-lintRange-error")).to_be_visible()
    await write(page, "query A{organization{key}} query B{__typename}")
    await page.get_by_role("button", name="Tidy").click()
    await page.get_by_label("Operation").select_option("B")
    await page.keyboard.press("Tab")
    await page.get_by_role("button", name="Run").click()

    await expect(page.locator(".answered")).to_contain_text('"__typename": "Query"')
    await expect(page.locator(".editor.graphql")).to_contain_text("query A {")


async def test_events_of_a_subscription_come_until_it_is_stopped(analyst: Person) -> None:
    page = await explorer(analyst)
    await write(page, 'subscription { scoreChanged(department: "billing") { at } }')

    await page.get_by_role("button", name="Run").click()
    await page.get_by_role("button", name="Stop").click()

    await expect(page.get_by_role("button", name="Run")).to_be_visible()
    await expect(page.locator(".answered")).not_to_contain_text("errors")


async def test_it_can_be_used_by_everybody_wide_and_small_light_and_dark(analyst: Person) -> None:
    page = await explorer(analyst)
    await page.get_by_role("button", name="Run").click()
    await expect(page.locator(".answered")).to_contain_text("HTTP 200")
    for (width, height), scheme in ((WIDE, "light"), (NARROW, "dark")):
        await page.set_viewport_size({"width": width, "height": height})
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

        assert await violations(page) == []
        assert not await is_wider_than_its_window(page)
