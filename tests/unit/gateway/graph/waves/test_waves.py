"""Waves: who may read what of them is their service's; the gateway shows it, and sends what is planned."""

import pytest

from cxm.employee_exp.v1 import waves_pb2 as pb
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.stub_waves import wave

WAVE = """key state kind name names { text } language languages questions { key kind text texts { language text } }
  departments k dimensions opensAt closesAt reminders repeatMonths openedAt closedAt releasedAt closedEarlyBecause
  invited linksSent linksSpent imported report { answered planHash lostBecause ballotsEndAt }"""


@pytest.fixture(autouse=True)
def waves(platform: Platform) -> None:
    platform.services.waves = [
        wave("winter", pb.WAVE_STATE_DRAFT),
        wave("autumn", pb.WAVE_STATE_OPEN),
        wave("summer", pb.WAVE_STATE_RELEASED),
    ]


async def test_a_wave_is_shown_as_it_was_planned(platform: Platform) -> None:
    found = (await platform.data(f'{{ wave(key: "winter") {{ {WAVE} }} }}'))["wave"]

    assert found.pop("questions") == [
        {"key": "recommend", "kind": "ENPS", "text": "Recommend", "texts": []},
        {
            "key": "heard",
            "kind": "AGREEMENT",
            "text": "Heard",
            "texts": [{"language": "lv", "text": "Dzird"}],
        },
        {"key": "fair", "kind": "SENSITIVE", "text": "Fair", "texts": []},
        {"key": "words", "kind": "TEXT", "text": "Words", "texts": []},
    ]
    assert found == {
        "key": "winter",
        "state": "DRAFT",
        "kind": "PULSE",
        "name": "Winter",
        "names": [],
        "language": "en",
        "languages": ["en", "lv"],
        "departments": [],
        "k": 5,
        "dimensions": ["place"],
        "closesAt": "2026-09-21T14:13:20Z",
        "reminders": [3],
        "imported": False,
        **dict.fromkeys(
            ("opensAt", "repeatMonths", "openedAt", "closedAt", "releasedAt", "closedEarlyBecause")
        ),
        **dict.fromkeys(("invited", "linksSent", "linksSpent", "report")),
    }


async def test_counts_of_links_are_shown_as_far_as_they_are_told(platform: Platform) -> None:
    autumn, summer = platform.services.waves[1:]
    autumn.invited, autumn.links_sent = 652, 0
    summer.invited, summer.links_sent, summer.links_spent = 652, 650, 0
    summer.report.answered, summer.report.plan_hash = 486, "9f2c"
    fields = "invited linksSent linksSpent report { answered planHash lostBecause ballotsEndAt }"

    answer = await platform.data(
        '{ autumn: wave(key: "autumn") { %s } summer: wave(key: "summer") { %s } }'  # noqa: UP031
        % (fields, fields)
    )

    assert answer["autumn"] == {
        "invited": 652,
        "linksSent": 0,
        "linksSpent": None,
        "report": None,
    }
    assert answer["summer"] == {
        "invited": 652,
        "linksSent": 650,
        "linksSpent": 0,
        "report": {
            "answered": 486,
            "planHash": "9f2c",
            "lostBecause": None,
            "ballotsEndAt": None,
        },
    }


async def test_waves_are_paged_and_found_again_by_their_ids(platform: Platform) -> None:
    page = "{ edges { cursor node { id key } } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount }"
    first = (await platform.data("{ waves(first: 2) %s }" % page))["waves"]  # noqa: UP031
    after = first["pageInfo"]["endCursor"]
    rest = (
        await platform.data("query ($a: String) { waves(first: 2, after: $a) %s }" % page, a=after)  # noqa: UP031
    )["waves"]

    assert [edge["node"]["key"] for edge in first["edges"]] == ["winter", "autumn"]
    assert [edge["node"]["key"] for edge in rest["edges"]] == ["summer"]
    assert [first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]] == [True, False]
    assert [first["pageInfo"]["hasPreviousPage"], rest["pageInfo"]["hasPreviousPage"]] == [
        False,
        True,
    ]
    assert first["totalCount"] == 3
    again = await platform.data(
        "query ($id: ID!) { node(id: $id) { ... on Wave { key } } }",
        id=rest["edges"][0]["node"]["id"],
    )
    assert again == {"node": {"key": "summer"}}


async def test_a_draft_says_what_it_would_show_and_others_do_not(platform: Platform) -> None:
    preview = """preview { people reachable departments shown dimensions { name categories cuts cutsIfGiven unknown }
        withOtherK { k shown } }"""

    answer = await platform.data(f"{{ waves {{ edges {{ node {{ {preview} }} }} }} }}")

    previews = [edge["node"]["preview"] for edge in answer["waves"]["edges"]]
    assert previews == [
        {
            "people": 652,
            "reachable": 640,
            "departments": 40,
            "shown": 27,
            "dimensions": [
                {"name": "place", "categories": 6, "cuts": 2, "cutsIfGiven": 3, "unknown": False},
                {"name": "plcae", "categories": 1, "cuts": 0, "cutsIfGiven": 0, "unknown": True},
            ],
            "withOtherK": [{"k": 8, "shown": 20}, {"k": 10, "shown": 16}],
        },
        None,
        None,
    ]
    assert [request.key for request in platform.services.asked["PreviewWave"]] == ["winter"]


async def test_standard_questions_come_with_the_product(platform: Platform) -> None:
    answer = await platform.data("{ standardWaveQuestions { key kind } }")

    assert len(answer["standardWaveQuestions"]) == 4


async def test_a_draft_is_sent_as_it_is_planned(platform: Platform) -> None:
    answer = await platform.data(
        """mutation ($input: UpsertWaveInput!) {
            upsertWave(input: $input) { wave { key state closesAt } userErrors { code } } }""",
        input={
            "key": "spring",
            "kind": "CENSUS",
            "name": "Spring",
            "names": [{"language": "lv", "text": "Pavasaris"}],
            "language": "en",
            "languages": ["en", "lv"],
            "questions": [
                {
                    "key": "heard",
                    "kind": "AGREEMENT",
                    "text": "Heard",
                    "texts": [{"language": "lv", "text": "Dzird"}],
                }
            ],
            "departments": ["d1"],
            "k": 8,
            "dimensions": ["place"],
            "opensAt": "2027-03-01T08:00:00+02:00",
            "closesAt": "2027-03-15T00:00:00Z",
            "reminders": [3, 7],
            "repeatMonths": 3,
        },
    )

    assert answer["upsertWave"] == {
        "wave": {"key": "spring", "state": "DRAFT", "closesAt": "2027-03-15T00:00:00Z"},
        "userErrors": [],
    }
    (request,) = platform.services.asked["UpsertWave"]
    draft = request.draft
    question = pb.WaveQuestion(key="heard", kind=pb.WAVE_QUESTION_KIND_AGREEMENT, text="Heard")
    question.texts.add(language="lv", text="Dzird")
    assert list(draft.questions) == [question]
    assert (draft.kind, draft.k, draft.repeat_months) == (pb.WAVE_KIND_CENSUS, 8, 3)
    assert (list(draft.departments), list(draft.dimensions)) == (["d1"], ["place"])
    assert (list(draft.languages), list(draft.reminders)) == (["en", "lv"], [3, 7])
    assert draft.opens_at.ToJsonString() == "2027-03-01T06:00:00Z"


async def test_what_is_absent_of_a_draft_is_as_the_schema_says(platform: Platform) -> None:
    await platform.data(
        """mutation { upsertWave(input: {key: "w", kind: PULSE, name: "W", language: "lv", questions: []}) {
            userErrors { code } } }"""
    )

    draft = platform.services.asked["UpsertWave"][0].draft
    assert (draft.k, list(draft.languages), draft.repeat_months) == (5, ["lv"], 0)
    assert not draft.HasField("opens_at")
    assert not draft.HasField("closes_at")


async def test_a_time_without_an_offset_is_refused(platform: Platform) -> None:
    answer = await platform.data(
        """mutation { upsertWave(input: {key: "w", kind: PULSE, name: "W", language: "lv", questions: [],
            closesAt: "2027-03-15T00:00:00"}) { userErrors { code field message } } }"""
    )

    (error,) = answer["upsertWave"]["userErrors"]
    assert (error["code"], error["field"]) == ("INVALID_TIME", ["closesAt"])
    assert error["message"].startswith("closesAt is no time with an offset: send it like 2026-")
    assert not platform.services.asked["UpsertWave"]


async def test_waves_are_opened_closed_and_removed(platform: Platform) -> None:
    answer = await platform.data(
        """mutation {
            openWave(input: {key: "autumn"}) { wave { key } userErrors { code field } }
            closeWave(input: {key: "autumn", reason: "Fire"}) { wave { state closedEarlyBecause } userErrors { code } }
            removeWave(input: {key: "winter"}) { userErrors { code } } }"""
    )

    assert answer == {
        "openWave": {
            "wave": None,
            "userErrors": [{"code": "WAVE_OPENED", "field": ["key"]}],
        },
        "closeWave": {
            "wave": {"state": "CLOSED", "closedEarlyBecause": "Fire"},
            "userErrors": [],
        },
        "removeWave": {"userErrors": []},
    }
    assert [request.key for request in platform.services.asked["RemoveWave"]] == ["winter"]
