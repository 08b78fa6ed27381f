"""The demo organisation: the same every time, within its limits, and with its story in it."""

import csv
import json
import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from graphql import build_schema, parse, validate

from infra.local.datadir import Demo
from infra.local.demo import cards, languages, loading, organisation, people, words
from infra.local.demo.customers import erasing
from infra.local.demo.responses import responses
from infra.local.demo.staff import EMPLOYEES, stints
from services.survey.surveys.domain.standard_items import SERVICE_QUALITY

UNTIL = datetime(2026, 5, 13, 15, 30, tzinfo=UTC)
EVERYTHING_SAID = (
    words.PRAISE,
    words.FINE,
    words.COMPLAINTS,
    words.INVOICE,
    words.CALLS,
    words.VISITS,
    words.SCREENS,
)
DEMO = Demo(seed=1, until=UNTIL.isoformat(), pulses=8)


def calls_of_the_api() -> list[loading.Step]:
    steps = loading.steps(DEMO, "Europe/Riga")
    return [step for step in steps if isinstance(step, loading.Step)]


@pytest.fixture(scope="module")
def year() -> list[dict[str, Any]]:
    return list(responses(1, UNTIL))


def test_the_same_seed_and_instant_give_the_same_calls() -> None:
    assert list(loading.steps(DEMO, "Europe/Riga")) == list(loading.steps(DEMO, "Europe/Riga"))


def test_another_instant_gives_other_responses(year: list[dict[str, Any]]) -> None:
    later = {response["id"] for response in responses(1, UNTIL + timedelta(days=1))}
    assert later.isdisjoint(response["id"] for response in year)


def test_there_are_40_departments_in_at_most_4_levels_and_each_parent_stands_first() -> None:
    level: dict[str | None, int] = {None: 0}
    for key, _, parent in organisation.DEPARTMENTS:
        level[key] = level[parent] + 1
    assert len(organisation.DEPARTMENTS) == 40
    assert max(level.values()) == 4


def test_touchpoints_belong_to_departments_and_stages_of_the_journey() -> None:
    departments = {key for key, _, _ in organisation.DEPARTMENTS}
    stages = {"awareness", "consideration", "purchase", "post-purchase", "loyalty"}
    assert {place.department for place in organisation.TOUCHPOINTS} <= departments
    assert {place.stage for place in organisation.TOUCHPOINTS} == stages


def test_a_year_is_at_most_20_000_responses_none_of_them_later_than_its_end(
    year: list[dict[str, Any]],
) -> None:
    instants = [datetime.fromisoformat(response["occurredAt"]) for response in year]
    assert 10_000 <= len(year) <= 20_000
    assert max(instants) <= UNTIL
    assert UNTIL - min(instants) <= timedelta(days=366)
    assert len({UUID(response["id"]) for response in year}) == len(year)


def test_every_answer_is_one_its_question_takes(year: list[dict[str, Any]]) -> None:
    scales = {"recommend": range(11), "satisfaction": range(1, 6), "easy": range(1, 8)}
    scales |= dict.fromkeys(organisation.SERVICE_QUALITY, range(1, 6))
    for response in year:
        for answer in response["answers"]:
            question = answer["question"]
            assert (
                answer.get("dontKnow") or answer.get("text") or answer["score"] in scales[question]
            )


def test_the_questions_of_service_quality_are_standard_items() -> None:
    assert organisation.SERVICE_QUALITY == SERVICE_QUALITY
    assert {"key": "fast", "item": "fast"} in organisation.QUESTIONS


def nps_points(answered: list[dict[str, Any]]) -> float:
    given: list[int] = [
        a["score"] for r in answered for a in r["answers"] if a["question"] == "recommend"
    ]
    return 100 * (sum(s > 8 for s in given) - sum(s < 7 for s in given)) / len(given)


def test_one_department_visibly_gets_worse(year: list[dict[str, Any]]) -> None:
    owners = {place.key: place.department for place in organisation.TOUCHPOINTS}
    mine = [r for r in year if owners[r["touchpoint"]] == organisation.WORSENING]
    turn = (UNTIL - timedelta(days=60)).isoformat()
    before = [r for r in mine if r["occurredAt"] < (UNTIL - timedelta(days=150)).isoformat()]

    assert nps_points([r for r in mine if r["occurredAt"] > turn]) < nps_points(before) - 40


def test_one_department_has_too_few_answers_and_all_of_them_are_new(
    year: list[dict[str, Any]],
) -> None:
    place = next(p.key for p in organisation.TOUCHPOINTS if p.department == organisation.QUIET)
    given = [response["occurredAt"] for response in year if response["touchpoint"] == place]
    assert len(given) == 6
    assert min(given) > (UNTIL - timedelta(days=20)).isoformat()


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_words_are_in_the_language_that_their_response_says(
    year: list[dict[str, Any]], language: str
) -> None:
    own = {text for said in EVERYTHING_SAID for text in said[language]}
    written = {
        answer["text"]
        for response in year
        if response["language"] == language
        for answer in response["answers"]
        if "text" in answer
    }
    assert len(written) > 10
    assert written <= own
    assert language != "mk" or all(re.search("[а-ш]", text) for text in written)


def test_what_is_said_of_the_new_invoice_is_said_since_it_is_there(
    year: list[dict[str, Any]],
) -> None:
    of_the_invoice = {text for said in words.INVOICE.values() for text in said}
    said = [
        (response["touchpoint"], response["occurredAt"])
        for response in year
        for answer in response["answers"]
        if answer.get("text") in of_the_invoice
    ]
    assert len(said) > 20
    assert {touchpoint for touchpoint, _ in said} == {"invoice"}
    assert min(at for _, at in said) > (UNTIL - timedelta(days=151)).isoformat()


def test_where_customers_are_less_content_more_people_have_left_lately() -> None:
    today = date(2026, 5, 13)
    left = [stint for stint in stints(1, today) if "leftOn" in stint]
    lately = [
        stint["department"]
        for stint in left
        if stint["leftOn"] > (today - timedelta(days=60)).isoformat()
    ]
    assert lately.count(organisation.WORSENING) > 10
    assert lately.count("payments") < 5


def test_rights_begin_end_and_will_begin_and_one_ends_soon() -> None:
    today = date(2026, 5, 13)
    grants = people.grants(today)
    ends = [date.fromisoformat(grant["to"]) for grant in grants if grant["to"] is not None]
    assert {end > today for end in ends} == {True, False}
    assert any(today < end <= today + timedelta(days=7) for end in ends)
    assert any((grant["from"] or "") > today.isoformat() for grant in grants)
    assert {user["subject"] for user in people.users()} == {grant["subject"] for grant in grants}


def test_the_typed_cards_are_the_same_every_time_and_two_of_them_are_wrong() -> None:
    today = date(2026, 5, 13)
    rows = list(csv.reader(cards.written(1, today).splitlines()))
    assert cards.written(1, today) == cards.written(1, today)
    assert len(rows) == cards.COUNT + 1
    assert [row[0] for row in rows if row[3] == "6" or row[1].startswith("31.02.")] == [
        "D-0031",
        "D-0088",
    ]


def test_no_stint_of_a_person_overlaps_another_and_nobody_leaves_tomorrow() -> None:
    today = date(2026, 5, 13)
    people: dict[str, list[dict[str, Any]]] = {}
    for stint in stints(1, today):
        people.setdefault(stint["id"], []).append(stint)

    assert len(people) == EMPLOYEES
    for career in people.values():
        assert all(first["leftOn"] == then["startedOn"] for first, then in pairwise(career))
        assert all(stint["startedOn"] < stint.get("leftOn", "9999") for stint in career)
        assert career[-1].get("leftOn", "") <= today.isoformat()
    assert any(len(career) == 2 for career in people.values())


def test_calls_stay_below_the_limits_of_the_api() -> None:
    calls = calls_of_the_api()
    assert max(step.size for step in calls) <= 1_000
    assert max(len(json.dumps(step.input)) for step in calls) < 1024 * 1024
    small = [step for step in calls if step.field != "submitResponses"]
    assert max(len(json.dumps(step.input)) for step in small) < 250 * 1024


def test_every_call_is_one_the_public_schema_has() -> None:
    schema = build_schema(Path("gateway/schema.graphql").read_text())
    documents = {step.document for step in calls_of_the_api()}
    assert len(documents) == 20
    others = {erasing.REQUEST_ERASURE, erasing.READ_ERASURE, erasing.DECIDE_PRIVACY}
    for document in documents | others | {loading.FIND_DATA}:
        assert validate(schema, parse(document)) == []


def test_some_departments_had_another_name_before() -> None:
    first, then = [s for s in calls_of_the_api() if s.field == "upsertDepartments"]
    names = {each["key"]: each["name"] for each in first.input["departments"]}
    renamed = {
        each["key"]: (names[each["key"]], each["name"]) for each in then.input["departments"]
    }

    assert organisation.MERGED in renamed
    assert all(before != after for before, after in renamed.values())


def test_the_reorganisation_lies_in_the_past_half_year_at_the_start_of_a_month() -> None:
    move, merge = calls_of_the_api()[-6:-4]
    assert merge.field == "closeDepartment"
    assert move.input["from"] < merge.input["from"] < UNTIL.date().isoformat()
    moved_on = date.fromisoformat(move.input["from"])
    assert move.field == "moveDepartment"
    assert moved_on.day == 1
    assert timedelta(days=90) < UNTIL.date() - moved_on < timedelta(days=183)
