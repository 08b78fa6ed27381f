"""A browser without scripts on a survey of three questions; survey behind the gateway is a stub."""

import re
from html import unescape
from urllib.parse import urlencode

import httpx

from cxm.survey.v1 import surveys_pb2 as pb
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


def read_hidden(visitor: Visitor, name: str) -> str:
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', visitor.page.text)
    assert found, visitor.page.text
    return found[1]
