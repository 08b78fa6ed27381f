"""Standard questions and indices of them, as analysts and admins see and make them."""

import re
from uuid import uuid4

from playwright.async_api import expect

from tests.support.person import Person
from tests.web.support.accessibility import faults
from tests.web.support.periods import YEAR


async def test_an_index_says_of_how_many_questions_it_is_and_whether_they_belong_together(
    analyst: Person,
) -> None:
    page = await analyst.open(f"/departments/root?{YEAR}")

    row = page.get_by_role("listitem").filter(
        has=page.get_by_role("heading", name="Service quality")
    )
    await expect(row).to_contain_text(
        re.compile(r"Questions: 5\. They belong together \(alpha 0\.\d\d\)")
    )
    await expect(row.locator(".num")).to_contain_text("answers")
    await expect(row.locator(".num a")).to_have_count(0)
    assert await faults(page) == []
    await analyst.open("/metrics")
    card = page.get_by_role("article", name="Service quality")
    await expect(card).to_contain_text("an index of: available, competent, fast, personal")
    await expect(card).to_contain_text(
        "Responses with answers to two thirds of the questions or more"
    )


async def test_an_index_is_registered_and_gets_a_second_version(admin: Person) -> None:
    name = f"Speed and skill {uuid4().hex[:6]}"
    page = await admin.open("/metrics/new")
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("Several standard questions").check()
    await page.get_by_label("I was served fast.").check()
    await page.get_by_role("radio", name=re.compile("highest")).check()
    await page.get_by_role("button", name="Register a metric").click()
    await expect(page.locator("fieldset .wrong")).to_contain_text("two items or more")
    assert await faults(page) == []
    await page.get_by_label("The people who helped me knew their work.").check()
    await page.get_by_role("button", name="Register a metric").click()

    card = page.get_by_role("article", name=name)
    await expect(card).to_contain_text("an index of: fast and competent")
    await card.get_by_role("link", name="Make a new version").click()
    await expect(page.get_by_label("I was served fast.")).to_be_checked()
    await page.get_by_label("I was treated as a person.").check()
    await page.get_by_role("button", name="Save the new version").click()
    await expect(card).to_contain_text("version 2")


async def test_a_standard_question_is_asked_in_its_own_words_and_keeps_its_item(
    analyst: Person,
) -> None:
    key = f"standard-{uuid4().hex[:6]}"
    page = await analyst.open("/surveys/new")
    await page.get_by_role("textbox", name="Title").fill("After a call")
    await page.get_by_label("Key", exact=True).fill(key)
    first = page.get_by_role("group", name="Question 1")
    await first.get_by_label("Text").fill("Would you recommend us?")
    await page.get_by_label("Kind of the new question").select_option(label="I was served fast.")
    await page.get_by_role("button", name="Add a question").click()
    second = page.get_by_role("group", name="Question 2")
    await expect(second).to_contain_text("standard question fast")
    await expect(second.get_by_label("Text")).to_have_value("I was served fast.")
    await expect(second.get_by_label("Lowest")).to_have_count(0)
    assert await faults(page) == []
    await page.get_by_role("button", name="Save").click()

    asked = page.get_by_role("region", name=re.compile("question"))
    await expect(asked.first).to_contain_text("standard question fast")
    await analyst.open(f"/surveys/{key}/edit")
    await page.get_by_role("textbox", name="Title").fill("After each call")
    await page.get_by_role("button", name="Move question 2 up").click()
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator("h1")).to_have_text("After each call")
    await expect(asked.first).to_contain_text("standard question fast")
