"""What a setting says about how mails go."""

from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from services.kit.clock import Clock
from services.kit.errors import Invalid
from services.kit.mail.files import ConsoleMail, FolderMail
from services.kit.mail.mail import Mail
from services.kit.mail.smtp import SmtpMail, SmtpServer

PORTS: Final = {"smtp": 25, "smtps": 465}
FORMS: Final = "smtp://[user:password@]host[:port], smtps://..., file:///folder or console:"


def open_mail(url: str, sender: str, clock: Clock) -> Mail:
    """How mails go. Invalid unless the URL has one of the FORMS; the error does not quote it: it may hold a password.

    A user and a password are written as in every URL: `@`, `:`, `/` and `%` in them as %40, %3A, %2F and %25.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _malformed() from None
    match parts.scheme:
        case "console" if not parts.netloc and not parts.path:
            return ConsoleMail(sender, clock)
        case "file" if not parts.netloc and parts.path.startswith("/"):
            return FolderMail(Path(unquote(parts.path)), sender, clock)
        case "smtp" | "smtps" as scheme if parts.hostname and parts.path in ("", "/"):
            server = SmtpServer(
                parts.hostname,
                port or PORTS[scheme],
                scheme == "smtps",
                _unquoted(parts.username),
                _unquoted(parts.password),
            )
            return SmtpMail(server, sender, clock)
        case _:
            raise _malformed()


def _unquoted(text: str | None) -> str | None:
    return unquote(text) if text else None


def _malformed() -> Invalid:
    return Invalid(f"the URL of mails has another form: {FORMS}", reason="MAIL_URL_MALFORMED")
