"""The mails that employees got, and their answers: each goes by the link in the mail, as a person's would."""

import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Final

import httpx

from infra.client.problem import Problem

_LINK: Final = re.compile(r"/w/[A-Za-z0-9_-]+")
HANDS: Final = 6
SENT: Final = 303
SPENT: Final = 410
"""Also of a load that was interrupted and goes on."""

BUSY: Final = (429, 503)

Form = Mapping[str, str]


class LinkRefused(Problem):
    """The page behind a link did not take the answers."""


def read_links(folder: Path) -> dict[str, str]:
    """The path of the link in every mail, by the part of the address before @; of several mails to one, any."""
    return {name: link for path in folder.glob("*.eml") for name, link in _link_in(path)}


def clear(folder: Path) -> None:
    """Remove mails that nobody needs any more."""
    for path in folder.glob("*.eml"):
        path.unlink()


def _link_in(path: Path) -> Iterator[tuple[str, str]]:
    mail = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    body = mail.get_body(("plain",)) if isinstance(mail, EmailMessage) else None
    found = _LINK.search(body.get_content()) if body is not None else None
    if found:
        yield str(mail["To"]).partition("@")[0], found[0]


def send_all(url: str, forms: Sequence[tuple[str, Form]]) -> None:
    """Post each form to its link, from several addresses of this machine where it has them.

    LinkRefused for the first that is not taken; who sends again hears that a link was used, which is as well.
    """
    with ExitStack() as stack:
        clients = [stack.enter_context(_client(url, hand)) for hand in range(HANDS)]
        pool = stack.enter_context(ThreadPoolExecutor(HANDS))
        work = [forms[hand::HANDS] for hand in range(HANDS)]
        for each in pool.map(_send_some, clients, work):
            assert each is None


def _client(url: str, hand: int) -> httpx.Client:
    """An address each: the gateway counts what strangers ask for by it."""
    address = f"127.0.0.{hand + 2}" if sys.platform == "linux" else None
    transport = httpx.HTTPTransport(local_address=address)
    return httpx.Client(base_url=url, transport=transport, timeout=60, trust_env=False)


def _send_some(client: httpx.Client, forms: Sequence[tuple[str, Form]]) -> None:
    for link, form in forms:
        reply = client.post(link, data={**form, "do": "send"})
        while reply.status_code in BUSY:
            time.sleep(float(reply.headers.get("retry-after", "1")))
            reply = client.post(link, data={**form, "do": "send"})
        if reply.status_code not in (SENT, SPENT):
            status = reply.status_code
            raise LinkRefused(f"a pulse's page answered {status}: start with another --data-dir")
