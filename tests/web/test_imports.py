"""A file from suggestion to score, by the pages."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.async_api import Page, expect

from tests.support.person import Person, read_text
from tests.web.support.accessibility import faults

ROWS = 10_000
LONG_MS = 120_000
"""Ten thousand rows, twice, on a busy machine."""
BAD = {4_412: ("dept", "Care line 3"), 7_030: ("date", "31/09/2019"), 9_118: ("nps", "11")}
"""Row of the file, as a spreadsheet counts, and the cell that is wrong there."""
REFUSED = (
    "console: Failed to load resource: the server responded with a status of 400 (Bad Request)"
)
"""What a browser logs of an import whose mapping does not fit; the page says why."""
SCORE = """{ department(key: "chat") {
  scorecard(period: {from: "2019-09-01", to: "2019-10-01"}) { nps { value base } } } }"""


def write_calls(path: Path) -> None:
    """Answers of September 2019, which nobody else looks at: half of them 10, half 0, but for three bad rows."""
    lines = ["case_id,dept,date,nps,comment"]
    for row in range(2, ROWS + 2):
        cells = {
            "case_id": f"C-{row}",
            "dept": "Chat",
            "date": f"{row % 28 + 1:02}/09/2019",
            "nps": "10" if row % 2 else "0",
            "comment": "=SUM(A1) <b>thanks</b>" if row < 50 else "",
        }
        if row in BAD:
            column, wrong = BAD[row]
            cells[column] = wrong
        lines.append(",".join(cells.values()))
    path.write_text("\n".join(lines) + "\n")


async def nps_of_chat(page: Page) -> dict[str, Any]:
    """What the API says of it, asked by the page's own session."""
    answer = await page.evaluate(
        """async (query) => (await fetch("/graphql", { method: "POST", body: JSON.stringify({ query }),
          headers: { "Content-Type": "application/json", "X-CXM": "1", "X-CXM-Client": "tests" } })).json()""",
        SCORE,
    )
    found: dict[str, Any] = answer["data"]["department"]["scorecard"]["nps"]
    return found


async def test_ten_thousand_rows_with_three_bad_ones_from_suggestion_to_score(
    analyst: Person, tmp_path: Path
) -> None:
    file = tmp_path / "september calls.csv"
    write_calls(file)
    page = await analyst.open("/import")
    assert await faults(page) == []
    await page.locator("input[type=file]").set_input_files(file)

    await expect(page.locator("h1")).to_have_text("Columns of september calls.csv")
    await expect(page.get_by_label("dept becomes")).to_have_value("field:department")
    await expect(page.locator(".tbl")).to_contain_text("=SUM(A1) <b>thanks</b>")
    await expect(page.get_by_label("How days are written")).to_have_value("%d/%m/%Y")
    await page.get_by_label("comment becomes").select_option("Leave out")
    await expect(page.locator("#mapping")).not_to_have_value("comment")
    assert await faults(page) == []

    await page.get_by_role("button", name="Try", exact=True).click()
    await expect(page.locator("h1")).to_have_text(
        "9,997 rows can be stored, 3 cannot.", timeout=LONG_MS
    )
    for row, (column, wrong) in BAD.items():
        line = page.get_by_role("row", name=f"{row:,} {column}")
        await expect(line).to_contain_text(wrong)
    assert (await nps_of_chat(page))["base"] == 0
    assert await faults(page) == []
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Download the refused rows").click()
    refused = read_text(await (await download.value).path())
    assert [line.split(",")[0] for line in refused.splitlines()] == ["row", *map(str, BAD)]

    await page.get_by_role("button", name="Store 9,997 rows").click()
    await expect(page.locator("h1")).to_have_text(
        "Done: 9,997 rows stored, 3 refused.", timeout=LONG_MS
    )
    assert await faults(page) == []
    for _ in range(50):
        score = await nps_of_chat(page)
        if score["base"] == ROWS - len(BAD):
            break
        await page.wait_for_timeout(200)
    assert score["base"] == ROWS - len(BAD)
    assert abs(score["value"]) < 1
    await page.get_by_role("link", name="See the scores").click()
    await expect(page.locator("h1")).to_be_visible()


async def test_what_is_wrong_with_a_file_or_a_mapping_is_told_where_it_is(
    analyst: Person, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,parent\nOne,nowhere\n")
    page = await analyst.open("/import")
    await page.get_by_role("radio", name="Departments").check()
    await page.locator("input[type=file]").set_input_files(file)
    await expect(page.get_by_label("parent becomes")).to_have_value("field:parent")

    await page.get_by_text("The mapping as text").click()
    await page.get_by_label("Mapping", exact=True).fill("[columns\nname = 1")
    await page.get_by_role("button", name="Try", exact=True).click()
    await expect(page.locator("#mapping-wrong")).to_be_visible()
    await page.get_by_label("Mapping", exact=True).fill('[columns]\nname = "title"\n')
    await page.get_by_role("button", name="Try", exact=True).click()
    await expect(page.locator("h1")).to_have_text("It did not go through")
    await expect(page.get_by_role("alert")).to_contain_text('no column "title"')
    await expect(page.get_by_role("alert")).to_contain_text("Nothing is stored.")
    analyst.complaints.remove(REFUSED)
    assert await faults(page) == []

    await page.get_by_role("button", name="Back to the columns").click()
    await page.get_by_label("name becomes").select_option("Name")
    await page.get_by_label("parent becomes").select_option("Hangs under")
    await page.get_by_role("button", name="Try", exact=True).click()
    await expect(page.get_by_role("heading", name="1 row would be refused")).to_be_visible()
    await expect(page.get_by_role("button", name="Store")).to_have_count(0)


CHATS = "case_id,dept,date,nps\n{0}-1,Chat,05/03/2018,9\n{0}-2,Chat,06/03/2018,8\n{0}-3,Chat,07/03/2018,{1}\n"


async def attempt(page: Page) -> None:
    await page.get_by_role("button", name="Try", exact=True).click()


async def bring(person: Person, file: Path) -> Page:
    """To the columns of a file."""
    page = await person.open("/import")
    await page.locator("input[type=file]").set_input_files(file)
    await expect(page.locator("h1")).to_have_text(f"Columns of {file.name}")
    return page


async def store(page: Page, end: str) -> None:
    """Store what was tried, and go on to another file."""
    await page.get_by_role("button", name="Store").click()
    await expect(page.locator("h1")).to_have_text(end)
    await page.get_by_role("button", name="Another file").click()


async def test_stored_answers_are_corrected_when_asked_and_an_import_is_taken_back(
    analyst: Person, tmp_path: Path
) -> None:
    name = f"chats {uuid4().hex[:8]}"
    file = tmp_path / f"{name}.csv"
    file.write_text(CHATS.format(name, 7))
    page = await bring(analyst, file)
    await attempt(page)
    await store(page, "Done: 3 rows stored, 0 refused.")
    file.write_text(CHATS.format(name, 2))
    page = await bring(analyst, file)
    await page.get_by_label("Correct responses that are stored with other answers").check()
    assert await faults(page) == []
    await attempt(page)
    await expect(page.locator(".kv-in").filter(has_text="Corrected")).to_contain_text("1")
    await store(page, "Done: 1 row stored, 0 refused.")

    earlier = page.locator("aside .items > li").filter(has_text=file.name)
    await expect(earlier).to_have_count(2)
    first = earlier.filter(has_text="stored: 3, refused: 0")
    await expect(first).to_contain_text("Finished")
    await expect(first).to_contain_text("by you")
    await first.get_by_role("button", name="Take back").click()
    await expect(first).to_contain_text("Would be withdrawn: 2.")
    await expect(first).to_contain_text("Stay, because they were corrected since: 1")
    await expect(first).to_contain_text("never comes back")
    assert await faults(page) == []
    await first.get_by_role("button", name="Take it back now").click()
    await expect(page.locator("aside [role=status].note-bar")).to_contain_text(
        "Withdrawn responses: 2."
    )
    await expect(first).to_contain_text("Taken back")
    await expect(first.get_by_role("button")).to_have_count(0)
    assert await faults(page) == []

    page = await bring(analyst, file)
    await attempt(page)
    await expect(page.locator("h1")).to_have_text("Nothing new: all rows are here already.")


async def test_a_file_that_replaces_says_whose_times_of_work_would_change(
    admin: Person, tmp_path: Path
) -> None:
    who = uuid4().hex[:8]
    file = tmp_path / "staff of 2010.csv"
    header = "employee_id,department,start_date,end_date\n"
    file.write_text(f"{header}{who},Chat,2010-01-04,2010-06-30\n")
    page = await admin.open("/import")
    await page.get_by_role("radio", name="Employees").check()
    await page.locator("input[type=file]").set_input_files(file)
    await attempt(page)
    await store(page, "Done: 1 row stored, 0 refused.")
    file.write_text(f"{header}{who},Chat,2010-02-01,2010-06-30\n")
    await page.get_by_role("radio", name="Employees").check()
    await page.locator("input[type=file]").set_input_files(file)
    await page.get_by_label("Replace all that is stored of the people in the file").check()
    await attempt(page)

    row = page.get_by_role("row", name=who)
    await expect(row).to_contain_text("chat, 2010-01-04 to 2010-06-30")
    await expect(row).to_contain_text("chat, 2010-02-01 to 2010-06-30")
    assert await faults(page) == []


async def test_a_total_is_told_as_one_and_not_as_left_out_by_the_mapping(
    analyst: Person, tmp_path: Path
) -> None:
    file = tmp_path / "with a total.csv"
    file.write_text("case_id,dept,nps\nT-1,Chat,9\nT-2,Chat,8\nTotal,,17\n")
    page = await bring(analyst, file)
    await attempt(page)

    await expect(page.locator(".kv-in").filter(has_text="Left out as totals")).to_contain_text("1")
    await expect(page.locator(".kv-in").filter(has_text="by the mapping")).to_have_count(0)
    await expect(page.locator("aside .items")).to_contain_text(
        '1 row at the end sums up the others ("Total")'
    )
    assert await faults(page) == []
