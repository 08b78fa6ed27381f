"""What is asked where no door is: a page for a person's browser, else JSON with `errors` as from every other door."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Match

from gateway import errors
from gateway.doors.web import Web
from gateway.request.outcome import new_request_id

NOTHING_HERE = "nothing is at this path: the API answers POST /graphql, people sign in at /signin"


def elsewhere(
    web: Web, below: Mapping[str, Callable[[Request], Response]]
) -> Callable[[Request, Exception], Awaitable[Response]]:
    """404 of a path that is none, 405 of a method that a path does not take; 307 of a door with a slash behind it.

    `below`: the answer to a path that is none, by how the path begins.
    """

    async def answer(request: Request, refused: Exception) -> Response:
        status, headers = 404, None
        if isinstance(refused, HTTPException):
            status, headers = refused.status_code, refused.headers
        if status == 404 and (door := door_before_slash(request)) is not None:
            return RedirectResponse(door, 307)
        for beginning, nothing_there in below.items():
            if status == 404 and request.url.path.startswith(beginning):
                return nothing_there(request)
        if status == 404 and web.is_page(request):
            return web.page(request)
        code = "NOT_FOUND" if status == 404 else "BAD_REQUEST"
        message = NOTHING_HERE if status == 404 else "this path does not take this method"
        entry = errors.error_entry(None, message, code, new_request_id())
        return JSONResponse({"errors": [entry]}, status, headers)

    return answer


def door_before_slash(request: Request) -> str | None:
    """Path and query of the door that a path with a slash at its end means; None where it means none."""
    path = request.url.path.removesuffix("/")
    meant = {**request.scope, "path": path}
    routes = request.app.router.routes
    if path == request.url.path or all(route.matches(meant)[0] is Match.NONE for route in routes):
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    as_sent: bytes = request.scope["raw_path"]
    return as_sent.decode("ascii").removesuffix("/") + query
