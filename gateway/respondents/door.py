"""The doors of respondents: /r/KEY, its snippet, /r for codes, /w/TOKEN. Cookies of sessions are not read here."""

from html import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from gateway.browsers.languages import language_of
from gateway.calls.ballots import Ballots
from gateway.calls.forms import Forms
from gateway.request.gateway import Gateway
from gateway.respondents.answering import Answering
from gateway.respondents.changing import Changing
from gateway.respondents.frame import HEADERS
from gateway.respondents.links import link_of
from gateway.respondents.pages import bad_link
from gateway.respondents.requests import Pages, Sent, page_language, wishes_of
from gateway.respondents.sentences import Phrase, say
from gateway.respondents.staff.balloting import Balloting

SNIPPET = (
    '<a href="{address}" lang="{language}" style="display:inline-block;padding:12px 20px;border-radius:8px;'
    'background:#1f5fae;color:#fff;font:600 16px/1.5 system-ui,sans-serif;text-decoration:none">{text}</a>\n'
)


def respondent_routes(gateway: Gateway) -> list[Route]:
    """All doors of respondents; their paths as text, for docs/rights.md is made of them."""
    pages, forms = Pages(gateway), Forms(gateway.clients)
    answering = Answering(pages, forms, gateway.answers)
    changing = Changing(pages, forms, gateway.answers)
    snippets = Snippets(gateway)
    balloting = Balloting(pages, Ballots(gateway.clients))
    return [
        Route("/r", pages.door(changing.show), methods=["GET"]),
        Route("/r", pages.door(changing.change), methods=["POST"]),
        Route("/r/{survey}", pages.door(answering.show), methods=["GET"]),
        Route("/r/{survey}", pages.door(answering.answer), methods=["POST"]),
        Route("/r/{survey}/snippet", pages.door(snippets.show), methods=["GET"]),
        Route("/w/{token}", pages.door(balloting.show), methods=["GET"]),
        Route("/w/{token}", pages.door(balloting.answer), methods=["POST"]),
    ]


def nothing_there(request: Request) -> Response:
    """The page for an address below /r/ that is no door: as for every link that leads to nothing."""
    return bad_link(language_of(wishes_of(request)))


class Snippets:
    """HTML to be copied into another page: a link that looks like a button, without frame and script.

    It is made of the address alone, so it can be had before the survey opens, and tells nobody what is there.
    """

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    async def show(self, sent: Sent) -> Response:
        """The text of the link, for a survey and what the address names beside it."""
        request = sent.request
        link = link_of(request.path_params["survey"], request.query_params)
        language = page_language(link.language, wishes_of(request))
        address, text = self._address(request) + link.at(step=1), say(Phrase.ANSWER_HERE, language)
        snippet = SNIPPET.format(address=escape(address), language=language, text=escape(text))
        return PlainTextResponse(snippet, headers=HEADERS)

    def _address(self, request: Request) -> str:
        """Where browsers reach the gateway: as it is configured, else as this one did."""
        return self.gateway.browsers.address or str(request.base_url).rstrip("/")
