"""Signing in by browser: /signin, /signin/callback, /signout, and what the provider says behind the browser's back."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from hashlib import sha256
from typing import Final
from urllib.parse import parse_qs

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from gateway import errors
from gateway.browsers.attempts import AFTER_SIGN_IN, Attempt
from gateway.browsers.cookies import MARKER, cookie_of, unmarked
from gateway.browsers.languages import language_of
from gateway.calls.grants import SUBJECT_PREFIX
from gateway.calls.oidc.code_flow import CodeFlow
from gateway.calls.sessions import new_secret
from gateway.doors.http import address_of
from gateway.request.gateway import Gateway
from gateway.request.outcome import seconds_to_wait
from gateway.signin import refusals
from gateway.signin.pages import again, button, page
from gateway.signin.sentences import Sentence, say
from services.kit.errors import Conflict, Failure, Invalid, NotFound, Unauthenticated
from services.kit.rights.access import ANONYMOUS, Viewer

CALLBACK: Final = "/signin/callback"
SIGN_OUT: Final = "/signout"
SIGNED_OUT: Final = "/signed-out"
"""A page of the web."""
LARGEST_FORM: Final = 32 * 1024
FORM_SECONDS: Final = 10.0
"""For a form to arrive whole: anybody may send one."""
MOST_TRIED: Final = 10_000
SIGN_INS_AT_ONCE: Final = 16
"""Codes that the provider is asked about at a time: strangers can invent any number."""
LOGOUT_LEEWAY_SECONDS: Final = 60.0
"""Clocks of others: a session that began so much after a logout token was made is ended by it too."""

log = structlog.get_logger()

Handler = Callable[[Request], Awaitable[Response]]


def sign_in_routes(gateway: Gateway) -> list[Route]:
    """All doors of signing in; their paths as text, for docs/rights.md is made of them."""
    door = SignInDoor(gateway)
    return [
        Route("/signin", door.in_pages(door.begin), methods=["GET"]),
        Route("/signin/callback", door.in_pages(door.finish), methods=["GET"]),
        Route("/signin/done", door.in_pages(door.show), methods=["GET"]),
        Route("/signin/link/{token}", door.in_pages(door.show_link), methods=["GET"]),
        Route("/signin/link/{token}", door.in_pages(door.spend_link), methods=["POST"]),
        Route("/signout", door.in_pages(door.sign_out), methods=["POST"]),
        Route("/signin/backchannel-logout", door.hear_logout, methods=["POST"]),
    ]


class SignInDoor:
    """Answers browsers, and the identity provider."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.browsers = gateway.browsers
        self.tried: set[str] = set()
        self.places = asyncio.Semaphore(SIGN_INS_AT_ONCE)

    def in_pages(self, handler: Handler) -> Handler:
        """A handler whose failures are pages."""

        async def answer(request: Request) -> Response:
            try:
                return await handler(request)
            except Failure as failure:
                errors.log_fault(failure, "sign-in")
                status = errors.STATUSES.get(errors.code_of(failure), 400)
                language = _language(request)
                text = refusals.explain(failure, language)
                title = Sentence.NOT_SIGNED_IN
                refusal = page(status, language, title, text, self._again(language))
                if (
                    failure.reason == refusals.SESSION_ENDED
                ):  # else the browser sends it, and is refused, for hours
                    refusal.headers.append("set-cookie", self.browsers.keep("", 0))
                return _with_retry(refusal, failure)

        return answer

    async def begin(self, request: Request) -> Response:
        """To the identity provider."""
        wanted = request.query_params.get("return_to", "")
        attempt, cookie = self.browsers.attempts.begin(wanted)
        url = await self._flow().authorization_url(attempt.state, attempt.nonce, attempt.verifier)
        answer = RedirectResponse(url, 303)
        answer.headers.append("set-cookie", self.browsers.keep_attempt(cookie))
        return answer

    async def finish(self, request: Request) -> Response:
        """Back from it: the code for a token, the token for a session."""
        asked, flow = request.query_params, self._flow()
        cookie = cookie_of(request.headers.get("cookie", ""), self.browsers.attempt_cookie)
        attempt = self.browsers.attempts.find(cookie or "", asked.get("state", ""))
        if attempt is None or attempt.id in self.tried:
            message = "this sign-in took too long, was used before, or began in another browser"
            raise Unauthenticated(message, reason="SIGN_IN_UNKNOWN")
        await flow.check_issuer(asked.get("iss"))
        if "code" not in asked:
            message = "the identity provider did not sign you in"
            raise Unauthenticated(message, reason="SIGN_IN_REFUSED")
        self._try_once(attempt.id)
        secret, seconds = await self._start_session(
            flow, attempt, asked["code"], address_of(request.scope)
        )
        await self._end_former(request)
        answer = RedirectResponse(attempt.return_to, 303)
        answer.headers.append("set-cookie", self.browsers.keep(secret, seconds))
        answer.headers.append("set-cookie", self.browsers.keep_attempt("", 0))
        return answer

    async def _start_session(
        self, flow: CodeFlow, attempt: Attempt, code: str, address: str
    ) -> tuple[str, int]:
        """The secret of a new session, and how long it holds at most."""
        try:
            with self.gateway.throttle.proving(address):  # before it waits for a place
                async with self.places:
                    identity = await flow.redeem(code, attempt.verifier, attempt.nonce)
        except Unauthenticated as failure:  # its page names the reason alone
            log.warning("sign-in refused", reason=failure.reason, message=failure.message)
            raise
        subject, secret = SUBJECT_PREFIX + identity.subject, new_secret()
        session = await self.gateway.sessions.start(
            secret, subject, attempt.id, provider_session=identity.provider_session
        )
        viewer = Viewer(subject, await self.gateway.grants.of(subject))
        await self.gateway.users.record(viewer, identity.user)
        return secret, session.seconds_left

    async def _end_former(self, request: Request) -> None:
        """Whoever signs in again leaves no session behind in this browser."""
        former = cookie_of(request.headers.get("cookie", ""), self.browsers.session_cookie)
        if former is not None:
            with suppress(Failure):
                await self.gateway.sessions.end(former)

    def _try_once(self, sign_in: str) -> None:
        """A code is sent to the provider once; over all replicas, a sign-in makes one session (profile)."""
        if len(self.tried) >= MOST_TRIED:
            self.tried.clear()
        self.tried.add(sign_in)

    async def show_link(self, request: Request) -> Response:
        """A button, so that a program that follows every link of a message does not spend it."""
        token = request.path_params["token"]
        viewer = self._read_link(token, address_of(request.scope))
        if _id_of_link(token) in self.tried:
            raise refusals.link_used()
        language, title = _language(request), Sentence.SIGN_IN
        text = say(Sentence.LINK_OFFER, language, subject=viewer.subject)
        return page(200, language, title, text, button(f"/signin/link/{token}", title, language))

    async def spend_link(self, request: Request) -> Response:
        """A session of whom the link names."""
        self._check_own(request)
        token = request.path_params["token"]
        viewer = self._read_link(token, address_of(request.scope))
        secret, sign_in = new_secret(), _id_of_link(token)
        try:
            session = await self.gateway.sessions.start(
                secret, viewer.subject, sign_in, grants=viewer.grants
            )
        except Conflict as failure:
            self._try_once(sign_in)
            raise refusals.link_used() from failure
        self._try_once(sign_in)
        await self._end_former(request)
        answer = RedirectResponse(AFTER_SIGN_IN, 303)
        answer.headers.append("set-cookie", self.browsers.keep(secret, session.seconds_left))
        return answer

    def _read_link(self, token: str, address: str) -> Viewer:
        if not self.browsers.session_cookie:
            raise NotFound("no browser signs in here", reason=refusals.NO_BROWSERS)
        try:
            with self.gateway.throttle.proving(address):
                return self.gateway.links.read(token).viewer
        except Unauthenticated as failure:
            raise refusals.of_link(failure) from failure

    def _check_own(self, request: Request) -> bool:
        """Whether a form of our own pages has sent this, else it has the marker; Denied for what anybody could send."""
        headers = request.headers
        is_form = headers.get(MARKER) != "1"
        if not self.browsers.is_own(dict(headers)) or (is_form and "origin" not in headers):
            raise unmarked()
        return is_form

    async def show(self, request: Request) -> Response:
        """Who is signed in, and a button to end it."""
        credentials = self.browsers.page_credentials(dict(request.headers))
        viewer, language = (
            await self.gateway.viewer(credentials, address_of(request.scope)),
            _language(request),
        )
        if viewer is ANONYMOUS:
            raise Unauthenticated("no cookie of a session was sent", reason=refusals.NOBODY)
        text = say(Sentence.SIGNED_IN_AS, language, subject=viewer.subject)
        end, title = button(SIGN_OUT, Sentence.SIGN_OUT, language), Sentence.SIGNED_IN
        return page(200, language, title, text, end, leads_to=await self._end_url())

    async def sign_out(self, request: Request) -> Response:
        """End the session here, and say where it is ended at the provider."""
        is_form = self._check_own(request)
        secret = cookie_of(request.headers.get("cookie", ""), self.browsers.session_cookie)
        if secret is not None:
            self.gateway.throttle.spend_proof(address_of(request.scope))
            await self.gateway.sessions.end(secret)
        url = await self._end_url()
        answer = (
            RedirectResponse(url or SIGNED_OUT, 303) if is_form else JSONResponse({"goTo": url})
        )
        answer.headers.append("set-cookie", self.browsers.keep("", 0))
        return answer

    async def _end_url(self) -> str | None:
        """Where the provider's own session is ended; None where there is none, or it cannot be asked."""
        flow = self.gateway.code_flow
        if flow is None:
            return None
        try:
            return await flow.end_session_url(self.browsers.address + SIGNED_OUT)
        except Failure:
            return None

    async def hear_logout(self, request: Request) -> Response:
        """The provider's word that sessions have ended; 400 for a token that does not hold."""
        try:
            token = (await _form(request)).get("logout_token", "")
            with self.gateway.throttle.proving(address_of(request.scope)):
                logout = await self._flow().read_logout(token)
            subject = SUBJECT_PREFIX + logout.subject if logout.subject else ""
            await self.gateway.sessions.end_all(
                subject, logout.provider_session, logout.at + LOGOUT_LEEWAY_SECONDS
            )
        except Unauthenticated as failure:
            refusal = {"error": "invalid_request", "error_description": failure.message}
            return JSONResponse(refusal, 400)
        except Failure as failure:
            errors.log_fault(failure, "back-channel logout")
            status = errors.STATUSES.get(errors.code_of(failure), 400)
            return _with_retry(JSONResponse({"error": failure.reason.lower()}, status), failure)
        return Response(status_code=200)

    def _flow(self) -> CodeFlow:
        if self.gateway.code_flow is None:
            raise NotFound("no identity provider is configured for browsers", reason="NO_SIGN_IN")
        return self.gateway.code_flow

    def _again(self, language: str) -> str:
        return again(language) if self.gateway.code_flow is not None else ""


def _language(request: Request) -> str:
    return language_of(request.headers.get("accept-language", ""))


def _id_of_link(token: str) -> str:
    """By it profile knows whether this link has made a session."""
    return "link:" + sha256(token.encode()).hexdigest()


def _with_retry(answer: Response, failure: Failure) -> Response:
    """An answer that says when to come again, where that helps."""
    seconds = seconds_to_wait(failure)
    if seconds is not None:
        answer.headers["retry-after"] = str(seconds)
    return answer


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; empty for one that is too large, Invalid for one that does not arrive."""
    body = bytearray()
    try:
        async with asyncio.timeout(FORM_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > LARGEST_FORM:
                    return {}
    except (TimeoutError, ClientDisconnect) as error:
        raise Invalid("the form did not arrive", reason="FORM_CUT") from error
    return {name: values[-1] for name, values in parse_qs(body.decode("latin-1")).items()}
