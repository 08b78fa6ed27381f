"""Files that the platform makes."""

from io import BytesIO
from typing import BinaryIO

import httpx

from infra.client.api import CANNOT_BE_CALLED, PASSING_HTTP, Api, ApiRefused, Away, refuse, said

TIMEOUT = httpx.Timeout(
    1_800.0, connect=5.0
)  # Parquet and XLSX are whole before the first byte is sent


def mapping_query(survey: str, delimiter: str) -> dict[str, str]:
    """Parameters of the mapping of a survey's exports."""
    return {"survey": survey} | ({"delimiter": delimiter} if delimiter != "," else {})


def fetch_mapping(api: Api, survey: str, delimiter: str) -> str:
    """The mapping by which an export of a survey comes back in."""
    file = BytesIO()
    query = mapping_query(survey, delimiter)
    api.patiently(lambda: download(api, "mapping", query, file))
    return file.getvalue().decode()


def download(api: Api, kind: str, query: dict[str, str], file: BinaryIO) -> int:
    """The file of a kind, from its start; returns its size. Away where it broke off."""
    file.seek(0)
    file.truncate()
    address = f"{api.url.removesuffix('/graphql')}/exports/{kind}"
    try:
        headers = {"Accept": "*/*"}
        with api.http.stream(
            "GET", address, params=query, headers=headers, timeout=TIMEOUT
        ) as answer:
            if answer.status_code != httpx.codes.OK:
                _refuse(answer)
            for piece in answer.iter_bytes():
                file.write(piece)
    except CANNOT_BE_CALLED as error:
        raise ApiRefused(f"{api.url} cannot be called: {error}") from error
    except httpx.TransportError as error:
        raise api.failure(error) from error
    return file.tell()


def _refuse(answer: httpx.Response) -> None:
    """Raise what the answer says."""
    refuse(*said(answer))
    if answer.status_code in PASSING_HTTP:
        raise Away(f"HTTP {answer.status_code}")
    raise ApiRefused(f"{answer.url} does not answer as cxm does (HTTP {answer.status_code})")
