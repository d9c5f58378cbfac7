"""Every purpose in every language: complete, in its own direction, and harmless whatever its data say."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from services.notify.adapters.dates import days, moment
from services.notify.adapters.languages import languages
from services.notify.adapters.plain_text import one_line, short
from services.notify.adapters.writer import TemplateWriter
from services.notify.application.ports import Letter, Message
from services.notify.domain.notification import Notification
from services.notify.domain.person import Person, stranger
from tests.unit.notify.samples import EVERY_PURPOSE, notifications_of, one_of_each_purpose, people_around, person

EACH = one_of_each_purpose()
HOSTILE = "<script>alert(1)</script>\r\nBcc: all@x.example\n\n\u202eevil\u2066 %(x)s {{ 7*7 }} & \"'\x00"
HOSTILE_PARTS: dict[str, dict[str, Any]] = {
    "sites": {"names": {"en": HOSTILE}},
    "sessions": {"link": HOSTILE},
    "actions": {"what": HOSTILE},
}


@pytest.fixture(scope="module")
def writer() -> TemplateWriter:
    return TemplateWriter("https://khunjerab.example/")


def letter_of(writer: TemplateWriter, notification: Notification, language: str, **reader: str) -> Letter:
    to = person(notification.recipient, language, **reader)
    return writer.letter(Message(notification, to, people_around(notification, to)))


def only(event_type: str, wanted: str, **data: Any) -> Notification:
    return next(each for each in notifications_of(event_type, **data) if each.purpose == wanted)


class Balanced(HTMLParser):
    """Fails where tags do not close in the order in which they were opened."""

    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 (the name is the base class's)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["en", "zh", "ur"])
@pytest.mark.parametrize("purpose", EVERY_PURPOSE)
def test_each_purpose_says_who_what_when_and_where_to_go_on(
    purpose: str, language: str, writer: TemplateWriter
) -> None:
    notification = EACH[purpose]
    letter = letter_of(writer, notification, language)
    about = notification.about
    if about.startswith("tra_"):
        about = notification.cause.facts["outcomes"][0]
    if about.startswith("trk_"):
        about = notification.cause.facts["visit"]
    pages = {"vis": "visits/", "con": "consultations/", "out": "outcomes/", "agr": "agreements/", "whk": "webhooks/"}
    page = pages.get(about[:3])
    list_or_nothing = "outcomes" if about.startswith("imp_") else notification.cause.facts.get("link", "")[1:]
    link = f"https://khunjerab.example/{page}{about}" if page else f"https://khunjerab.example/{list_or_nothing}"
    reader = person(notification.recipient, language)
    # The inbox offers the same page, where it is one.
    assert writer.leads_to(notification) == (link.removeprefix("https://khunjerab.example").rstrip("/") or None)
    assert letter.subject
    assert len(letter.subject) < 160
    assert link in letter.text
    assert f'href="{link}"' in letter.html
    assert reader.name_for(language) in one_line(letter.text)
    assert re.search("202[678]", letter.text)
    assert "None" not in letter.text
    assert "  " not in letter.text.replace("-- \n", "")
    assert "\n\n\n" not in letter.text


@pytest.mark.parametrize("language", ["en", "zh", "ur"])
@pytest.mark.parametrize("purpose", EVERY_PURPOSE)
def test_html_is_whole_and_says_its_language_and_direction(purpose: str, language: str, writer: TemplateWriter) -> None:
    html = letter_of(writer, EACH[purpose], language).html
    checker = Balanced()
    checker.feed(html)
    assert checker.open == []
    tag, direction = {"en": ("en", "ltr"), "zh": ("zh-Hans", "ltr"), "ur": ("ur", "rtl")}[language]
    assert f'<html lang="{tag}" dir="{direction}">' in html
    assert f'<body class="{language}" dir="{direction}"' in html


def test_styles_stand_on_the_elements_where_mail_programs_keep_them(writer: TemplateWriter) -> None:
    html = letter_of(writer, EACH["reply-asked"], "ur").html
    (kept,) = re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL)
    # What cannot stand on an element: other widths, and the dark.
    assert re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", kept).strip() == ""
    assert re.search(r'<td style="[^"]*text-align: right', html)


@pytest.mark.parametrize("purpose", EVERY_PURPOSE)
def test_text_and_html_say_the_same(purpose: str, writer: TemplateWriter) -> None:
    letter = letter_of(writer, EACH[purpose], "en")
    seen = one_line(re.sub(r"<[^>]+>", " ", letter.html.replace("&amp;", "&"))).replace(" ,", ",").replace(" .", ".")
    wanted = [line.partition(": ")[2] for line in letter.text.splitlines() if ": " in line]
    assert [value for value in wanted if one_line(value) not in seen.replace(" ,", ",")] == []


@pytest.mark.parametrize("language", ["en", "zh", "ur"])
def test_the_inbox_says_it_in_a_line_in_the_readers_language(language: str, writer: TemplateWriter) -> None:
    notification = EACH["visit-booked-for-you"]
    reader = person(notification.recipient, language)
    subject, text = writer.line(notification, reader, people_around(notification, reader))
    assert subject == letter_of(writer, notification, language).subject
    assert "\n" not in text
    assert notification.cause.facts["host_site"]["names"][language] in text


def test_a_deadline_stands_in_the_local_time_of_both_ends_and_of_the_reader(writer: TemplateWriter) -> None:
    text = letter_of(writer, EACH["reply-asked"], "en", zone="Asia/Karachi").text
    assert "Reply by, local time of the host: Mon, 16 Feb 2026, 12:30" in text
    assert "Reply by, local time of the sending site: Mon, 16 Feb 2026, 09:30" in text
    assert "by Mon, 16 Feb 2026, 09:30 (your time)" in text


def test_ends_that_keep_the_same_time_share_a_line(writer: TemplateWriter) -> None:
    sample = EACH["reply-asked"].cause.facts
    notification = only(
        "exchange.visit.proposed.v1", "reply-asked", sending_site={**sample["sending_site"], "zone": "Asia/Hong_Kong"}
    )
    assert "Reply by, local time of both ends: Mon, 16 Feb 2026, 12:30" in letter_of(writer, notification, "en").text


def test_what_is_to_be_done_follows_from_what_the_reader_is_in_it(writer: TemplateWriter) -> None:
    by_part = {each.because: each for each in notifications_of("exchange.visit.booked.v1")}
    texts = {because: letter_of(writer, each, "en").text for because, each in by_part.items()}
    assert "invitation letter" in texts["host-coordinator"]
    assert "help the visitors with passports" in texts["sending-coordinator"]
    assert "nothing for you to do" in texts["proposer"]
    assert "check your passport" in texts["visitor"]


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ({"kind": "visit", "id": "vis_1"}, "A visit that took place is expected to lead to an outcome"),
        ({"kind": "consultation", "id": "con_1"}, "What hospitals found together in a consultation is expected"),
    ],
)
def test_an_expected_outcome_says_what_it_comes_of(origin: dict[str, Any], said: str, writer: TemplateWriter) -> None:
    expected = only("research.outcome.expected.v2", "outcome-expected", origin=origin)
    assert said in one_line(letter_of(writer, expected, "en").text)


def test_a_lapsed_visit_is_not_said_to_be_somebodys_doing(writer: TemplateWriter) -> None:
    lapsed = only("exchange.visit.cancelled.v1", "visit-cancelled", by=None, reason="not answered by 2026-02-16")
    text = letter_of(writer, lapsed, "en").text
    assert "was not accepted in time and has lapsed" in text
    assert "not answered by" not in text


def test_a_reason_that_the_exchange_made_itself_is_translated(writer: TemplateWriter) -> None:
    declined = only("exchange.visit.cancelled.v1", "visit-cancelled", reason="declined by host-department")
    assert "接待科室已谢绝。" in letter_of(writer, declined, "zh").text


def test_somebody_of_whom_nothing_is_known_is_a_colleague(writer: TemplateWriter) -> None:
    notification = EACH["reply-received"]
    reader = person(notification.recipient)
    assert "a colleague replied for" in writer.letter(Message(notification, reader, {reader.id: reader})).text


def test_a_name_is_in_the_local_script_only_for_those_who_read_it() -> None:
    guo = person("per_guo", "zh")
    assert (guo.name_for("zh"), guo.name_for("en"), guo.name_for("ur")) == ("郭明辉", "GUO Minghui", "GUO Minghui")
    nadia = person("per_nadia", "en", passport_name="Nadia Hussain", local_name="نادیہ حسین")
    assert (nadia.name_for("en"), nadia.name_for("ur"), nadia.name_for("zh")) == (
        "Nadia Hussain",
        "نادیہ حسین",
        "Nadia Hussain",
    )


def test_a_stranger_reads_english(writer: TemplateWriter) -> None:
    notification = EACH["visit-booked"]
    subject, _ = writer.line(notification, stranger(notification.recipient), {})
    assert subject.startswith("Booked: a colleague at")


@pytest.mark.parametrize("language", ["en", "zh", "ur"])
@pytest.mark.parametrize("purpose", EVERY_PURPOSE)
def test_hostile_values_stay_values(purpose: str, language: str, writer: TemplateWriter) -> None:
    notification = hostile(EACH[purpose])
    reader = Person(notification.recipient, HOSTILE, "", language, "Asia/Karachi", "x@hospital.example")
    people = {each: Person(each, HOSTILE, HOSTILE, "zh", "UTC", "") for each in people_around(notification, reader)}
    letter = writer.letter(Message(notification, reader, people | {reader.id: reader}))
    assert "<script" not in letter.html.lower()
    assert "49" not in letter.subject
    assert "\n" not in letter.subject
    assert "\r" not in letter.subject + letter.text
    assert not re.search(r"^Bcc:", letter.text, re.MULTILINE)
    assert "\x00" not in letter.text + letter.html
    assert "\u202e" not in letter.subject + letter.text + letter.html


def hostile(notification: Notification) -> Notification:
    """The same notification, everything in it that somebody wrote replaced."""
    facts = dict(notification.cause.facts)
    for free in ("purpose", "reason", "title", "field", "finding", "file", "why"):
        if free in facts:
            facts[free] = {"en": HOSTILE} if isinstance(facts[free], dict) else HOSTILE
    for named in ("sending_site", "host_site", "host_department"):
        if named in facts:
            facts[named] = facts[named] | {"names": {"en": HOSTILE}}
    for several, hostile_part in HOSTILE_PARTS.items():
        if "consultation" in facts and several in facts:
            facts[several] = [each | hostile_part for each in facts[several]]
    if "action" in facts:
        facts["action"] = facts["action"] | HOSTILE_PARTS["actions"]
    if "partners" in facts:
        facts["names"] = {"en": HOSTILE}
    return replace(notification, cause=replace(notification.cause, facts=facts))


def test_a_value_that_looks_like_a_place_for_a_value_is_none(writer: TemplateWriter) -> None:
    notification = only("exchange.visit.proposed.v1", "reply-asked", purpose="100 %(days)s %s {{ days }} {% raw %}")
    assert "Purpose: 100 %(days)s %s {{ days }} {% raw %}" in letter_of(writer, notification, "en").text


def test_names_in_an_urdu_line_keep_their_own_direction(writer: TemplateWriter) -> None:
    letter = letter_of(writer, EACH["reply-asked"], "ur")
    assert "\u2068GUO Minghui\u2069 اور" in letter.text
    assert re.search('<bdi class="latin"[^>]*>GUO Minghui</bdi> اور', letter.html)
    assert "\u2068" not in letter.subject


@pytest.mark.parametrize(
    ("language", "written"), [("en", "4–15 May 2026"), ("zh", "2026年5月4日至15日"), ("ur", "4–15 مئی 2026")]
)
def test_days_are_written_as_the_language_does(language: str, written: str) -> None:
    assert days("2026-05-04", "2026-05-15", languages()[language].locale) == written


def test_a_moment_is_that_of_the_place() -> None:
    english = languages()["en"].locale
    assert moment("2026-02-16T20:30:00.000Z", "Asia/Shanghai", english) == "Tue, 17 Feb 2026, 04:30"
    assert moment("2026-02-16T20:30:00.000Z", "Asia/Karachi", english) == "Tue, 17 Feb 2026, 01:30"


def test_a_long_text_is_cut_at_a_word() -> None:
    assert short("one two three four", 12) == "one two…"
    assert short("一" * 20, 10) == "一" * 9 + "…"
    assert short("fits", 10) == "fits"


@pytest.mark.parametrize(
    ("what", "subject", "tone"),
    [
        ("proposed", "One more outcome: Cyst fluid for antigen tests", "ask"),
        ("agreed", "One more outcome is agreed on: Cyst fluid for antigen tests", "good"),
        ("declined", "One more outcome is declined: Cyst fluid for antigen tests", "bad"),
    ],
)
def test_of_one_more_outcome_for_an_agreement_it_is_told_what_became_of_it(
    what: str, subject: str, tone: str, writer: TemplateWriter
) -> None:
    letter = letter_of(writer, only("research.track.widening.v1", "agreement-track-widening", what=what), "en")
    assert letter.subject == subject
    assert f'class="tone {tone}"' in letter.html
    assert ("agrees to it or declines it" in letter.text) == (what == "proposed")
