"""Answers a question a step: what is kept, shown and sent."""

import random
import re

import pytest

from gateway.respondents.codes import proof_of, read_code
from services.kit.rights.access import ANONYMOUS
from tests.unit.gateway.respondents.support.visitor import Visitor, read_hidden, sent
from tests.unit.gateway.support.stub_services import StubServices


async def test_answers_are_kept_from_step_to_step_and_sent_once(
    visitor: Visitor, services: StubServices
) -> None:
    await visitor.open("/r/visit?t=invoice")
    await visitor.send({"q1": "9"})
    assert "Question 2 of 3" in visitor.page.text
    await visitor.send({"q2": "Quick\r\nand kind"})
    back = await visitor.open("/r/visit?t=invoice")
    assert 'value="9" checked' in back.text
    await visitor.open("/r/visit?t=invoice&step=3")
    await visitor.send({"q3": ["0", "1"]})

    assert "Your answers are saved" in visitor.page.text
    (request,) = services.asked["SubmitResponses"]
    (submission,) = request.submissions
    proof = proof_of(read_code(visitor.code) or "")
    assert (submission.id, submission.secret) == proof
    assert (submission.touchpoint, submission.language) == ("invoice", "en")
    assert list(submission.answers[2].choices.options) == ["a", "b"]
    assert sent(services)[0]["why"] == "Quick\nand kind"
    assert services.viewers[-1] is not None
    assert services.viewers[-1].subject == ANONYMOUS.subject


async def test_who_comes_next_on_a_shared_device_finds_nothing_of_who_left(
    visitor: Visitor,
) -> None:
    await visitor.open("/r/visit?t=invoice&lang=en")
    assert "Somebody else" not in visitor.page.text
    await visitor.send({"q1": "9"})
    left = read_hidden(visitor, "code")
    assert "Somebody else? Start anew" in visitor.page.text
    left_page = await visitor.open("/r/visit?t=invoice&lang=en")
    assert 'value="9" checked' in left_page.text  # the control

    await visitor.send({"anew": "1"})

    assert str(visitor.page.url).endswith("/r/visit?t=invoice&lang=en")
    assert 'value="9" checked' not in visitor.page.text
    assert read_hidden(visitor, "code") != left


async def test_after_thanks_the_next_person_begins_and_sees_no_code(visitor: Visitor) -> None:
    await visitor.open("/r/visit?all=1")
    await visitor.send({"q1": "9"})
    first, thanks = visitor.code, visitor.page
    assert "Next person" in thanks.text
    assert (await visitor.open(str(thanks.url))).text == thanks.text  # the control

    await visitor.send({"anew": "1"})

    assert "Likely?" in visitor.page.text
    assert first not in (await visitor.open(str(thanks.url))).text


async def test_a_browser_that_keeps_nothing_gets_all_questions_with_its_answers(
    visitor: Visitor, services: StubServices
) -> None:
    visitor.takes_cookies = False
    await visitor.open("/r/visit")
    await visitor.send({"q1": "7"})
    assert "Your browser could not keep your answers" in visitor.page.text
    assert 'value="7" checked' in visitor.page.text
    await visitor.send({"q1": "7", "q2": "Fine"})

    assert "Your answers are saved" in visitor.page.text
    assert sent(services) == [{"recommend": 7, "why": "Fine"}]


async def test_more_than_a_cookie_holds_goes_on_in_the_page(
    visitor: Visitor, services: StubServices
) -> None:
    text = "".join(random.Random(1).choices("абвгдежзиклмнопрст ", k=9_999)) + "."
    await visitor.open("/r/visit?step=2")
    await visitor.send({"q2": text})
    assert "All questions are here" in visitor.page.text
    await visitor.send({"q2": text})

    assert sent(services) == [{"why": text}]


@pytest.mark.parametrize(
    ("step", "fields", "says"),
    [
        (1, {}, "Choose a number from 0 to 10, or skip the question"),
        (1, {"q1": "11"}, "Choose a number from 0 to 10, or skip the question"),
        (2, {"q2": "  "}, "Write something, or skip the question"),
        (2, {"q2": "x" * 10_001}, "This has 10001 characters: write at most 10000"),
        (3, {"q3": "7"}, "Choose an answer, or skip the question"),
        (3, {"skip": "1"}, "Answer at least one question"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_entered_stays(
    visitor: Visitor, services: StubServices, step: int, fields: dict[str, str], says: str
) -> None:
    await visitor.open(f"/r/visit?step={step}")
    answer = await visitor.send({**fields})

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert re.search(r'role="alert" tabindex="-1" autofocus>.*' + re.escape(says), answer.text)
    assert f'<a href="#q{step}">' in answer.text
    assert not services.asked["SubmitResponses"]


async def test_an_only_question_cannot_be_skipped_and_nothing_says_that_it_can(
    visitor: Visitor, services: StubServices
) -> None:
    del services.surveys[0].questions[1:]
    page = await visitor.open("/r/visit")

    assert 'name="skip"' not in page.text

    refused = await visitor.send({})

    assert refused.status_code == 422
    assert "Choose a number from 0 to 10<" in refused.text
    assert "skip" not in refused.text
    assert "Thank you" in (await visitor.send({"q1": "9"})).text


async def test_a_skipped_question_is_not_answered(visitor: Visitor, services: StubServices) -> None:
    await visitor.open("/r/visit")
    await visitor.send({"q1": "9"})
    await visitor.open("/r/visit")
    await visitor.send({"q1": "9", "skip": "1"})
    await visitor.send({"q2": "Why not"})
    await visitor.send({"skip": "1"})

    assert sent(services) == [{"why": "Why not"}]
