"""Answers removed and given anew by their code."""

import httpx
import pytest

from cxm.survey.v1 import surveys_pb2 as pb
from gateway.respondents.codes import proof_of, read_code
from services.kit import clock
from services.kit.errors import NotFound
from tests.unit.gateway.respondents.support.visitor import Visitor, make_survey, sent
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.stub_services import StubServices


async def test_an_answer_is_removed_by_its_code(visitor: Visitor, services: StubServices) -> None:
    await visitor.open("/r/visit?all=1")
    await visitor.send({"q1": "9"})
    code = visitor.code
    await visitor.open("/r")
    await visitor.send({"code": code.lower().replace("-", " ")})
    assert "Your answers to: Your visit" in visitor.page.text
    await visitor.send({"do": "remove"})

    assert "Your answers are removed." in visitor.page.text
    (request,) = services.asked["WithdrawResponse"]
    assert (request.id, request.secret) == proof_of(read_code(code) or "")
    assert not request.HasField("receipt")


async def test_who_removed_an_answer_and_answers_again_gives_another_one(
    visitor: Visitor, services: StubServices
) -> None:
    """Else the page thanked for answers that nobody kept."""
    await visitor.open("/r/visit?all=1")
    form = visitor.page
    await visitor.send({"q1": "9"})
    removed = visitor.code
    await visitor.open("/r")
    await visitor.send({"code": removed})
    await visitor.send({"do": "remove"})
    visitor.page = form  # the browser's button "back"
    await visitor.send({"q1": "3"})

    assert "Your answers are saved" in visitor.page.text
    assert visitor.code != removed
    stored = services.asked["SubmitResponses"][-1].submissions[0]
    assert (stored.id, stored.secret) == proof_of(read_code(visitor.code) or "")
    assert sent(services)[-1] == {"recommend": 3}


async def test_a_code_of_another_survey_changes_nothing_there(
    visitor: Visitor, services: StubServices
) -> None:
    services.surveys.append(pb.Survey(key="other", questions=make_survey().questions))
    await visitor.open("/r/visit?all=1")
    await visitor.send({"q1": "9"})
    of_visit = visitor.code
    visitor.takes_cookies = False
    visitor.page = httpx.Response(200, text="a form that somebody wrote")
    await visitor.send({"code": read_code(of_visit) or "", "q1": "3"}, to="/r/other?all=1")

    assert "Your answers are saved" in visitor.page.text
    assert visitor.code != of_visit
    assert not services.asked["CorrectResponse"]
    assert services.responses[proof_of(read_code(visitor.code) or "").id][0] == "other"


async def test_an_answer_is_given_anew_by_its_code(
    visitor: Visitor, services: StubServices
) -> None:
    code = "0123-4567-89AB-CDEF-GHJK"
    await visitor.open("/r")
    await visitor.send({"code": code})
    await visitor.send({"do": "again"})
    nothing = await visitor.send({})
    assert "Answer at least one question" in nothing.text
    await visitor.send({"q1": "3"})

    assert "Your new answers are saved." in visitor.page.text
    (request,) = services.asked["CorrectResponse"]
    assert [(answer.question, answer.score) for answer in request.answers] == [("recommend", 3)]


@pytest.mark.parametrize("path", ["/r", "/r/absent"])
async def test_codes_cannot_be_tried_without_end(
    visitor: Visitor, platform: Platform, services: StubServices, path: str
) -> None:
    began = clock.now()
    platform.gateway.brake.now = lambda: began  # a second later one more is taken
    services.failures["GetForm"] = NotFound("no", reason="UNKNOWN_RESPONSE")
    await visitor.open("/r")
    form, statuses = visitor.page, []
    for _ in range(62):
        visitor.page = form
        answer = await visitor.send({"code": "0123-4567-89AB-CDEF-GHJK"}, path)
        statuses.append(answer.status_code)

    assert set(statuses[:60]) == {422 if path == "/r" else 404}
    assert statuses[-1] == 429
    tried = [request for request in services.asked["GetForm"] if request.response]
    assert len(tried) == 60
