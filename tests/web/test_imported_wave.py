"""A staff wave that was measured elsewhere, without eNPS: on the scorecard, on its own page and in the list."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.support.person import Person
from tests.support.platform import Running, cxm
from tests.web.support.accessibility import faults

KEY = "measured-elsewhere"
NAME = "Measured elsewhere"
BRANCH = """mutation { upsertDepartments(input: {departments: [
  {key: "branch", name: "Branch", parent: "root"}]}) { userErrors { message } } }"""
MAPPING = Path("infra/mappings/staff_waves.toml")


@pytest.fixture
def branch(demo: Running, tmp_path: Path) -> str:
    """A department of which nothing is known but what such a file says."""
    demo.ask(BRANCH)
    wave = f"{KEY},{NAME},2024-05-06,2024-05-17,branch"  # no page of another test opens with it
    file = tmp_path / "wave.csv"
    file.write_text(
        "wave,name,opened_on,closed_on,department,item,n,value,low,high\n"
        f"{wave},engagement,44,0.71,,\n{wave},participationRate,60,0.73,,\n"
    )
    done = cxm(
        "import", "wave", str(file), "--mapping", str(MAPPING), "--url", demo.url,
        CXM_TOKEN=demo.token("analyst"),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return "branch"


async def test_without_enps_an_index_leads_and_the_page_of_the_wave_promises_nothing(
    branch: str, analyst: Person
) -> None:
    page = await analyst.open(f"/departments/{branch}?from=2024-04-01&to=2024-07-01")
    staff = page.locator("section.ex")
    lead = staff.get_by_role("article")
    await expect(lead).to_have_count(1)
    await expect(lead).to_contain_text("Engaged")
    await expect(lead).to_contain_text("71")
    await expect(lead).to_contain_text("took part")
    await expect(staff).to_contain_text(NAME)
    await expect(staff.locator(".rows")).to_contain_text("73")
    assert await faults(page) == []

    page = await analyst.open(f"/staff?department={branch}")
    await expect(page.locator("main")).to_contain_text("71")
    await expect(page.get_by_role("article", name="Would recommend working here")).to_have_count(0)

    page = await analyst.open("/waves")
    await page.get_by_role("link", name=NAME).click()
    await expect(page.locator("h1")).to_contain_text(NAME)
    await expect(page.locator("main")).to_contain_text("mported")
    await expect(page.locator("main")).not_to_contain_text("promise")
    assert await faults(page) == []
