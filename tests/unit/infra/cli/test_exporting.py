"""`cxm export`: the file is there when it is whole, and not before."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.cli.exporting import (
    Format,
    Interval,
    Kind,
    OptionsRefused,
    OutRefused,
    delimiter_of,
    export,
    export_file,
    format_of,
)
from infra.client.api import Api, ApiRefused
from infra.client.exports import mapping_query

QUERY = {"department": "shop", "from": "2026-01-01", "to": "2026-02-01"}
Handler = Callable[[httpx.Request], httpx.Response]


def make_api(*answers: Handler, patience_seconds: float = 120) -> Api:
    """A client of a platform that answers so, one after the other."""
    left = list(answers)
    return Api(
        "http://cxm",
        "token",
        patience_seconds=patience_seconds,
        transport=httpx.MockTransport(lambda request: left.pop(0)(request)),
        wait=lambda _: False,
    )


class BreaksOff(httpx.SyncByteStream):
    """A body whose connection is lost."""

    def __iter__(self) -> Iterator[bytes]:
        yield b"a,b\r\nhalf"
        raise httpx.RemoteProtocolError("closed without the end")


def whole(request: httpx.Request) -> httpx.Response:
    assert request.url.path == "/exports/scores"
    assert dict(request.url.params) == QUERY
    assert request.headers["authorization"] == "Bearer token"
    return httpx.Response(200, content=b"a,b\r\n1,2\r\n")


def refused(request: httpx.Request) -> httpx.Response:
    error = {"message": "no such department", "extensions": {"code": "NOT_FOUND"}}
    return httpx.Response(404, json={"errors": [error]})


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://cxm:99999", "is no address"),
        ("http://[cxm", "is no address"),
        ("http://:8000", "is no address"),
        ("ftp://cxm", "is no address"),
        ("http://cxm\n.example", "is no address"),
        ("http://cxm?a=b", "is no address"),
        ("http://nobody.invalid:8000", "there is no host nobody.invalid"),
    ],
)
def test_an_impossible_address_is_refused_at_once(tmp_path: Path, url: str, why: str) -> None:
    out = tmp_path / "scores.csv"

    with pytest.raises(ApiRefused, match=why):  # noqa: SIM117 - the client refuses some, the call others
        with Api(url, "token", wait=never) as api:
            export(api, "scores", QUERY, out)

    assert list(tmp_path.iterdir()) == []


def never(_: float) -> bool:
    raise AssertionError("it waited")


def test_the_file_is_what_the_platform_sends(tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"

    with make_api(whole) as api:
        assert export(api, "scores", QUERY, out) == 10

    assert out.read_bytes() == b"a,b\r\n1,2\r\n"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    "trouble",
    [
        lambda request: httpx.Response(200, stream=BreaksOff()),
        lambda request: httpx.Response(503),
        lambda request: httpx.Response(429),
    ],
)
def test_what_breaks_off_or_passes_begins_anew(tmp_path: Path, trouble: Handler) -> None:
    out = tmp_path / "scores.csv"

    with make_api(trouble, whole) as api:
        export(api, "scores", QUERY, out)

    assert out.read_bytes() == b"a,b\r\n1,2\r\n"


def test_who_waits_for_a_place_is_told_so(tmp_path: Path) -> None:
    words = "2 exports of yours are under way: try again when one of them is done"
    entry = {"message": words, "extensions": {"code": "RATE_LIMITED", "reason": "EXPORTS_BUSY"}}
    heard: list[str] = []

    with make_api(lambda _: httpx.Response(429, json={"errors": [entry]}), whole) as api:
        api.on_away = heard.append
        export(api, "scores", QUERY, tmp_path / "scores.csv")

    assert [message.partition(" is ")[2] for message in heard] == [f"busy ({words}); trying again"]


@pytest.mark.parametrize(("locale", "delimiter"), [(None, None), ("lv", ";"), ("en", None)])
def test_the_mapping_is_written_beside_the_file(
    tmp_path: Path, locale: str | None, delimiter: str | None
) -> None:
    def mapping(request: httpx.Request) -> httpx.Response:
        wanted = {"survey": "s"} | ({"delimiter": delimiter} if delimiter else {})
        assert (request.url.path, dict(request.url.params)) == ("/exports/mapping", wanted)
        return httpx.Response(200, content=b"[defaults]\n")

    with make_api(mapping) as api:
        export(api, "mapping", mapping_query("s", delimiter_of(locale)), tmp_path / "s.toml")

    assert (tmp_path / "s.toml").read_text() == "[defaults]\n"


def test_a_refusal_leaves_the_file_of_before(tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"
    out.write_text("before")

    with make_api(refused) as api, pytest.raises(ApiRefused, match="no such department"):
        export(api, "scores", QUERY, out)

    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]


def test_a_place_that_takes_no_file_is_named(tmp_path: Path) -> None:
    with make_api() as api, pytest.raises(OutRefused, match="nowhere"):
        export(api, "scores", QUERY, tmp_path / "nowhere" / "scores.csv")


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        (Kind.responses, {}, "--survey KEY"),
        (Kind.responses, {"survey": "pulse", "interval": Interval.week}, "are for scores"),
        (Kind.responses, {"survey": "pulse", "metrics": "nps"}, "are for scores"),
        (Kind.scores, {"survey": "pulse"}, "is for responses"),
        (Kind.scores, {"mapping_out": Path("m.toml")}, "is for responses"),
    ],
)
def test_options_that_do_not_go_together_are_refused_before_a_call(
    tmp_path: Path, kind: Kind, options: dict[str, Any], message: str
) -> None:
    out = tmp_path / "out.csv"
    with pytest.raises(OptionsRefused, match=message):  # without a token: Api would refuse that
        export_file(kind, "shop", "2026-01-01", "2026-02-01", out, **options)
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("a.xlsx", Format.xlsx),
        ("a.PARQUET", Format.parquet),
        ("a.csv", Format.csv),
        ("a", Format.csv),
    ],
)
def test_the_name_of_the_file_says_its_format(name: str, meant: Format) -> None:
    assert format_of(Path(name)) is meant


def test_a_name_of_another_format_is_refused() -> None:
    with pytest.raises(OptionsRefused, match="name it so, or give --format"):
        export_file(Kind.scores, "shop", "2026-01-01", "2026-02-01", Path("scores.pdf"))
