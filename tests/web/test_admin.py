"""Rights, the audit log and how the platform runs: pages of those who run it."""

from playwright.async_api import Route, expect

from tests.support.person import Person, Persons
from tests.web.support.accessibility import faults

NOT_FOUND = "This page was not found"


async def test_an_admin_gives_changes_and_ends_a_right(admin: Person) -> None:
    page = await admin.open("/people")
    await page.get_by_role("button", name="Give it").click()
    await expect(page.locator(".fld .wrong").first).to_have_text("Say who.")
    await page.get_by_label("Who", exact=True).fill("oidc:lina")
    await page.get_by_role("button", name="Give it").click()
    await expect(page.locator(".fld .wrong")).to_have_text("Choose the department.")
    await expect(page.locator("p.pick")).to_have_count(0)
    await page.get_by_label("For", exact=True).fill("ollecti")
    await page.get_by_role("button", name="Collections").click()
    await expect(page.locator("p.pick")).to_contain_text("lina will see scores")
    await expect(page.locator("p.pick")).to_contain_text("of: Collections")
    assert await faults(page) == []
    await page.get_by_role("button", name="Give it").click()
    row = page.get_by_role("row", name="oidc:lina")
    await expect(row).to_contain_text("Collections")

    await page.get_by_label("Person, account or department").fill("ollections")
    await expect(page.get_by_role("row", name="Whole organisation").first).to_be_visible()
    await page.get_by_label("Person, account or department").fill("")
    await row.get_by_role("button", name="Name, e-mail").click()
    await page.get_by_label("Name", exact=True).fill("Lina Bērziņa")
    await page.get_by_role("button", name="Save").click()
    await expect(row).to_contain_text("Lina Bērziņa")
    await row.get_by_role("button", name="Change days").click()
    await page.get_by_label("Last day").fill("2040-02-29")
    await page.get_by_role("button", name="Save the days").click()
    await expect(row).to_contain_text("29 February 2040")
    await page.get_by_label("Person, account or department").fill("BĒRZ")
    await expect(page.locator("tbody tr")).to_have_count(1)

    await row.get_by_role("button", name="End …").click()
    await expect(page.get_by_text("will no longer be Department head")).to_be_visible()
    assert await faults(page) == []
    await page.get_by_role("button", name="End it now").click()
    await expect(page.get_by_role("row", name="oidc:lina")).to_have_count(0)


async def test_rights_are_there_where_names_cannot_be_read(admin: Person) -> None:
    async def no_names(route: Route) -> None:
        if "query Users" not in (route.request.post_data or ""):
            await route.continue_()
            return
        error = {"message": "away", "extensions": {"code": "UNAVAILABLE"}}
        await route.fulfill(json={"data": {"users": None}, "errors": [error]})

    await admin.page.route("**/graphql", no_names)
    page = await admin.open("/people")

    await expect(page.get_by_role("alert")).to_contain_text("names of people")
    await expect(page.locator("tbody tr").first).to_be_visible()
    assert await faults(page) == []


async def test_ending_the_last_admins_right_is_warned_of(admin: Person) -> None:
    page = await admin.open("/people")
    await page.get_by_label("Who", exact=True).fill("oidc:only-admin")
    await page.get_by_label("Role", exact=True).last.select_option("ADMIN")
    await page.get_by_role("button", name="Give it").click()
    row = page.get_by_role("row", name="oidc:only-admin")

    await row.get_by_role("button", name="End …").click()

    await expect(page.locator("aside .wrong")).to_contain_text("last administrator")
    await page.get_by_role("button", name="End it now").click()
    await expect(row).to_have_count(0)


async def test_a_privacy_officer_reads_who_did_what(persons: Persons) -> None:
    officer = await persons.sign_in("privacy_officer")
    page = await officer.open("/audit")
    await expect(page.locator("tbody tr").first).to_contain_text("signed in by a link")
    await page.get_by_label("Did what").select_option(label="created a survey")
    await expect(page.locator("tbody tr").first).to_contain_text("created a survey")
    await expect(page.locator("tbody")).not_to_contain_text("signed in")
    assert await faults(page) == []
    await page.get_by_label("Who did it").fill("nobody-of-this-name")
    await page.get_by_role("button", name="Search", exact=True).click()
    await expect(page.get_by_role("heading", name="No entry")).to_be_visible()
    assert await faults(page) == []
    assert "nobody" not in page.url
    await page.get_by_role("button", name="Search everything").click()
    await expect(page.locator("tbody tr").first).to_be_visible()
    for path in ("/people", "/system"):
        await officer.open(path)
        await expect(page.locator("h1")).to_have_text(NOT_FOUND)


async def test_an_operator_compares_counts_anew_and_tries_again(persons: Persons) -> None:
    operator = await persons.sign_in("operator")
    page = await operator.open("/system")
    await expect(page.locator("h1")).to_have_text("Everything runs.")
    await expect(page.get_by_text("No message was given up.")).to_be_visible()
    await page.get_by_role("button", name="Compare now").click()
    await expect(page.get_by_text("No difference.")).to_be_visible()
    await page.get_by_role("button", name="Count everything anew …").click()
    await expect(page.get_by_text("Every stored answer is read again.")).to_be_visible()
    assert await faults(page) == []
    await page.get_by_role("button", name="Count anew now").click()
    await expect(page.get_by_text("Done. Answers taken over:")).to_be_visible()
    await page.get_by_role("button", name="Try them again").click()
    await expect(page.get_by_text("There was none to try again.")).to_be_visible()
    for path in ("/people", "/audit"):
        await operator.open(path)
        await expect(page.locator("h1")).to_have_text(NOT_FOUND)
    await expect(page.get_by_role("link", name="Go to System")).to_be_visible()
