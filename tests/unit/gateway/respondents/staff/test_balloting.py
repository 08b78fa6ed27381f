"""The page of an employee: the promise, all questions, what is kept and what is sent, by the link alone."""

import re
from urllib.parse import urlencode

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from cxm.employee_exp.v1 import ballots_pb2 as pb
from cxm.employee_exp.v1 import waves_pb2
from cxm.employee_exp.v1.waves_pb2 import WaveQuestion, WaveText
from gateway.browsers.languages import LANGUAGES
from gateway.respondents.staff.sentences import StaffPhrase, say_staff
from services.kit.errors import Broken, Invalid, Unavailable
from services.kit.rights.access import ANONYMOUS
from tests.unit.gateway.respondents.support.visitor import EVIL, FORM, Visitor
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.stub_services import StubServices

TOKEN = "abcdefghijklmnopqrstuvwxyz0123456789ABC-_DE"
LINK = f"/w/{TOKEN}"
ASKS = f"{LINK}?step=questions"
NO_LINK = "0" * 43
LARGEST_PAGE = 30_000  # bytes


def make_ballot() -> pb.FindBallotResponse:
    """Every kind of question, in two languages."""
    kinds = {name: value for name, value in waves_pb2.WaveQuestionKind.items() if value}
    questions = [
        WaveQuestion(
            key=name.removeprefix("WAVE_QUESTION_KIND_").lower(),
            kind=kind,
            text=f"About {name}?",
            texts=[WaveText(language="lv", text=f"Par {name}?")],
        )
        for name, kind in kinds.items()
    ]
    return pb.FindBallotResponse(
        state=pb.LINK_STATE_READY,
        name="December pulse",
        names=[WaveText(language="lv", text="Decembra pulss")],
        language="en",
        languages=["en", "lv"],
        questions=questions,
        k=7,
    )


@pytest.fixture
def employee(platform: Platform, services: StubServices) -> Visitor:
    services.ballots[TOKEN] = make_ballot()
    return Visitor(platform)


def answers(services: StubServices, rpc: str) -> list[dict[str, object]]:
    return [
        {each.question: getattr(each, each.WhichOneof("value")) for each in request.answers}
        for request in services.asked[rpc]
    ]


async def test_the_promise_stands_word_for_word_before_any_question(employee: Visitor) -> None:
    page = await employee.open(LINK)

    assert (
        "Results are shown only for groups of at least 7 people who answered, in a way that "
        in (page.text)
    )
    assert "way that cannot be subtracted down to fewer." in page.text
    assert (
        "Nobody can join your name to your answers, at rest or in transit, once the wave is closed."
        in page.text
    )
    assert "Once sent, your answers cannot be found again by anybody" in page.text
    assert "About" not in page.text
    assert 'name="q1"' not in page.text
    assert "Begin" in page.text
    begun = await employee.open(ASKS)
    assert begun.text.count('class="asked"') == len(make_ballot().questions)
    assert begun.text.index("cannot be found again") < begun.text.index(">Send<")
    assert len(begun.content) < LARGEST_PAGE


async def test_who_does_not_want_to_sends_nothing(
    employee: Visitor, services: StubServices
) -> None:
    page = await employee.open(f"{LINK}?step=later")

    assert "Nothing was sent" in page.text
    assert set(services.asked) == {"FindBallot"}


async def test_answers_of_every_kind_are_sent_once_and_in_nobodys_name(
    employee: Visitor, services: StubServices
) -> None:
    form = await employee.open(ASKS)
    fields: dict[str, str | list[str]] = {"q1": "10", "q2": "4", "q3": "1", "q4": "0"}
    thanks = await employee.send({**fields, "q5": "More\r\nlight", "do": "send"})
    employee.page = form
    again = await employee.send({**fields, "do": "send"})

    assert "Thank you. Your answers were taken." in thanks.text
    assert answers(services, "SendBallot") == [
        {"enps": 10, "agreement": 4, "burnout": 1, "sensitive": 0, "text": "More\nlight"}
    ]
    assert (again.status_code, "This link was used" in again.text) == (410, True)
    assert services.viewers[-1].subject == ANONYMOUS.subject
    assert "set-cookie" not in form.headers
    assert "set-cookie" not in thanks.headers


async def test_what_is_kept_for_later_comes_back_filled(
    employee: Visitor, services: StubServices
) -> None:
    await employee.open(ASKS)
    kept = await employee.send({"q1": "3", "q5": EVIL, "do": "keep"})
    assert "Your answers are kept, and not sent" in kept.text
    assert "Go on answering" in (await employee.open(LINK)).text

    form = await employee.open(ASKS)

    assert 'value="3" checked' in form.text
    assert "&lt;script&gt;" in form.text
    assert "<script" not in form.text
    assert answers(services, "SendBallot") == []
    await employee.send({"do": "keep"})
    assert 'value="3" checked' not in (await employee.open(ASKS)).text


async def test_where_nothing_is_kept_no_page_says_so(
    employee: Visitor, services: StubServices
) -> None:
    page = await employee.open(f"{LINK}?step=kept")
    assert "are kept" not in page.text
    assert "Before you begin" in page.text

    await employee.open(ASKS)
    emptied = await employee.send({"do": "keep"})
    assert "are kept" not in emptied.text


@pytest.mark.parametrize("wanted", [{}, {"do": ""}, {"do": "Send"}, {"do": "sent"}])
async def test_answers_are_sent_or_kept_only_by_who_says_which(
    employee: Visitor, services: StubServices, wanted: dict[str, str | list[str]]
) -> None:
    await employee.open(ASKS)
    answer = await employee.send({"q1": "3", **wanted})

    assert answer.status_code == 422
    assert "Nothing was stored yet: send your answers, or keep them for later" in answer.text
    assert 'value="3" checked' in answer.text
    assert set(services.asked) == {"FindBallot"}


@pytest.mark.parametrize(("k", "is_said"), [(5, True), (9, True), (10, False), (20, False)])
async def test_what_takes_more_people_than_the_promise_names_is_said_beside_it(
    employee: Visitor, services: StubServices, k: int, *, is_said: bool
) -> None:
    services.ballots[TOKEN].k = k
    page = await employee.open(LINK)

    assert f"groups of at least {k} people who answered" in page.text
    assert ("burnout and comments need at least 10 people" in page.text) == is_said
    assert (f"With {k} people or more, but fewer than 10" in page.text) == is_said


@pytest.mark.parametrize(
    ("fields", "place", "says"),
    [
        ({}, 1, "Answer at least one question"),
        ({"q1": "11"}, 1, "Choose an answer"),
        ({"q2": "0"}, 2, "Choose an answer"),
        ({"q4": "2"}, 4, "Choose an answer"),
        ({"q5": "x" * 1_001}, 5, "This has 1001 characters: write at most 1000"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_entered_stays(
    employee: Visitor, services: StubServices, fields: dict[str, str], place: int, says: str
) -> None:
    await employee.open(ASKS)
    answer = await employee.send({"q3": "5" if fields else "", **fields, "do": "send"})

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert re.search(r'role="alert" tabindex="-1" autofocus>.*' + re.escape(says), answer.text)
    assert f'<a href="#q{place}">' in answer.text
    assert ('value="5" checked' in answer.text) == bool(fields)
    assert not services.asked["SendBallot"]


async def test_a_text_that_is_refused_is_said_at_the_form(
    employee: Visitor, services: StubServices
) -> None:
    services.failures["SendBallot"] = Invalid("no", reason="INVALID_TEXT")
    await employee.open(ASKS)
    answer = await employee.send({"q5": "a\u0000b", "do": "send"})

    assert answer.status_code == 422
    assert "a\u0000b" in answer.text


@pytest.mark.parametrize(
    ("state", "status", "says"),
    [
        (pb.LINK_STATE_SPENT, 410, "This link was used"),
        (pb.LINK_STATE_CLOSED, 410, "No more answers are taken"),
        (pb.LINK_STATE_UNKNOWN, 404, "This link is no longer valid"),
    ],
)
async def test_a_link_that_takes_no_answers_has_its_page(
    employee: Visitor, services: StubServices, state: pb.LinkState.ValueType, status: int, says: str
) -> None:
    await employee.open(ASKS)
    services.ballots[TOKEN] = pb.FindBallotResponse(state=state)
    sent = await employee.send({"q1": "3", "do": "send"})
    opened = await employee.open(ASKS)

    for page in (sent, opened):
        assert (page.status_code, says in page.text) == (status, True)
    assert not services.asked["SendBallot"]


@pytest.mark.parametrize(
    "path", [f"/w/{NO_LINK}", "/w/short", f"{LINK}/x", "/w/a%0d%0ab", "/w/%2e"]
)
async def test_every_link_that_was_never_made_is_one_page(employee: Visitor, path: str) -> None:
    known = await employee.open(f"/w/{'1' * 43}")
    answer = await employee.open(path, accept="text/html")

    assert (answer.status_code, answer.content) == (404, known.content)
    assert "This link is no longer valid" in answer.text
    assert "used" not in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_link_that_leads_to_nothing_blames_nobody_in_every_language(
    employee: Visitor, language: str
) -> None:
    answer = await employee.open(f"/w/{NO_LINK}", **{"accept-language": language})

    assert say_staff(StaffPhrase.NO_LINK, language) in answer.text
    assert say_staff(StaffPhrase.NO_LINK_WHY, language) in answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("rpc", ["KeepBallot", "SendBallot"])
async def test_a_link_that_ends_while_it_is_answered_is_no_longer_valid(
    employee: Visitor, services: StubServices, rpc: str
) -> None:
    await employee.open(ASKS)
    services.ends_before = rpc
    answer = await employee.send({"q1": "3", "do": rpc.removesuffix("Ballot").lower()})

    assert (answer.status_code, "This link is no longer valid" in answer.text) == (404, True)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_speaks_the_language_that_is_asked_for(
    employee: Visitor, services: StubServices, language: str
) -> None:
    wished = await employee.open(LINK, **{"accept-language": language})
    assert f'<html lang="{"lv" if language == "lv" else "en"}">' in wished.text
    services.ballots[TOKEN].preferred_language = "lv"
    known = await employee.open(LINK, **{"accept-language": language})
    assert "Decembra pulss" in known.text
    asked = await employee.open(f"{LINK}?lang=en", **{"accept-language": language})
    assert "December pulse" in asked.text
    assert 'name="lang" value="en"' in asked.text
    assert 'hreflang="lv">Latviešu</a>' in asked.text


async def test_the_token_is_in_no_span_log_or_referer_and_nothing_is_stored_on_the_way(
    employee: Visitor,
    services: StubServices,
    spans: InMemorySpanExporter,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pages = [await employee.open(address) for address in (LINK, ASKS)]
    services.failures["SendBallot"] = Broken("a fault")
    pages.append(await employee.send({"q1": "3", "do": "send"}))
    services.failures["SendBallot"] = Unavailable("away")
    pages.append(await employee.send({"q1": "3", "do": "send"}, to=ASKS))
    services.failures.clear()
    pages.append(await employee.send({"q1": "3", "do": "send"}, to=ASKS))

    for page in pages:
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cache-control"] == "no-store"
        assert "script-src" not in page.headers["content-security-policy"]
    assert [page.status_code for page in pages] == [200, 200, 500, 503, 200]
    said = "".join(span.to_json() or "" for span in spans.get_finished_spans())
    written = capsys.readouterr()
    assert "SendBallot" in said  # the control: they are looked at
    assert TOKEN not in said
    assert TOKEN not in written.out + written.err


async def test_a_page_that_is_away_holds_what_was_sent(
    employee: Visitor, services: StubServices
) -> None:
    services.failures["SendBallot"] = Unavailable("away")
    await employee.open(ASKS)
    await employee.send({"q1": "3", "do": "send"})
    services.failures.clear()

    thanks = await employee.send({}, to=employee.again)

    assert "Thank you" in thanks.text
    assert answers(services, "SendBallot")[-1] == {"enps": 3}


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"origin": "https://evil.example"}, 404), ({"sec-fetch-site": "cross-site"}, 404), ({}, 413)],
)
async def test_strangers_are_limited_as_at_other_forms(
    employee: Visitor, services: StubServices, headers: dict[str, str], status: int
) -> None:
    body = urlencode({"q1": "3"}) if headers else "q1=" + "x" * 300_000
    answer = await employee.platform.http.post(LINK, content=body, headers={**FORM, **headers})

    assert answer.status_code == status
    assert not services.asked["FindBallot"]


async def test_a_whole_company_may_answer_from_one_address(
    employee: Visitor, services: StubServices
) -> None:
    await employee.open(ASKS)
    form, statuses = employee.page, set()
    for _ in range(100):
        services.ballots[TOKEN] = make_ballot()
        employee.page = form
        statuses.add((await employee.send({"q1": "3", "do": "send"})).status_code)

    assert statuses == {200}
