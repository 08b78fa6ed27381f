"""Forms sent twice, too fast, or while survey is away: no answer is lost or mixed."""

import pytest
from structlog.testing import capture_logs

from services.kit.errors import Broken, Invalid, Late, RateLimited, Unavailable
from tests.unit.gateway.respondents.support.visitor import EVIL, Visitor, sent
from tests.unit.gateway.support.stub_services import StubServices


async def test_the_last_form_twice_is_one_response(
    visitor: Visitor, services: StubServices
) -> None:
    await visitor.open("/r/visit?all=1")
    form, cookies = visitor.page, dict(visitor.platform.http.cookies)
    await visitor.send({"q1": "9"})
    first = visitor.code
    visitor.platform.http.cookies.clear()
    visitor.platform.http.cookies.update(cookies)
    visitor.page = form
    await visitor.send({"q1": "9"})

    assert visitor.code == first
    assert len({r.submissions[0].id for r in services.asked["SubmitResponses"]}) == 1


async def test_a_form_that_was_stored_is_no_bad_link_when_the_invitation_is_spent(
    visitor: Visitor, services: StubServices
) -> None:
    """What it says by now is what is kept."""
    await visitor.open("/r/visit?i=token&all=1")
    services.surveys[0].key = "renamed"  # the link leads to nothing any more, the code does

    await visitor.send({"q1": "9"})

    assert "Your answers are saved" in visitor.page.text
    assert not services.asked["SubmitResponses"]
    (request,) = services.asked["CorrectResponse"]
    assert [(answer.question, answer.score) for answer in request.answers] == [("recommend", 9)]


async def test_a_form_that_was_stored_and_cannot_be_changed_so_is_shown_again(
    visitor: Visitor, services: StubServices
) -> None:
    await visitor.open("/r/visit?i=token&all=1")
    services.surveys[0].key = "renamed"
    services.failures["CorrectResponse"] = Invalid("this text cannot be kept", reason="BAD_TEXT")

    await visitor.send({"q1": "9"})

    assert visitor.page.status_code == 422
    assert "Your answers are saved" not in visitor.page.text
    assert 'value="9" checked' in visitor.page.text


async def test_who_sends_too_fast_waits_and_sends_the_same_again(
    visitor: Visitor, services: StubServices
) -> None:
    visitor.takes_cookies = False
    await visitor.open("/r/visit?all=1")
    form, statuses = visitor.page, []
    for _ in range(62):
        visitor.page = form
        statuses.append((await visitor.send({"q1": "4"})).status_code)

    assert statuses[:60] == [200] * 60
    assert statuses[-1] == 429
    assert 'name="q1" value="4"' in visitor.page.text
    assert int(visitor.page.headers["retry-after"]) >= 1


AWAY: list[tuple[Exception, int]] = [
    (Unavailable("away"), 503),
    (RateLimited("busy", retry_after=3), 429),
    (Late("slow"), 504),
    (Broken("row 7 of table x"), 500),
]


@pytest.mark.parametrize("rpc", ["GetForm", "SubmitResponses"])
@pytest.mark.parametrize(("failure", "status"), AWAY)
async def test_a_survey_that_is_away_loses_nothing(
    visitor: Visitor, services: StubServices, failure: Exception, status: int, rpc: str
) -> None:
    await visitor.open("/r/visit?all=1&lang=lv")
    services.failures[rpc] = failure
    with capture_logs() as logs:
        answer = await visitor.send({"q1": "4", "q2": EVIL, "q3": ["0", "1"]})
    assert answer.status_code == status
    assert "Mēģināt vēlreiz" in answer.text
    assert "<script" not in answer.text
    assert "row 7" not in answer.text
    assert bool(logs) == isinstance(failure, Broken)
    assert ("retry-after" in answer.headers) == (status in (429, 503))
    del services.failures[rpc]
    again = visitor.again

    assert "Jūsu atbildes ir saglabātas" in (await visitor.send({}, again)).text
    assert sent(services)[-1] | {"liked": ...} == {"recommend": 4, "why": EVIL, "liked": ...}


@pytest.mark.parametrize("rpc", ["GetForm", "CorrectResponse"])
async def test_a_survey_that_is_away_loses_nothing_of_new_answers(
    visitor: Visitor, services: StubServices, rpc: str
) -> None:
    await visitor.open("/r")
    await visitor.send({"code": "0123-4567-89AB-CDEF-GHJK"})
    await visitor.send({"do": "again"})
    services.failures[rpc] = Unavailable("away")
    await visitor.send({"q2": "Two\nlines"})
    del services.failures[rpc]
    await visitor.send({}, visitor.again)

    assert "Your new answers are saved." in visitor.page.text
    request = services.asked["CorrectResponse"][-1]
    assert [answer.text for answer in request.answers] == ["Two\nlines"]


async def test_the_last_question_without_the_cookie_loses_no_other_answer(
    visitor: Visitor, services: StubServices
) -> None:
    """Two hours passed, or the same survey was opened by another link in between."""
    await visitor.open("/r/visit")
    await visitor.send({"q1": "9"})
    await visitor.send({"q2": "Kind"})
    visitor.platform.http.cookies.clear()
    await visitor.send({"q3": "0"})

    assert not services.asked["SubmitResponses"]
    assert "All questions are here" in visitor.page.text
    assert 'value="0" checked' in visitor.page.text


async def test_a_form_and_the_cookie_of_another_response_are_not_mixed(
    visitor: Visitor, services: StubServices
) -> None:
    await visitor.open("/r/visit")
    await visitor.send({"q1": "9"})
    old = await visitor.open("/r/visit?step=3")
    visitor.platform.http.cookies.clear()
    await visitor.open("/r/visit")
    visitor.page = old
    await visitor.send({"q3": "0"})

    assert not services.asked["SubmitResponses"]
    assert "All questions are here" in visitor.page.text
