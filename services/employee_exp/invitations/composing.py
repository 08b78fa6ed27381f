"""Composing the mails that bring links: text, and the same in simple HTML."""

from html import escape
from zoneinfo import ZoneInfo

from services.employee_exp.invitations.words import MailPhrase, say
from services.employee_exp.waves.domain.snapshot import Addressee
from services.employee_exp.waves.domain.wave import SMALLEST_SHARED, Wave
from services.kit.mail.message import MailMessage

PAGE = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
    '<body style="font-family:sans-serif;line-height:1.5;max-width:40em">{body}</body></html>'
)


def compose(
    wave: Wave, to: Addressee, link: str, zone: ZoneInfo, *, is_reminder: bool
) -> MailMessage:
    """The mail that brings a link; in the employee's language where the wave can be answered in it.

    `zone`: the organisation's, UTC where it has none; the mail names it beside the time.
    """
    draft = wave.draft
    wanted = to.language.lower().split("-")[0]
    language = wanted if wanted in draft.languages else draft.language
    name = dict(draft.names).get(language, draft.name)
    subject = say(MailPhrase.REMINDS if is_reminder else MailPhrase.INVITES, language, name=name)
    before = [
        say(MailPhrase.ASKS, language, name=name),
        _promise(draft.k, language),
        say(MailPhrase.LINK, language),
    ]
    unseen = [MailPhrase.UNSEEN, *([MailPhrase.REMINDERS] if draft.reminders else [])]
    after = [" ".join(say(phrase, language) for phrase in unseen)]
    if draft.closes_at is not None:
        until = f"{draft.closes_at.astimezone(zone):%Y-%m-%d %H:%M}"
        after.insert(0, say(MailPhrase.UNTIL, language, until=until, zone=zone.key))
    return MailMessage(
        to=to.email,
        subject=subject,
        text="\n\n".join([*before, link, *after]) + "\n",
        html=_page(language, subject, before, link, after),
        language=language,
    )


def _promise(k: int, language: str) -> str:
    """The promise, and what takes more people than it names."""
    promise = say(MailPhrase.PROMISE, language, k=k)
    if k >= SMALLEST_SHARED:
        return promise
    return f"{promise} {say(MailPhrase.SIZES, language, k=k, few=SMALLEST_SHARED)}"


def _page(language: str, title: str, before: list[str], link: str, after: list[str]) -> str:
    url = escape(link)
    paragraphs = [*map(escape, before), f'<a href="{url}">{url}</a>', *map(escape, after)]
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return PAGE.format(language=language, title=escape(title), body=body)
