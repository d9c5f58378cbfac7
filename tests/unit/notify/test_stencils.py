"""Announcements from a stencil: letter for letter what each reader would have got, put into words once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.notify.adapters.stencils import Stencils
from services.notify.adapters.writer import TemplateWriter
from services.notify.application.announcements import spelt_out
from services.notify.application.ports import Letter, Message
from services.notify.domain.announcement import Announcement, Wording, announce, tellings
from services.notify.domain.audience import Audience
from services.notify.domain.notification import queue
from services.notify.domain.person import Person
from tests.unit.notify.samples import NOW, one_of_each_purpose, people_around, person

BY = person("per_manager")
WORDING = Wording(
    {"en": "The <pass> is closed", "zh": "山口关闭", "ur": "درہ بند ہے"},
    {"en": "No buses & no trucks.\n\nSee https://khunjerab.example/help.", "zh": "停运。", "ur": "بسیں نہیں چلیں گی۔"},
)
NAMES = ("Ali", "O'Neil & <Sons>", 'The "Chief"', "郭明辉", "فاطمہ", "Zoë\r\n\u202eX", "a\u00a0b", "\u0007", "")


class CountingWriter(TemplateWriter):
    written = 0

    def letter(self, message: Message) -> Letter:
        self.written += 1
        return super().letter(message)


WRITER = CountingWriter("https://khunjerab.example")


def announced(wording: Wording = WORDING, identity: str = "ann_1") -> Announcement:
    return announce(identity, wording, Audience((), ()), ["per_reader"], by=BY.id, now=NOW).state


def message_to(reader: Person, announcement: Announcement | None = None, pace: str = "abc_-") -> Message:
    made = announcement or announced()
    (telling,) = tellings(made)
    notification = queue(replace(telling, recipient=reader.id), made.cause, now=NOW).state
    people = {reader.id: reader, BY.id: BY}
    return Message(spelt_out(notification, {made.id: made}), reader, people, pace_token=pace)


def reader(name: str, language: str, zone: str = "Asia/Karachi") -> Person:
    return Person("per_reader", name, name, language, zone, "reader@hospital.example")


@pytest.mark.parametrize("language", ["en", "zh", "ur"])
def test_each_reads_what_was_written_for_them(language: str) -> None:
    stencils = Stencils(WRITER)
    for name in NAMES:
        for zone in ("Asia/Karachi", "Asia/Shanghai"):
            for pace in ("abc_-", ""):
                message = message_to(reader(name, language, zone), pace=pace)
                assert stencils.letter(message) == WRITER.letter(message)


def test_many_readers_cost_one_writing_for_each_language_and_zone() -> None:
    writer = CountingWriter()
    stencils = Stencils(writer)
    for number in range(50):
        stencils.letter(message_to(replace(reader(f"Colleague {number}", "en"), id=f"per_{number}")))
        stencils.letter(message_to(reader("郭明辉", "zh")))
    assert writer.written == 2


def test_what_changes_in_the_meantime_is_written_anew() -> None:
    stencils = Stencils(WRITER)
    stencils.letter(message_to(reader("Ali", "en")))
    others = (
        announced(replace(WORDING, title={"en": "It is open"})),
        replace(announced(), withdrawn_at=NOW),
        replace(announced(), announced_at=NOW + timedelta(hours=1)),
        replace(announced(), audience=Audience(("sit_1",), ())),
        announced(replace(WORDING, link="/visits")),
    )
    for other in others:
        message = message_to(reader("Ali", "en"), other)
        assert stencils.letter(message) == WRITER.letter(message)


def test_somebody_elses_new_name_is_read_at_once() -> None:
    stencils = Stencils(WRITER)
    message = message_to(reader("Ali", "en"))
    stencils.letter(message)
    renamed = replace(message, people={BY.id: replace(BY, passport_name="Somebody New")})
    assert "Somebody New" in stencils.letter(renamed).text


def test_no_more_are_kept_than_are_read() -> None:
    writer = CountingWriter()
    stencils = Stencils(writer)
    messages = [message_to(reader("Ali", "en"), announced(identity=f"ann_{number}")) for number in range(100)]
    for message in (*messages, messages[-1], messages[0]):
        stencils.letter(message)
    assert writer.written == len(messages) + 1


@pytest.mark.parametrize("purpose", one_of_each_purpose())
def test_all_else_is_written_for_its_reader(purpose: str) -> None:
    told, to = one_of_each_purpose()[purpose], reader("Ali", "en")
    message = Message(told, to, people_around(told, to))
    assert Stencils(WRITER).letter(message) == WRITER.letter(message)
