"""Mails that go nowhere: into a folder, or to the screen of who tries the platform out."""

import asyncio
import sys
from pathlib import Path
from uuid import uuid4

from services.kit.clock import Clock
from services.kit.mail.mail import BeforeData, MailFate, TryLater
from services.kit.mail.message import MailMessage, as_bytes


class FolderMail:
    """A file `<random>.eml` each, which mail programs open."""

    def __init__(self, folder: Path, sender: str, clock: Clock) -> None:
        self.folder = folder
        self.sender = sender
        self.clock = clock

    async def send(self, message: MailMessage, before_data: BeforeData) -> MailFate:
        """TryLater where the folder cannot be made."""
        content = as_bytes(message, self.sender, self.clock())
        try:
            await asyncio.to_thread(self.folder.mkdir, parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise TryLater(f"the folder of mails cannot be made ({type(error).__name__})") from None
        await before_data()
        return await asyncio.to_thread(self._write, content)

    def _write(self, content: bytes) -> MailFate:
        path = self.folder / f"{uuid4()}.eml"
        draft = path.with_suffix(".new")
        try:
            draft.write_bytes(content)
            draft.rename(path)
        except OSError:
            draft.unlink(missing_ok=True)
            return MailFate.UNKNOWN
        return MailFate.TAKEN

    async def close(self) -> None:
        """Nothing is open."""


class ConsoleMail:
    """The text of each mail on standard output, links and all: for trying out, not where output is kept."""

    def __init__(self, sender: str, clock: Clock) -> None:
        self.sender = sender
        self.clock = clock

    async def send(self, message: MailMessage, before_data: BeforeData) -> MailFate:
        """As the port has it."""
        as_bytes(message, self.sender, self.clock())  # what can be no mail is refused here, too
        await before_data()
        sys.stdout.write(f"mail to {message.to}: {message.subject}\n\n{message.text}\n")
        return MailFate.TAKEN

    async def close(self) -> None:
        """Nothing is open."""
