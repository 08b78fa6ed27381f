"""Composing the mails that bring links: text, and the same in simple HTML."""

from html import escape
from zoneinfo import ZoneInfo

from services.employee_exp.invitations.words import MailPhrase, say
from services.employee_exp.waves.domain.snapshot import Addressee
from services.employee_exp.waves.domain.wave import Wave
from services.kit.mail.message import MailMessage

PAGE = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
    '<body style="font-family:sans-serif;line-height:1.5;max-width:40em">{body}</body></html>'
)


def compose(
    wave: Wave, to: Addressee, link: str, zone: ZoneInfo, *, is_reminder: bool
) -> MailMessage:
    """The mail that brings a link; in the employee's language where the wave can be answered in it."""
    draft = wave.draft
    wanted = to.language.lower().split("-")[0]
    language = wanted if wanted in draft.languages else draft.language
    name = dict(draft.names).get(language, draft.name)
    until = f"{draft.closes_at.astimezone(zone):%Y-%m-%d %H:%M}" if draft.closes_at else ""
    subject = say(MailPhrase.REMINDS if is_reminder else MailPhrase.INVITES, language, name=name)
    before = [
        say(MailPhrase.ASKS, language, name=name),
        say(MailPhrase.PROMISE, language, k=draft.k),
        say(MailPhrase.LINK, language),
    ]
    after = [say(MailPhrase.UNTIL, language, until=until), say(MailPhrase.UNSEEN, language)]
    return MailMessage(
        to=to.email,
        subject=subject,
        text="\n\n".join([*before, link, *after]) + "\n",
        html=_page(language, subject, before, link, after),
        language=language,
    )


def _page(language: str, title: str, before: list[str], link: str, after: list[str]) -> str:
    url = escape(link)
    paragraphs = [*map(escape, before), f'<a href="{url}">{url}</a>', *map(escape, after)]
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return PAGE.format(language=language, title=escape(title), body=body)
