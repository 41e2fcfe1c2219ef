"""A mail server in the process of the tests: what the demo sends is read here, as its receivers read it."""

import re
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from tests.journeys.demo import free_port

PATIENCE = 15
"""Seconds after which a mail is not coming any more."""


@dataclass(frozen=True)
class Mail:
    """A mail as it is read: to whom, about what, the text, and the names of attached files."""

    to: str
    subject: str
    text: str
    files: dict[str, bytes]

    def link(self, after: str = "") -> str:
        """Return the first address in the text, or the first one below the words ``after``."""
        below = self.text.partition(after)[2] if after else self.text
        found = re.search(r"https?://[^\s<>]+", below)
        assert found, f"no link after {after!r} in\n{self.text}"
        return found[0]


class Mailbox:
    """Everybody's mail. ``port`` is where the demo brings it."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self._server = Controller(self, hostname="127.0.0.1", port=free_port())
        self.port: int = self._server.port

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.mails += [_read(message, address) for address in envelope.rcpt_tos]
        return "250 taken"

    def open(self) -> None:
        self._server.start()

    def close(self) -> None:
        self._server.stop()

    def wait_for(self, to: str, about: str, says: str = "") -> Mail:
        """Return the newest mail to ``to`` whose subject holds ``about`` and whose text holds ``says``.

        Waits until it is there.
        """
        until = time.monotonic() + PATIENCE
        while not (found := [mail for mail in self.of(to, about) if says in mail.text]):
            seen = "\n".join(f"{mail.to}: {mail.subject}" for mail in self.mails)
            assert time.monotonic() < until, (
                f"no mail to {to} about {about!r} that says {says!r}; there are:\n{seen}"
            )
            time.sleep(0.05)
        return found[-1]

    def of(self, to: str, about: str = "") -> list[Mail]:
        """Return the mails to ``to`` whose subject holds ``about``, the oldest first."""
        return [mail for mail in self.mails if mail.to == to and about in mail.subject]


def _read(message: EmailMessage, to: str) -> Mail:
    body = message.get_body(("plain",))
    files = {part.get_filename() or "": part.get_payload(decode=True) for part in message.iter_attachments()}
    return Mail(to, str(message["subject"]).strip(), body.get_content() if body else "", files)
