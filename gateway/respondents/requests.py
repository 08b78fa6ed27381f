"""A request of a respondent's browser: its form, its address, its language; and what becomes of a failure."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, NoReturn
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

from gateway import errors
from gateway.browsers.languages import LANGUAGES, language_of, primary, wished_of
from gateway.browsers.origins import is_of_other_site
from gateway.calls.forms import Form
from gateway.doors.body import Bodies, declared_length
from gateway.doors.http import address_of
from gateway.request.asked import BODY_BYTES, ClientGone, NotARequest, too_large
from gateway.request.gateway import Gateway
from gateway.request.outcome import seconds_to_wait
from gateway.respondents.fields import Words
from gateway.respondents.pages import bad_link, later_page, message
from gateway.respondents.sentences import Phrase
from gateway.strangers.throttle import values_of
from services.kit.errors import Denied, Failure, Invalid, Late, NotFound, RateLimited, Unavailable
from services.kit.rights.access import ANONYMOUS

PAGE_VALUES: Final = 120
"""Of any page: a call, and about 0.5 ms of making it."""
MOST_FIELDS: Final = 6_000
"""Of a form: 50 questions with 100 options each, and what is beside them."""
CODES: Final = ""
"""What corrections, withdrawals and codes that are tried count as at the brake: a survey of their own."""
FORM_TYPE: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Sent:
    """A request, and the fields of its form; several of one name in their order."""

    request: Request
    fields: dict[str, list[str]]

    def first(self, name: str) -> str:
        """The first value of a field; empty where there is none."""
        return self.fields.get(name, [""])[0]


Handler = Callable[[Sent], Awaitable[Response]]


class Pages:
    """Makes doors of handlers: limits before anything is parsed, and a page for every failure."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.bodies = Bodies(gateway.files)

    def door(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """A handler behind the limits."""

        async def answer(request: Request) -> Response:
            sent = Sent(request, {})
            try:
                sent = await self._read(request)
                return await handler(sent)
            except (Failure, NotARequest) as failure:
                return refusal(failure, sent)
            except ClientGone:
                return Response(status_code=408)

        return answer

    async def _read(self, request: Request) -> Sent:
        self.spend(request, PAGE_VALUES)
        if request.method != "POST":
            return Sent(request, {})
        self._check_own(request)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
            raise NotARequest(415, f"Content-Type must be {FORM_TYPE}")
        length = declared_length(request.headers)
        body = await self.bodies.read(request.receive, length, _refuse_large)
        self.spend(request, values_of(len(body)))
        try:
            text = body.decode("ascii")
            return Sent(request, parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
        except ValueError as error:
            raise NotARequest(400, "this is no form") from error

    def spend(self, request: Request, values: int) -> None:
        """Take what is about to be done from the address's bucket; RateLimited where it is empty."""
        self.gateway.throttle.spend(ANONYMOUS, address_of(request.scope), values)

    def admit(self, request: Request, survey: str) -> None:
        """Let one response, correction or withdrawal pass, as from any stranger; RateLimited where too many came."""
        self.gateway.brake.admit(address_of(request.scope), {survey: 1})

    def admit_code(self, request: Request) -> None:
        """Let one code be looked up, for it may be guessed: it counts as a correction; RateLimited for too many."""
        self.admit(request, CODES)

    def _check_own(self, request: Request) -> None:
        """Denied for a form that a page of others sends: its visitors' addresses would answer for it.

        Old browsers send neither header, or the Origin `null` that no-referrer makes of ours; nothing here is known by
        a cookie of a session, so what they let through is what anybody may send.
        """
        origin = request.headers.get("origin", "null")
        is_own = origin == "null" or self.gateway.browsers.is_own(dict(request.headers))
        if is_of_other_site(request.headers) or not is_own:
            raise Denied("a form of another page", reason="OTHER_PAGE")


async def _refuse_large() -> NoReturn:
    raise too_large(BODY_BYTES)


def refusal(failure: Failure | NotARequest, sent: Sent) -> Response:
    """The page for a failure; where a form may be taken later it holds all that was sent, to be sent again."""
    request, wishes = sent.request, wishes_of(sent.request)
    if isinstance(failure, NotFound | Denied | Invalid):
        return bad_link(language_of(wishes))
    language = page_language(request.query_params.get("lang", ""), wishes)
    if isinstance(failure, NotARequest):
        sentence = Phrase.TOO_LARGE if failure.status == 413 else Phrase.FAILED
        answer = message(failure.status, language, Phrase.PROBLEM, sentence)
        answer.headers.update(failure.headers)
        return answer
    errors.log_fault(failure, "respondent's page")
    status, seconds = errors.STATUSES.get(errors.code_of(failure), 400), seconds_to_wait(failure)
    answer = later_page(status, language, sentence_of(failure), seconds or 0, sent.fields)
    if seconds is not None:
        answer.headers["retry-after"] = str(seconds)
    return answer


def sentence_of(failure: Failure) -> Phrase:
    """What a person is told who may do the same again later."""
    if isinstance(failure, RateLimited):
        return Phrase.TOO_MANY
    return Phrase.AWAY if isinstance(failure, Unavailable | Late) else Phrase.FAILED


def wishes_of(request: Request) -> str:
    return request.headers.get("accept-language", "")


def words_for(form: Form, asked: str, wishes: str) -> Words:
    """The languages of a page: as the address, the invitation or the browser says, else the survey's own."""
    offered = form.languages
    texts = next((tag for tag in (asked, form.invited_language) if tag and tag in offered), None)
    if texts is None:
        texts = wished_of(wishes, offered) or form.language
    return Words(page_language(texts, wishes), texts)


def page_language(asked: str, wishes: str) -> str:
    """The language of the page's own words."""
    return primary(asked) if primary(asked) in LANGUAGES else language_of(wishes)
