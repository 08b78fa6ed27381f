"""Stints of employees."""

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
