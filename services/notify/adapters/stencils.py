"""What is said to many in the same words is put into words once: only their names and links are their own."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from html import escape

from services.notify.adapters.plain_text import one_line
from services.notify.application.ports import Letter, Message, Writer
from services.notify.domain.announcement import ANNOUNCEMENT
from services.notify.domain.notification import Notification
from services.notify.domain.person import Person, stranger
from services.notify.domain.telling import people_in

MOST = 60
"""Letters that are kept: of a few announcements at a time, in three languages and as many zones as readers have."""


class Stencils:
    """`Writer` that has announcements written by another one, for a reader without a name of their own, and fills in
    each one's.

    The other sees nothing of reader and notification but what the letter is kept by.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._cut: tuple[tuple[Message, Letter], ...] = ()
        # Nobody who announces something can write what they cannot know.
        self._name, self._token = f"name{secrets.token_hex(12)}", f"token{secrets.token_hex(12)}"

    def line(self, notification: Notification, reader: Person, people: Mapping[str, Person]) -> tuple[str, str]:
        return self._writer.line(notification, reader, people)

    def leads_to(self, notification: Notification) -> str | None:
        return self._writer.leads_to(notification)

    def letter(self, message: Message) -> Letter:
        name = one_line(message.reader.name_for(message.reader.language))
        if message.notification.purpose != ANNOUNCEMENT or not name:
            return self._writer.letter(message)
        # Latin letters and others are not set alike.
        mark = self._name if name.isascii() else f"{self._name}名"
        return self._filled(self._cut_for(self._blank(message, mark)), {mark: name, self._token: message.pace_token})

    def _cut_for(self, blank: Message) -> Letter:
        for cut, letter in self._cut:
            if cut == blank:
                return letter
        letter = self._writer.letter(blank)
        self._cut = ((blank, letter), *self._cut[: MOST - 1])
        return letter

    def _blank(self, message: Message, mark: str) -> Message:
        """The message without what is its reader's alone."""
        told, reader = message.notification, message.reader
        anybody = replace(stranger("", reader.language), zone=reader.zone, passport_name=mark)
        named = {each: message.people[each] for each in people_in(told.cause.facts) if each in message.people}
        nobodys = Notification("", "", told.purpose, told.because, told.about, told.cause, told.cause.happened_at, ())
        token = self._token if message.pace_token else ""
        return replace(message, notification=nobodys, reader=anybody, people=named, pace_token=token)

    def _filled(self, letter: Letter, own: Mapping[str, str]) -> Letter:
        text, html, pace_link = letter.text, letter.html, letter.pace_link
        for mark, words in own.items():
            text, html = text.replace(mark, words), html.replace(mark, escape(words, quote=False))
            pace_link = pace_link.replace(mark, words)
        return replace(letter, text=text, html=html, pace_link=pace_link)
