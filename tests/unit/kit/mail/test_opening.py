"""What the URL of mails may be."""

import pytest

from services.kit.clock import now
from services.kit.errors import Invalid
from services.kit.mail.files import ConsoleMail, FolderMail
from services.kit.mail.opening import open_mail
from services.kit.mail.smtp import SmtpMail, SmtpServer


def test_each_form_opens_its_own() -> None:
    assert isinstance(open_mail("console:", "cxm@x.org", now), ConsoleMail)
    folder = open_mail("file:///var/my%20mail", "cxm@x.org", now)
    assert isinstance(folder, FolderMail)
    assert str(folder.folder) == "/var/my mail"
    plain = open_mail("smtp://mail.x.org", "cxm@x.org", now)
    assert isinstance(plain, SmtpMail)
    assert plain.server == SmtpServer("mail.x.org", 25, is_tls=False)
    whole = open_mail("smtps://cxm%40x.org:a%2Fb@mail.x.org:4650", "cxm@x.org", now)
    assert isinstance(whole, SmtpMail)
    assert whole.server == SmtpServer("mail.x.org", 4650, True, "cxm@x.org", "a/b")


@pytest.mark.parametrize(
    "url",
    ["", "mail", "http://x.org", "smtp:", "smtp://x:port", "file://dir", "file:dir", "smtp://x/y"],
)
def test_any_other_is_refused_unquoted(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        open_mail(url, "cxm@x.org", now)
    assert refused.value.reason == "MAIL_URL_MALFORMED"
    assert "secret" not in str(refused.value)
