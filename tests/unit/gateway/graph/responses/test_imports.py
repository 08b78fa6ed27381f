"""Imports as they are known afterwards, in the public schema."""

from services.kit.errors import NotFound
from tests.unit.gateway.support.running import Platform

LIST = """{ imports(first: 1) { imports { id kind state stored } pageInfo { hasNextPage endCursor } } }"""
TAKE_BACK = """mutation ($input: TakeBackImportInput!) { takeBackImport(input: $input) {
    withdrawn remaining stays { reason count } takenBack { state } userErrors { field code } } }"""


async def test_imports_are_listed_a_page_at_a_time(platform: Platform) -> None:
    first = (await platform.data(LIST))["imports"]
    after = first["pageInfo"]["endCursor"]
    await platform.data(LIST.replace("first: 1", f'first: 1, after: "{after}"'))

    (known,) = first["imports"]
    assert (known["kind"], known["state"], first["pageInfo"]["hasNextPage"]) == (
        "responses",
        "DONE",
        True,
    )
    assert [each.after for each in platform.services.asked["ListImports"]] == ["", known["id"]]


async def test_an_import_is_taken_back(platform: Platform) -> None:
    answer = await platform.data(TAKE_BACK, input={"id": "i", "dryRun": True})

    assert answer["takeBackImport"] == {
        "withdrawn": 2,
        "remaining": 0,
        "stays": [{"reason": "CORRECTED_SINCE", "count": 1}],
        "takenBack": {"state": "TAKEN_BACK"},
        "userErrors": [],
    }
    (request,) = platform.services.asked["TakeBackImport"]
    assert (request.id, request.dry_run) == ("i", True)


async def test_an_import_that_is_not_yours_is_a_user_error(platform: Platform) -> None:
    platform.services.failures["TakeBackImport"] = NotFound(
        "no", reason="UNKNOWN_IMPORT", field=["id"]
    )

    answer = await platform.data(TAKE_BACK, input={"id": "i"})

    done = answer["takeBackImport"]
    assert done["userErrors"] == [{"field": ["id"], "code": "UNKNOWN_IMPORT"}]
    assert (done["withdrawn"], done["takenBack"]) == (0, None)
