"""Results of staff: what a head reads of a wave, what is withheld, and the words of staff."""

from playwright.async_api import expect

from tests.support.person import Person
from tests.support.platform import Running
from tests.web.support.accessibility import faults

WITHHELD = "Withheld to protect people"
ABSENT = "here by themselves."
NEWER = """mutation { upsertDepartments(input: {departments: [
  {key: "newer-than-waves", name: "Newer than the waves", parent: "root"}]}) { userErrors { message } } }"""


async def test_a_head_reads_what_staff_said_question_by_question_and_what_changed(
    head: Person,
) -> None:
    page = await head.open("/staff")

    card = page.get_by_role("article", name="Would recommend working here")
    await expect(card.locator(".hero")).to_be_visible()
    await expect(card.locator(".facts")).to_contain_text("took part")
    await expect(card.locator(".facts")).to_contain_text("smallest group shown: 5")
    questions = page.get_by_role("region", name="Question by question")
    await expect(questions.locator(".row").first.locator(".num")).to_contain_text("%")
    await expect(page.locator("main")).to_contain_text("never change afterwards")
    assert await faults(page) == []

    await page.locator("#tools summary").click()
    await page.locator("#tools .panel ul").first.get_by_role("button").nth(1).click()
    await expect(page).to_have_url(f"{head.url}{page.url.removeprefix(head.url)}")
    assert "wave=" in page.url


async def test_what_is_withheld_looks_alike_and_says_where_it_is_counted(analyst: Person) -> None:
    page = await analyst.open("/staff")

    below = page.get_by_role("region", name="Departments below")
    await expect(below.locator("tbody tr").first).to_be_visible()
    hatched = page.locator(".hatch")
    for text in await hatched.all_inner_texts():
        assert text.startswith(WITHHELD)
    await page.get_by_role("link", name="Why some staff numbers are withheld").click()
    await expect(page.locator("#staff")).to_contain_text("by subtracting")


async def test_words_of_staff_have_no_date_and_no_score_and_can_be_searched(
    analyst: Person,
) -> None:
    page = await analyst.open("/staff/words")

    await expect(page.locator("h1")).to_contain_text("from staff in")
    await expect(page.locator(".quotes li").first).to_be_visible()
    assert await page.locator(".quotes .meta").count() == 0
    word = (await page.locator(".quotes blockquote").first.inner_text()).split()[0]
    await page.get_by_label("Search the words").fill(word)
    await page.get_by_role("button", name="Search", exact=True).click()
    await expect(page.locator(".quotes mark").first).to_have_text(word)
    assert word not in page.url
    assert await faults(page) == []


async def test_the_scorecard_leads_to_the_wave_its_staff_numbers_are_of(head: Person) -> None:
    page = await head.open("/departments/billing")

    side = page.locator("section.ex")
    await expect(side.get_by_role("article", name="Would recommend working here")).to_be_visible()
    await side.locator(".col-h a").click()
    await expect(page.get_by_role("article", name="Engaged")).to_be_visible()


async def test_of_a_department_that_is_newer_than_the_wave_nobody_says_that_nobody_was_asked(
    demo: Running, admin: Person
) -> None:
    """Nor that no wave was there, or that it could not be read."""
    demo.ask(NEWER)

    for address in ("/staff", "/staff/words", "/departments/newer-than-waves"):
        page = await admin.open(f"{address}?department=newer-than-waves")
        await expect(page.locator("main")).to_contain_text(ABSENT)
        for untrue in ("No wave of staff", "could not be read", "was not asked"):
            await expect(page.locator("main")).not_to_contain_text(untrue)
