"""Comments, and the answers behind a number: from a number to the words, and what a page never does."""

import re

import httpx
from playwright.async_api import expect

from tests.support.person import Person, Persons
from tests.support.platform import Running
from tests.web.support.accessibility import faults
from tests.web.support.periods import YEAR

INERT = '<img src=x onerror="document.title=\'hit\'"><script>document.title="hit"</script> ‮kiwi'
SUBMIT = """mutation ($input: SubmitResponsesInput!) {
  submitResponses(input: $input) { results { status } userErrors { code } } }"""


async def write(demo: Running, touchpoint: str, text: str) -> None:
    """A customer who gives 0 and writes."""
    response = {
        "survey": "service-feedback",
        "touchpoint": touchpoint,
        "answers": [{"question": "recommend", "score": 0}, {"question": "comment", "text": text}],
    }
    async with httpx.AsyncClient() as client:
        reply = await client.post(
            f"{demo.url}/graphql",
            json={"query": SUBMIT, "variables": {"input": {"responses": [response]}}},
            headers={"Authorization": f"Bearer {demo.token('integration')}"},
        )
    [result] = reply.json()["data"]["submitResponses"]["results"]
    assert result["status"] == "STORED"


async def test_a_head_goes_from_the_number_to_the_words_and_the_answers(head: Person) -> None:
    page = await head.open(f"/departments/billing?{YEAR}")

    await page.locator(".todo a").first.click()
    await expect(page).to_have_url(re.compile("/comments.*touchpoint="))
    await expect(page.locator("h1")).to_contain_text("from customers")
    await expect(page.locator(".quotes li").first.locator("b")).to_contain_text("of 10")

    await page.get_by_label("Touchpoint").select_option("")
    await page.get_by_role("button", name="Unhappy, 0 to 6").click()
    scores = page.locator(".quotes li b")
    await expect(scores).not_to_have_count(0)
    await head.settled()
    assert {int(text.split()[0]) <= 6 for text in await scores.all_inner_texts()} == {True}

    await page.goto(f"{head.url}/departments/billing?{YEAR}")
    await page.get_by_role("link", name="See the answers").click()
    await expect(page.locator("h1")).to_contain_text("behind “Would recommend us”")
    responses = page.locator(".quotes > li")
    await expect(responses).to_have_count(20)
    await expect(responses.first.locator("dd").first).not_to_be_empty()
    await page.get_by_role("button", name="Show more").click()
    await expect(responses).to_have_count(40)


async def test_a_head_reads_the_own_departments_only(head: Person, analyst: Person) -> None:
    page = await head.open(f"/comments?department=root&{YEAR}")
    await expect(page.locator("h1")).to_contain_text("not found", ignore_case=True)
    await expect(page.locator(".quotes")).to_have_count(0)

    page = await analyst.open(f"/comments?department=root&{YEAR}")
    await expect(page.locator(".quotes li").first).to_be_visible()


async def test_what_is_searched_is_marked_and_inert_and_in_no_address(
    demo: Running, analyst: Person
) -> None:
    await write(demo, "loyalty-offer", INERT)
    page = await analyst.open("/comments?department=win-back")

    await page.get_by_label("Search the comments").fill("ONERROR")
    await page.get_by_role("button", name="Search", exact=True).click()

    await expect(page.locator("mark")).to_have_text("onerror")
    await expect(page.locator(".quotes blockquote")).to_have_text(INERT)
    assert await page.locator(".quotes img, .quotes script").count() == 0
    assert await page.title() == "Comments · cxm"
    assert "onerror" not in page.url.lower()

    await page.get_by_label("Search the comments").fill("no such words")
    await page.get_by_role("button", name="Search", exact=True).click()
    await expect(page.locator(".few")).to_contain_text("No comment has “no such words”")
    assert await faults(page) == []
    await page.get_by_role("button", name="Show all").click()
    await expect(page.locator(".quotes li").first).to_be_visible()


async def test_who_may_not_read_responses_has_no_such_page(persons: Persons) -> None:
    operator = await persons.sign_in("operator")
    for path in ("/comments", "/answers", "/journey"):
        page = await operator.open(path)
        await expect(page.locator("h1")).to_contain_text("not found", ignore_case=True)


async def test_comments_and_answers_are_accessible(analyst: Person) -> None:
    for path in (
        "/comments?department=root&from=2001-01-01&to=2001-04-01",
        f"/answers?department=billing&stage=post-purchase&{YEAR}",
        "/answers?department=billing&from=2001-01-01&to=2001-04-01",
    ):
        page = await analyst.open(path)

        assert await faults(page) == [], path
