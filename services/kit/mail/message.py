"""One mail, and the bytes it travels as."""

from dataclasses import dataclass, field
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from typing import Final
from uuid import uuid4

from services.kit.errors import Invalid

# Lines of 7 bits: a server that knows no more takes them too.
PLAIN: Final = SMTP.clone(cte_type="7bit")
WIDE: Final = SMTPUTF8.clone(cte_type="7bit")


@dataclass(frozen=True, slots=True)
class MailMessage:
    """A mail to one person. What it says is personal: it is in no log, and not in its own `repr`."""

    to: str = field(repr=False)
    """An address that was checked when it was stored."""
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str = field(repr=False)
    """The same as text; "": text alone."""
    language: str
    """BCP 47 tag."""


def as_bytes(message: MailMessage, sender: str, at: datetime) -> bytes:
    """The mail with its headers. Invalid where a header would not be one line, or an address is none.

    The Message-ID is random: it says neither when the mail was made nor which one it is.
    """
    if not message.language.isprintable():
        raise _malformed()
    try:
        mail = EmailMessage(policy=PLAIN if travelling(message.to).isascii() else WIDE)
        from_ = _address(sender)
        mail["From"], mail["To"] = from_, _address(message.to)
        mail["Subject"] = message.subject
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{uuid4()}@{from_.domain}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office replies
    except (ValueError, HeaderParseError, IndexError):
        raise _malformed() from None
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    mail["Content-Language"] = message.language  # last: set_content takes such headers away
    return mail.as_bytes()


def _malformed() -> Invalid:
    return Invalid(
        "this cannot be a mail: addresses are user@domain, subjects are one line",
        reason="MAIL_MALFORMED",
    )


def travelling(address: str) -> str:
    """An address with its domain in ASCII (IDNA), the part before @ as it is. ValueError for no domain."""
    local, _, domain = address.rpartition("@")
    if not domain.isascii():
        domain = domain.encode("idna").decode("ascii")
    return f"{local}@{domain}"


def _address(text: str) -> Address:
    """ValueError unless it has two parts that RFC 5322 knows; letters beyond ASCII count as such (RFC 6532)."""
    text = travelling(text)
    known = Address(addr_spec="".join(sign if sign.isascii() else "x" for sign in text))
    if not known.username or not known.domain:
        raise ValueError
    return (
        known if text.isascii() else Address(username=text.rpartition("@")[0], domain=known.domain)
    )
