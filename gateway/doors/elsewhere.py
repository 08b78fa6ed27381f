"""What is asked where no door is: JSON with `errors` as from every other door."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from gateway import errors
from gateway.request.outcome import new_request_id

NOTHING_HERE = "nothing is at this path: the API answers POST /graphql, people sign in at /signin"


async def answer_elsewhere(_request: Request, refused: Exception) -> JSONResponse:
    """404 of a path that is none, 405 of a method that a path does not take."""
    status, headers = 404, None
    if isinstance(refused, HTTPException):
        status, headers = refused.status_code, refused.headers
    code = "NOT_FOUND" if status == 404 else "BAD_REQUEST"
    message = NOTHING_HERE if status == 404 else "this path does not take this method"
    entry = errors.error_entry(None, message, code, new_request_id())
    return JSONResponse({"errors": [entry]}, status, headers)
