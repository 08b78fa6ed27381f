"""A file through the upload endpoint of the gateway; sent again from its start when the connection is lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final
from urllib.parse import urlsplit

import httpx
import orjson

from infra.cli.importing.report import Report, Tally
from infra.client.api import CANNOT_BE_CALLED, PASSING_HTTP, Api, ApiRefused, Away, Json, refuse

TIMEOUT: Final = httpx.Timeout(120.0, connect=5.0)


class MappingRefused(ApiRefused):
    """The mapping cannot be used."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload: the kind of rows, the mapping and the file."""

    kind: str
    name: str
    mapping: str
    file: BinaryIO
    dry_run: bool
    update: bool = False
    replace: bool = False


def send(
    api: Api, upload: Upload, report: Report, tally: Tally, show: Callable[[Tally], None]
) -> Json:
    """Send the file until it was taken to its end; returns the last line. Raises ApiRefused.

    Rows that a lost attempt stored or corrected count as such, though the next attempt finds them there. A dry run
    stores nothing and counts anew.
    """
    return api.patiently(lambda: _attempt(api, upload, report, tally, show))


def _attempt(
    api: Api, upload: Upload, report: Report, tally: Tally, show: Callable[[Tally], None]
) -> Json:
    """One upload from the start of the file; Away when the connection was lost. That it came further than any before
    is progress; that it began is none."""
    credit = (0, 0) if upload.dry_run else (tally.stored, tally.corrected)
    begun, furthest = False, tally.furthest
    try:
        for line in _lines(api, upload):
            if not begun:
                if upload.dry_run:
                    tally.differences.clear()
                tally.reasons.clear()
                report.restart()  # not before: a refused upload leaves the report of an earlier run
                begun = True
            if "refused" in line:
                report.add(line["refused"])
                tally.refuse(line["refused"])
            elif "difference" in line:
                tally.differences.append(line["difference"])
            elif "error" in line:
                _fail(line["error"])
            else:
                _count(line.get("done") or line["progress"], credit, tally)
                tally.furthest = max(tally.furthest, tally.read)
                show(tally)
            if "done" in line:
                done: Json = line["done"]
                return done
        raise Away("the answer was cut short")
    except Away as away:
        made_progress = tally.furthest > furthest
        raise Away(str(away), made_progress=made_progress, is_busy=away.is_busy) from away


def _count(counts: Json, credit: tuple[int, int], tally: Tally) -> None:
    tally.rows = counts["rows"]
    corrected, already = counts.get("corrected", 0), counts["alreadyStored"]
    again = min(credit[0], already)
    again_corrected = min(credit[1], already - again)
    tally.stored = max(counts["stored"] + again, credit[0])
    tally.corrected = max(corrected + again_corrected, credit[1])
    tally.already = already - again - again_corrected
    tally.refused = counts["refused"]
    tally.left_out = counts.get("leftOut", 0)
    tally.joined = counts.get("joined", 0)
    tally.read = counts["stored"] + corrected + already
    tally.read += tally.refused + tally.left_out + tally.joined


def _lines(api: Api, upload: Upload) -> Iterator[Json]:
    upload.file.seek(0)
    url = f"{api.url.removesuffix('/graphql')}/imports/{upload.kind}"
    query = {"name": upload.name, "dryRun": "true" if upload.dry_run else "false"}
    if upload.update:
        query["update"] = "true"
    if upload.replace:
        query["replace"] = "true"
    # The gateway takes the parts in this order.
    parts: dict[str, tuple[str, bytes | BinaryIO, str]] = {
        "mapping": ("mapping.toml", upload.mapping.encode(), "application/toml"),
        "file": ("file", upload.file, "application/octet-stream"),
    }
    try:
        with api.http.stream(
            "POST", url, params=query, files=parts, timeout=TIMEOUT, headers={"Accept": "*/*"}
        ) as answer:
            if answer.status_code != httpx.codes.OK:
                _refused(url, answer)
            for line in answer.iter_lines():
                yield _read(url, line)
    except CANNOT_BE_CALLED as error:
        raise ApiRefused(f"{url} cannot be called: {error}") from error
    except httpx.TransportError as error:
        raise api.failure(error) from error


def _read(url: str, line: str) -> Json:
    try:
        read = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise ApiRefused(f"{urlsplit(url).netloc} does not answer as cxm does") from error
    if not isinstance(read, dict):
        raise ApiRefused(f"{urlsplit(url).netloc} does not answer as cxm does")
    return read


def _refused(url: str, answer: httpx.Response) -> None:
    """An answer without lines."""
    try:
        (error,) = orjson.loads(answer.read())["errors"]
        code, message = error["extensions"]["code"], error["message"]
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        if answer.status_code in PASSING_HTTP:
            raise Away(f"HTTP {answer.status_code}") from None
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            refuse("UNAUTHENTICATED", "")
        host = urlsplit(url).netloc
        raise ApiRefused(
            f"{host} does not answer as cxm does (HTTP {answer.status_code})"
        ) from None
    _fail({"message": message, "extensions": {"reason": "", **error["extensions"], "code": code}})


def _fail(error: Json) -> None:
    if error["extensions"].get("reason") == "MAPPING_INVALID":
        raise MappingRefused(error["message"])
    if error["extensions"].get("reason") == "FILE_UNREADABLE":
        raise ApiRefused(error["message"])
    refuse(error["extensions"]["code"], error["message"])
