"""Pages of respondents: what they show, keep, send and refuse; survey behind them is a stub."""

import random
import re
from html import unescape
from urllib.parse import urlencode

import httpx
import pytest
from structlog.testing import capture_logs

from cxm.survey.v1 import surveys_pb2 as pb
from gateway.browsers.languages import LANGUAGES
from gateway.respondents.codes import proof_of, read_code
from services.kit.errors import Broken, Invalid, Late, NotFound, RateLimited, Unavailable
from services.kit.rights.access import ANONYMOUS
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.stub_services import StubServices

FORM = {"content-type": "application/x-www-form-urlencoded"}
EVIL = '"><script>alert(1)</script>&{0}\u202e'


def make_survey() -> pb.Survey:
    """Three questions in two languages."""
    lv = [pb.Text(language="lv", text="Vai ieteiktu?")]
    return pb.Survey(
        key="visit",
        title="Your visit",
        language="en",
        questions=[
            pb.Question(key="recommend", kind=pb.QUESTION_KIND_NPS, text="Likely?", texts=lv),
            pb.Question(key="why", kind=pb.QUESTION_KIND_TEXT, text="Why?"),
            pb.Question(
                key="liked",
                kind=pb.QUESTION_KIND_MULTIPLE_CHOICE,
                text="What?",
                options=[pb.Option(key="a", text="Staff"), pb.Option(key="b", text=EVIL)],
            ),
        ],
    )


@pytest.fixture
def visitor(platform: Platform, services: StubServices) -> "Visitor":
    services.surveys.insert(0, make_survey())
    return Visitor(platform)


class Visitor:
    """A browser without scripts: it keeps the cookie, and follows where it is sent."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.page = httpx.Response(0)
        self.takes_cookies = True

    async def open(self, path: str, **headers: str) -> httpx.Response:
        """A page."""
        self.page = await self.platform.http.get(path, headers=headers, follow_redirects=True)
        self._forget()
        return self.page

    async def send(
        self, fields: dict[str, str | list[str]], to: str = "", **headers: str
    ) -> httpx.Response:
        """The form of the page, with what is hidden in it; `to`: where, for one that does not say."""
        found = re.search(r'<form action="([^"]+)"', self.page.text)
        assert found or to, self.page.text
        hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.page.text)
        body = urlencode([(name, unescape(value)) for name, value in hidden])
        body += "&" + urlencode(fields, doseq=True)
        self.page = await self.platform.http.post(
            to or unescape(found[1] if found else ""),
            content=body,
            headers={**FORM, **headers},
            follow_redirects=True,
        )
        self._forget()
        return self.page

    def _forget(self) -> None:
        if not self.takes_cookies:
            self.platform.http.cookies.clear()

    @property
    def again(self) -> str:
        """Where a form goes that does not say: to the address of its page."""
        assert '<form method="post">' in self.page.text, self.page.text
        return str(self.page.url)

    @property
    def code(self) -> str:
        """What is to be written down."""
        found = re.search(r'class="code">([0-9A-Z-]+)<', self.page.text)
        assert found, self.page.text
        return found[1]


def sent(services: StubServices) -> list[dict[str, object]]:
    """The answers of every submission, by question."""
    return [
        {
            answer.question: getattr(answer, answer.WhichOneof("value"))
            for answer in request.submissions[0].answers
        }
        for request in services.asked["SubmitResponses"]
    ]


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


def read_hidden(visitor: Visitor, name: str) -> str:
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', visitor.page.text)
    assert found, visitor.page.text
    return found[1]


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


@pytest.mark.parametrize(
    "path",
    [
        "/r/none",
        "/r/none?lang=lv&all=1&step=x",
        "/r/visit?i=none",
        "/r/visit/x",
        "/r/visit/snippet/x",
    ],
)
async def test_every_bad_link_is_one_page(
    visitor: Visitor, services: StubServices, path: str
) -> None:
    known = await visitor.open("/r/absent")
    if "i=" in path:
        services.failures["GetForm"] = NotFound("no", reason="INVITATION_SPENT")
    answer = await visitor.open(path, accept="text/html")

    assert (answer.status_code, answer.content) == (404, known.content)
    assert "This link cannot be used" in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_speaks_the_language_of_the_survey_that_is_wished(
    visitor: Visitor, language: str
) -> None:
    answer = await visitor.open("/r/visit", **{"accept-language": language})

    assert f'<html lang="{"lv" if language == "lv" else "en"}">' in answer.text
    assert ("Vai ieteiktu?" in answer.text) == (language == "lv")


async def test_a_language_that_is_not_there_is_as_none(visitor: Visitor) -> None:
    plain = await visitor.open("/r/visit")
    visitor.platform.http.cookies.clear()
    for tag in ("xx", '"><script>', "lv\r\nx: y"):
        answer = await visitor.open("/r/visit?" + urlencode({"lang": tag}))
        assert "<script" not in answer.text
        assert "Question 1 of 3" in answer.text
    assert 'lang="lv" hreflang="lv">Latviešu</a>' in plain.text


async def test_a_page_holds_no_script_and_lets_none_in(visitor: Visitor) -> None:
    for step in (1, 2, 3):
        await visitor.open(f"/r/visit?step={step}")
        answer = await visitor.send({f"q{step}": EVIL})
        assert "<script" not in answer.text
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
    assert "&lt;script&gt;" in (await visitor.open("/r/visit?step=3")).text


FOREIGN = [
    {"origin": "https://evil.example"},
    {"sec-fetch-site": "cross-site", "origin": "null"},
    {"sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
async def test_a_form_of_another_page_sends_nothing(
    visitor: Visitor, services: StubServices, headers: dict[str, str]
) -> None:
    await visitor.open("/r/visit?all=1")
    form = visitor.page

    answer = await visitor.send({"q1": "9"}, **headers)
    assert (answer.status_code, services.asked["SubmitResponses"]) == (404, [])

    visitor.page = form
    await visitor.send({"q1": "9"}, **{"sec-fetch-site": "same-origin", "origin": "null"})
    assert len(services.asked["SubmitResponses"]) == 1


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


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"q1=" + b"x" * 300_000, FORM, 413),
        (b"&".join(b"q1=1" for _ in range(7_000)), FORM, 400),
        (b'{"q1": 1}', {"content-type": "application/json"}, 415),
        (b"q1=\xff", FORM, 400),
    ],
)
async def test_what_is_no_form_is_not_looked_at(
    visitor: Visitor, services: StubServices, body: bytes, headers: dict[str, str], status: int
) -> None:
    answer = await visitor.platform.http.post("/r/visit", content=body, headers=headers)

    assert answer.status_code == status
    assert not services.asked["GetForm"]


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
    visitor: Visitor, services: StubServices, path: str
) -> None:
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


@pytest.mark.parametrize(
    ("asked", "address", "language"),
    [
        ("?t=a%22b", "?t=a%22b", "en"),
        ("?lang=lv&d=x", "?d=x&amp;lang=lv", "lv"),
        ("?lang=%22%3E%3Cscript%3E", "?lang=%22%3E%3Cscript%3E", "mk"),
    ],
)
async def test_the_snippet_is_one_link(
    visitor: Visitor, services: StubServices, asked: str, address: str, language: str
) -> None:
    """Of any key: what it says is the same, so nobody learns what is there."""
    for key in ("visit", "none"):
        wishes = {"accept-language": "mk" if "script" in asked else "en"}
        answer = await visitor.open(f"/r/{key}/snippet{asked}", **wishes)

        assert answer.headers["content-type"].startswith("text/plain")
        begin = f'<a href="http://cxm/r/{key}{address}" lang="{language}" style="'
        assert answer.text.startswith(begin)
        assert answer.text.count("<") == 2
    assert not services.asked["GetForm"]
