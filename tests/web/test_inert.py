"""Names and words that others gave are text on every page and in every file, whatever stands in them."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Browser, expect

from tests.support.person import Person, Persons, read_text
from tests.support.platform import Running
from tests.web.support.inert import ALL, BIDI, EMBED, FORMULA, HARM, SCRIPT, SHOWN

FILL = """mutation ($departments: UpsertDepartmentsInput!, $touchpoints: UpsertTouchpointsInput!,
    $metric: RegisterMetricInput!, $grants: UpsertGrantsInput!, $users: UpsertUsersInput!,
    $responses: SubmitResponsesInput!) {
  upsertDepartments(input: $departments) { results { status } }
  upsertTouchpoints(input: $touchpoints) { results { status } }
  registerMetric(input: $metric) { userErrors { message } }
  upsertGrants(input: $grants) { results { status } }
  upsertUsers(input: $users) { results { status } }
  submitResponses(input: $responses) { results { status userErrors { message } } } }"""


def fill(demo: Running, key: str) -> None:
    """A department, a touchpoint, a metric, a user and comments with such names and words, under Win-back.

    Names of metrics and users are printable, or refused: no such text turns a direction.
    """
    answers = [{"question": "recommend", "score": 0}, {"question": "comment", "text": ALL}]
    given: dict[str, Any] = {
        "departments": {
            "departments": [
                {"key": key, "name": ALL, "parent": "win-back"},
                {"key": f"{key}-below", "name": FORMULA, "parent": key},
            ]
        },
        "touchpoints": {
            "touchpoints": [
                {"key": key, "name": ALL, "department": f"{key}-below", "stage": "loyalty"}
            ]
        },
        "metric": {
            "key": key,
            "name": SCRIPT,
            "item": {"kind": "NPS"},
            "statistic": "SHARE",
            "answers": ["10"],
        },
        "grants": {"grants": [{"subject": f"oidc:{key}", "role": "ANALYST", "department": key}]},
        "users": {"users": [{"subject": f"oidc:{key}", "name": SCRIPT}]},
        "responses": {
            "responses": [
                {"survey": "service-feedback", "touchpoint": key, "answers": answers}
                for _ in range(12)
            ]
        },
    }
    filled = demo.ask(FILL, given)
    assert {result["status"] for result in filled["submitResponses"]["results"]} == {"STORED"}, (
        filled
    )


async def harm(person: Person) -> list[str]:
    found: list[str] = await person.page.evaluate(HARM)
    return found


async def test_what_is_named_and_written_is_text_on_every_page(
    demo: Running, admin: Person
) -> None:
    key = f"inert-{uuid4().hex[:8]}"
    fill(demo, key)
    place = f"department={key}"
    wrong = []
    for path, expected in {
        f"/departments/{key}": (ALL, FORMULA),
        f"/tree?{place}": (ALL,),
        f"/journey?{place}": (ALL,),
        f"/comments?{place}": (ALL, FORMULA),
        f"/answers?{place}": (ALL, FORMULA),
        "/metrics": (SCRIPT,),
        "/people": (SCRIPT,),
        "/audit": (key,),
        f"/exports?{place}": (),
    }.items():
        page = await admin.open(path)
        shown = await page.evaluate(SHOWN)
        wrong += [f"{path}: lacks {text}" for text in expected if text not in shown]
        wrong += [f"{path}: {harm}" for harm in await harm(admin)]
    assert not wrong, "\n".join(wrong)

    await admin.open(f"/departments/{key}")
    await page.keyboard.press("/")
    await page.keyboard.type("onerror")
    await expect(page.locator("#search ul a").first).to_be_visible()
    assert await harm(admin) == []
    await page.keyboard.press("Escape")
    await page.locator(".crumbs summary").click()
    assert await harm(admin) == []
    await page.locator(".crumbs summary").click()
    part = page.locator("#parts")
    async with page.expect_download() as saving:
        await part.get_by_role("button", name="CSV").click()
    lines = read_text(Path(await (await saving.value).path())).splitlines()
    assert any(line.startswith("\"'=HYPERLINK(") for line in lines), lines
    assert not any(line.startswith(("=", '"=')) for line in lines), lines


async def test_names_of_files_and_refused_cells_are_text(analyst: Person, tmp_path: Path) -> None:
    file = tmp_path / f"{BIDI}<img src=x onerror=hurt=1>.csv"
    file.write_text(
        f'case_id,dept,date,nps\nC-1,"{SCRIPT.replace(chr(34), chr(34) * 2)}",2019-09-01,{BIDI}\n'
    )
    page = await analyst.open("/import")
    await page.locator("input[type=file]").set_input_files(file)
    await expect(page.locator("h1")).to_contain_text("<img src=x onerror=hurt=1>.csv")
    assert await harm(analyst) == []

    await page.get_by_role("button", name="Try", exact=True).click()
    await expect(page.get_by_role("heading", name="1 row would be refused")).to_be_visible()
    assert await harm(analyst) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [(SCRIPT, "a script ran"), (SCRIPT, "a text became elements"), (BIDI, "turns what stands")],
)
async def test_a_page_that_took_them_for_more_would_be_seen(
    persons: Persons, browser: Browser, text: str, seen: str
) -> None:
    """The control: the same page, the same detector, no policy, and a text put in as HTML."""
    person = await persons.sign_in("analyst", bypass_csp=True)
    page = await person.open("/me")
    assert await harm(person) == []

    await page.evaluate(EMBED, text)
    await page.wait_for_function("text => !text.includes('onerror') || window.hurt === 1", arg=text)

    assert any(seen in one for one in await harm(person))
    person.complaints.clear()  # the picture that is not there
