"""Every message can be looked at before anybody gets it: each purpose, in each language, for each reader."""

import re

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, SYSTEM, VISITOR, Actor
from chassis.kernel.errors import InvalidCommand, NotAllowed, Unknown
from services.notify.adapters.environments import TEMPLATES
from services.notify.adapters.samples import SampleLibrary
from services.notify.adapters.writer import TemplateWriter
from services.notify.application import queries
from services.notify.domain import permissions
from services.notify.domain.digest import DIGEST
from tests.unit.notify.samples import EVERY_PURPOSE
from tests.unit.notify.test_translations import PLACE, said_in_english
from tests.who_may import PLACES, Matrix, cells, must_be_allowed_there_alone

SAMPLES, WRITER = SampleLibrary(), TemplateWriter("https://khunjerab.example")
ADMIN = Actor("per_root", frozenset({ADMINISTRATOR}))
MATRIX: Matrix = {"preview": (permissions.may_preview, {ADMINISTRATOR, PROGRAMME_MANAGER}, set(PLACES))}


def shown(purpose: str, language: str = "en", actor: Actor = ADMIN, **more: str) -> dict[str, str]:
    asked = parsed(queries.AskPreview, {"purpose": purpose, "language": language, **more})
    return queries.preview(asked, actor, SAMPLES, WRITER)


def test_every_purpose_has_a_sample_and_a_template() -> None:
    assert set(SAMPLES.purposes()) == set(EVERY_PURPOSE)
    assert {*EVERY_PURPOSE, DIGEST} == {each.stem for each in TEMPLATES.glob("*.j2")}


@pytest.mark.parametrize("language", ["en", "zh", "ur"])
@pytest.mark.parametrize("purpose", EVERY_PURPOSE)
def test_each_can_be_seen_by_each_of_its_readers(purpose: str, language: str) -> None:
    for because in SAMPLES.of(purpose):
        seen = shown(purpose, language, because=because)
        assert seen["html"].startswith("<!DOCTYPE html>")
        assert min(len(seen["subject"]), len(seen["text"])) > 10
        assert (seen["because"], seen["language"]) == (because, language)


def test_whoever_may_not_is_shown_neither_a_message_nor_which_there_are() -> None:
    visitor = Actor("per_bano", frozenset({VISITOR}))
    with pytest.raises(NotAllowed):
        shown(EVERY_PURPOSE[0], actor=visitor)
    with pytest.raises(NotAllowed):
        queries.purposes(queries.AskPurposes(), visitor, SAMPLES)


ENGLISH = [
    re.compile(".*".join(re.escape(part) for part in PLACE.split(text)))
    for text in said_in_english()
    if len(PLACE.sub("", text)) > 8
]
"""Each sentence, with anything in the places of its values; words of a few letters are in names, too."""


@pytest.mark.parametrize("language", ["zh", "ur"])
@pytest.mark.parametrize("purpose", EVERY_PURPOSE)
def test_nothing_of_it_is_left_in_english(purpose: str, language: str) -> None:
    for because in SAMPLES.of(purpose):
        lines = [line.split(": ", 1)[-1] for line in shown(purpose, language, because=because)["text"].splitlines()]
        assert [line for line in lines if any(sentence.fullmatch(line.strip()) for sentence in ENGLISH)] == []


def test_an_english_sentence_would_be_noticed() -> None:
    lines = shown("visit-booked", "en")["text"].splitlines()
    assert [line for line in lines if any(sentence.fullmatch(line.strip()) for sentence in ENGLISH)] != []


def test_what_nobody_is_told_cannot_be_seen() -> None:
    with pytest.raises(Unknown) as refused:
        shown("visit-praised")
    assert refused.value.facts == {"kind": "purpose", "id": "visit-praised"}
    with pytest.raises(Unknown) as refused:
        shown("visit-booked", because="owner")
    assert refused.value.facts == {"kind": "reader", "id": "owner"}


@pytest.mark.parametrize("purpose", ["../layouts/mail.txt", "facts/visit", "", "x" * 81, "visit-booked.j2"])
def test_no_path_is_a_purpose(purpose: str) -> None:
    with pytest.raises(InvalidCommand):
        shown(purpose)


def test_a_list_says_what_there_is_and_for_whom() -> None:
    items = queries.purposes(queries.AskPurposes(), SYSTEM, SAMPLES)["items"]
    assert {"purpose": "visit-booked-for-you", "because": ["visitor"]} in items
    assert len(items) == len(EVERY_PURPOSE)


@pytest.mark.parametrize(("command", "role", "place"), cells(MATRIX))
def test_administrators_and_programme_managers_look_at_messages(command: str, role: str, place: str) -> None:
    must_be_allowed_there_alone(MATRIX, command, role, place)


def test_a_sample_is_of_nobody_who_exists() -> None:
    for purpose in SAMPLES.purposes():
        for notification in SAMPLES.of(purpose).values():
            reader, people = SAMPLES.read_by(notification, "ur")
            assert {each.email.rpartition("@")[2] for each in (reader, *people.values())} == {"hospital.example"}
