"""Stints of employees."""

from services.kit.errors import Conflict, NotFound
from tests.unit.gateway.support.running import Platform


async def test_employees_are_recorded_by_stint(platform: Platform) -> None:
    answer = await platform.data(
        """mutation ($input: UpsertEmployeesInput!) { upsertEmployees(input: $input) {
            results { index key status } userErrors { code } } }""",
        input={
            "employees": [
                {"id": "7", "department": "a", "startedOn": "2026-01-01", "leftOn": "2026-02-01"},
                {"id": "8", "department": "a", "startedOn": "1969-12-31"},
            ]
        },
    )

    assert [result["key"] for result in answer["upsertEmployees"]["results"]] == ["7", "8"]
    (request,) = platform.services.asked["UpsertEmployees"]
    assert [item.started_day for item in request.items] == [20454, -1]
    assert [item.HasField("left_day") for item in request.items] == [True, False]


async def test_a_stint_is_corrected_and_removed(platform: Platform) -> None:
    answer = await platform.data(
        """mutation ($stint: CorrectStintInput!, $none: RemoveStintInput!) {
            correctStint(input: $stint) { changed userErrors { code } }
            removeStint(input: $none) { changed userErrors { code } } }""",
        stint={
            "id": "7",
            "startedOn": "2026-01-02",
            "correct": {"department": "a", "startedOn": "2026-01-01"},
        },
        none={"id": "7", "startedOn": "1970-01-02"},
    )

    assert answer["correctStint"] == {"changed": True, "userErrors": []}
    assert answer["removeStint"] == {"changed": False, "userErrors": []}
    (correct,), (remove,) = (platform.services.asked[n] for n in ("CorrectStint", "RemoveStint"))
    assert (correct.started_day, correct.stint.employee, correct.stint.started_day) == (
        20455,
        "7",
        20454,
    )
    assert not correct.stint.HasField("left_day")
    assert (remove.employee, remove.started_day) == ("7", 1)


async def test_why_a_stint_is_not_corrected_names_the_input(platform: Platform) -> None:
    platform.services.failures["RemoveStint"] = Conflict(
        "no", reason="OVERLAP", field=["started_day"]
    )

    answer = await platform.data(
        "mutation ($none: RemoveStintInput!) {"
        " removeStint(input: $none) { changed userErrors { code field } } }",
        none={"id": "7", "startedOn": "1970-01-02"},
    )

    errors = [{"code": "OVERLAP", "field": ["startedOn"]}]
    assert answer["removeStint"] == {"changed": False, "userErrors": errors}


async def test_details_go_with_a_stint_or_by_themselves(platform: Platform) -> None:
    said = {"email": "a@b.org", "attributes": [{"name": "level", "value": "3"}]}
    stint = {"id": "7", "department": "a", "startedOn": "2026-01-01"}
    answer = await platform.data(
        """mutation ($stints: UpsertEmployeesInput!, $details: SetEmployeeDetailsInput!) {
            upsertEmployees(input: $stints) { results { status } }
            setEmployeeDetails(input: $details) { results { key status } userErrors { code } } }""",
        stints={"employees": [stint | said, stint | {"id": "8"}]},
        details={"employees": [{"id": "7", "language": "lv", "subject": ""}]},
    )

    assert answer["setEmployeeDetails"]["results"] == [{"key": "7", "status": "STORED"}]
    (stints,), (details,) = (
        platform.services.asked[name] for name in ("UpsertEmployees", "SetEmployeeDetails")
    )
    assert stints.items[0].details.email == "a@b.org"
    assert dict(stints.items[0].details.attributes) == {"level": "3"}
    assert not stints.items[0].details.HasField("subject")
    assert not stints.items[1].HasField("details")
    assert details.items[0].details.language == "lv"
    assert details.items[0].details.HasField("subject")
    assert not details.items[0].details.HasField("email")


async def test_an_employee_is_erased(platform: Platform) -> None:
    answer = await platform.data(
        'mutation { eraseEmployee(input: {id: "7"}) { erased userErrors { code } } }'
    )

    assert answer["eraseEmployee"] == {"erased": True, "userErrors": []}
    assert platform.services.asked["EraseEmployee"][0].employee == "7"


async def test_who_is_not_there_is_not_erased_without_a_word(platform: Platform) -> None:
    unknown = NotFound("nobody", reason="UNKNOWN_EMPLOYEE", field=["employee"])
    platform.services.failures["EraseEmployee"] = unknown
    answer = await platform.data(
        'mutation { eraseEmployee(input: {id: "8"}) { erased userErrors { code field } } }'
    )

    errors = [{"code": "UNKNOWN_EMPLOYEE", "field": ["id"]}]
    assert answer["eraseEmployee"] == {"erased": False, "userErrors": errors}
