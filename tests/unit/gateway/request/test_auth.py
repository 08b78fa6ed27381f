"""Tokens: who is asking, and in whose name services are called."""

import pytest

from services.kit.rights.access import ANONYMOUS, Grant, Role, Viewer, service_viewer
from services.kit.rights.tokens import EMBEDDED_ISSUER, GATEWAY, PUBLIC_AUDIENCE, Signer, new_key
from tests.unit.gateway.support.running import Platform

SUBMIT = """mutation ($survey: String!) { submitResponse(input: {
    survey: $survey, answers: [{question: "recommend", score: 9}]}) {
    response { id } userErrors { code } } }"""
ROOT_FIELDS = {
    "organization": "{ organization { key } }",
    "department": '{ department(key: "d0") { key } }',
    "departments": "{ departments { totalCount } }",
    "survey": '{ survey(key: "a") { key } }',
    "surveys": "{ surveys { totalCount } }",
    "metricDefinitions": "{ metricDefinitions { key } }",
    "viewer": "{ viewer { subject } }",
    "node": '{ node(id: "x") { id } }',
    "upsertDepartments": "mutation { upsertDepartments(input: {departments: "
    '[{key: "a", name: "a"}]}) { userErrors { code } } }',
    "createSurvey": 'mutation { createSurvey(input: {key: "a", title: "a", questions: []}) '
    "{ userErrors { code } } }",
    "upsertEmployees": 'mutation { upsertEmployees(input: {employees: [{id: "1", department: "a", '
    'startedOn: "2026-01-01"}]}) { userErrors { code } } }',
    "moveDepartment": 'mutation { moveDepartment(input: {department: "a", parent: "b", '
    'from: "2026-01-01"}) { userErrors { code } } }',
    "upsertTouchpoints": "mutation { upsertTouchpoints(input: {touchpoints: "
    '[{key: "a", name: "a", department: "a"}]}) { userErrors { code } } }',
}


@pytest.mark.parametrize("query", ROOT_FIELDS.values(), ids=ROOT_FIELDS)
async def test_without_a_token_nothing_can_be_read_or_changed(
    platform: Platform, query: str
) -> None:
    answer = await platform.post(query)

    assert answer.status_code == 401
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "UNAUTHENTICATED"
    assert not platform.services.asked


async def test_without_a_token_the_schema_can_be_read(platform: Platform) -> None:
    answer = await platform.post('{ __typename __type(name: "Score") { name } }')

    assert answer.json() == {"data": {"__typename": "Query", "__type": {"name": "Score"}}}


async def test_a_public_survey_needs_no_token(platform: Platform) -> None:
    answer = await platform.post(SUBMIT, survey="public")

    assert answer.json()["data"]["submitResponse"]["response"]["id"]
    assert platform.services.viewers == [ANONYMOUS]


async def test_another_survey_says_that_it_needs_one(platform: Platform) -> None:
    assert await platform.codes(SUBMIT, survey="staff") == ["UNAUTHENTICATED"]


def foreign_tokens(platform: Platform) -> dict[str, str]:
    person = Viewer("eve", (Grant(Role.ADMIN),))
    issuer, stranger = platform.issuer, Signer(new_key(EMBEDDED_ISSUER))
    return {
        "expired": issuer.mint(
            person, issuer=EMBEDDED_ISSUER, audience=PUBLIC_AUDIENCE, seconds=-1
        ),
        "of another key": stranger.mint(
            person, issuer=EMBEDDED_ISSUER, audience=PUBLIC_AUDIENCE, seconds=60
        ),
        "of another issuer": issuer.mint(
            person, issuer=GATEWAY, audience=PUBLIC_AUDIENCE, seconds=60
        ),
        "for somebody else": issuer.mint(
            person, issuer=EMBEDDED_ISSUER, audience="profile", seconds=60
        ),
        "of a service": issuer.mint(
            service_viewer(GATEWAY), issuer=EMBEDDED_ISSUER, audience=PUBLIC_AUDIENCE, seconds=60
        ),
        "garbage": "garbage",
        "empty": "",
    }


@pytest.mark.parametrize(
    "kind",
    [
        "expired",
        "of another key",
        "of another issuer",
        "for somebody else",
        "of a service",
        "garbage",
        "empty",
    ],
)
async def test_a_token_that_does_not_hold_stops_the_whole_request(
    platform: Platform, kind: str
) -> None:
    header = f"Bearer {foreign_tokens(platform)[kind]}"

    answer = await platform.post("{ __typename }", header)
    lenient = await platform.http.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"authorization": header}
    )

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert lenient.status_code == 200
    for content in (answer.json(), lenient.json()):
        assert "data" not in content
        assert content["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "token"])
async def test_another_scheme_is_not_taken_for_anonymous(platform: Platform, header: str) -> None:
    assert (await platform.post("{ __typename }", header)).status_code == 401


async def test_services_are_called_in_the_viewers_name_with_a_short_token(
    platform: Platform,
) -> None:
    await platform.post("{ organization { key } }", platform.bearer(Role.ANALYST, "ann"))

    assert platform.services.viewers == [Viewer("ann", (Grant(Role.ANALYST),))]
    minted = platform.gateway.clients.credentials.minted
    assert [service for _, service in minted] == ["profile"]


async def test_a_viewer_reads_who_it_is(platform: Platform) -> None:
    answer = await platform.data(
        "{ viewer { subject timeZone grants { role department from to } departments { key } } }"
    )

    assert answer["viewer"] == {
        "subject": "ann",
        "timeZone": "Europe/Riga",
        "grants": [{"role": "ADMIN", "department": None, "from": None, "to": None}],
        "departments": [{"key": "root"}],
    }


async def test_what_a_role_does_not_allow_is_forbidden(platform: Platform) -> None:
    query = ROOT_FIELDS["upsertDepartments"]

    assert await platform.codes(query, platform.bearer(Role.ANALYST)) == ["FORBIDDEN"]
    assert await platform.codes(query, platform.bearer(Role.ADMIN)) == []
