"""A mail as it travels."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from services.kit.errors import Invalid
from services.kit.mail.message import MailMessage, as_bytes

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
MAIL = MailMessage("ilze@example.com", "Jūsu viedoklis", "Sveiki, Ilze ✓", "<p>Sveiki</p>", "lv")


def test_it_has_both_forms_its_language_and_no_order() -> None:
    first, second = (as_bytes(MAIL, "cxm@example.org", AT) for _ in range(2))

    assert first.isascii()
    mail = message_from_bytes(first, policy=default)
    assert mail["Subject"] == "Jūsu viedoklis"
    assert mail["To"] == "ilze@example.com"
    assert mail["From"] == "cxm@example.org"
    assert mail["Date"] == "Mon, 04 May 2026 12:00:00 +0000"
    assert mail["Content-Language"] == "lv"
    assert mail["Auto-Submitted"] == "auto-generated"
    kinds = {part.get_content_type(): part.get_content().strip() for part in mail.iter_parts()}
    assert kinds == {"text/plain": "Sveiki, Ilze ✓", "text/html": "<p>Sveiki</p>"}
    assert mail["Message-ID"] != message_from_bytes(second, policy=default)["Message-ID"]


@pytest.mark.parametrize(
    "mail",
    [
        MailMessage("ilze@example.com\r\nBcc: all@example.com", "s", "t", "", "lv"),
        MailMessage("ilze@example.com, all@example.com", "s", "t", "", "lv"),
        MailMessage("ilze@example.com", "s\r\nBcc: all@example.com", "t", "", "lv"),
        MailMessage("ilze@example.com", "s", "t", "", "lv\nX: y"),
        MailMessage("ilze", "s", "t", "", "lv"),
        MailMessage("", "s", "t", "", "lv"),
    ],
)
def test_nobody_writes_a_header_of_his_own(mail: MailMessage) -> None:
    with pytest.raises(Invalid) as refused:
        as_bytes(mail, "cxm@example.org", AT)
    assert refused.value.reason == "MAIL_MALFORMED"


def test_its_repr_names_nobody() -> None:
    assert repr(MAIL) == "MailMessage(language='lv')"
