"""Passport numbers: sealed, masked, shown to few, each time written down, and moved from key to key."""

import json
from typing import Any

import pytest
import structlog
from cryptography.fernet import Fernet
from structlog.testing import capture_logs

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM, VISITOR, Actor
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import InvalidCommand, NotAllowed
from chassis.seals import FernetSeals
from services.exchange.adapters.published_events import PublishedEvents
from services.exchange.application import commands, queries
from services.exchange.domain.directory_refusals import (
    NoPassport,
    NoPassportNumber,
    PassportExpired,
    PassportUnreadable,
)
from services.exchange.domain.passport import Passport, normalised
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.fakes.sealing import KEY
from tests.unit.exchange.given import EDITION

NUMBER = "AB1234567"
NEW_KEY = Fernet.generate_key().decode()


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


@pytest.fixture
def bano(alliance: AllianceInMemory) -> str:
    person = alliance.person()
    enter(alliance, person)
    return person


def version(alliance: AllianceInMemory, person: str) -> int:
    return alliance.memory.fake_people.load(person).version


def enter(alliance: AllianceInMemory, person: str, actor: Actor = ADMIN, **different: Any) -> Receipt:
    seen = version(alliance, person)
    fields = {"person_id": person, "number": NUMBER, "expires_on": "2031-05-01", "expected_version": seen, **different}
    return alliance.exchange.set_passport(parsed(commands.SetPassport, fields), alliance.context(actor, seen))


def reveal(alliance: AllianceInMemory, person: str, actor: Actor = ADMIN) -> dict[str, Any]:
    command = parsed(commands.RevealPassport, {"person_id": person, "why": "Invitation letter"})
    return alliance.exchange.reveal_passport(command, alliance.context(actor))


def rotate(alliance: AllianceInMemory, actor: Actor = ADMIN, **fields: Any) -> dict[str, Any]:
    command = parsed(commands.RotatePassportKeys, fields)
    return alliance.exchange.rotate_passport_keys(command, alliance.context(actor))


def shown(alliance: AllianceInMemory, person: str, actor: Actor = ADMIN) -> dict[str, Any]:
    return alliance.exchange.person(parsed(queries.AskPerson, {"person_id": person}), actor)


@pytest.mark.parametrize(
    ("written", "number"),
    [("ab 123-4567", NUMBER), ("E12345678", "E12345678"), ("AB12345<<", "AB12345"), ("123456", "123456")],
)
def test_a_number_is_kept_as_the_machine_readable_zone_has_it(written: str, number: str) -> None:
    assert normalised(written) == number


@pytest.mark.parametrize("written", ["", "AB12345678", "12345", "AB١٢٣٤٥٦", "AB12345O!", "АВ1234567", "AB1234567\x00"])
def test_what_is_no_number_is_refused_and_not_repeated(written: str) -> None:
    with pytest.raises(NoPassportNumber) as refused:
        normalised(written)
    assert refused.value.facts == {"expected": "6 to 9 letters A-Z and digits"}


def test_a_passport_is_kept_sealed_and_shown_masked(alliance: AllianceInMemory, bano: str) -> None:
    kept = alliance.memory.fake_people.load(bano).state.passport
    assert kept is not None
    assert (kept.last_four, NUMBER in kept.sealed) == ("4567", False)
    assert shown(alliance, bano)["particulars"]["passport"] == {"number": "•••••4567", "expires_on": "2031-05-01"}
    assert NUMBER not in json.dumps([shown(alliance, bano), alliance.exchange.people(ADMIN)])


def test_an_expired_passport_and_a_day_that_is_none_are_refused(alliance: AllianceInMemory, bano: str) -> None:
    with pytest.raises(PassportExpired) as expired:
        enter(alliance, bano, expires_on="2026-03-01")
    assert expired.value.facts == {"expired_on": "2026-03-01", "today": "2026-03-02"}
    with pytest.raises(InvalidCommand) as invalid:
        enter(alliance, bano, number=[NUMBER])
    assert NUMBER not in str(invalid.value)
    with pytest.raises(NoPassportNumber) as no_number:
        enter(alliance, bano, number=f"{NUMBER}8")
    assert NUMBER not in str(no_number.value)


def told(alliance: AllianceInMemory, person: str) -> list[dict[str, Any]]:
    """What others hear of the person, event by event."""
    decided = alliance.memory.fake_people.kept[person].told
    return [event.model_dump() for event in PublishedEvents(alliance.memory.fake_sites).publish(decided, EDITION)]


def test_others_hear_that_something_changed_and_nothing_of_a_passport(alliance: AllianceInMemory, bano: str) -> None:
    enter(alliance, bano, number="E12345678")
    remove = {"person_id": bano, "expected_version": 3}
    alliance.exchange.remove_passport(parsed(commands.RemovePassport, remove), alliance.context(ADMIN, 3))
    registered, *since = told(alliance, bano)
    assert since == [registered] * 3


def test_nobody_hears_that_a_passport_was_shown_or_sealed_anew(alliance: AllianceInMemory, bano: str) -> None:
    before = told(alliance, bano)
    reveal(alliance, bano)
    alliance.exchange.seals = FernetSeals([NEW_KEY, KEY])
    rotate(alliance)
    assert told(alliance, bano) == before


def mark(alliance: AllianceInMemory, person: str) -> str:
    kept = alliance.memory.fake_people.load(person).state.passport
    assert kept is not None
    return kept.mark


def test_a_mark_tells_a_passport_from_every_other_and_nothing_of_its_number(
    alliance: AllianceInMemory, bano: str
) -> None:
    another = alliance.person()
    enter(alliance, another)
    marks = {mark(alliance, bano), mark(alliance, another)}
    enter(alliance, bano, number="ZZ7654567")
    assert len({*marks, mark(alliance, bano)}) == 3


def test_the_same_number_entered_again_keeps_its_mark_though_the_keys_changed(
    alliance: AllianceInMemory, bano: str
) -> None:
    first = mark(alliance, bano)
    alliance.exchange.seals = FernetSeals([NEW_KEY, KEY])
    rotate(alliance)
    alliance.exchange.seals = FernetSeals([NEW_KEY])
    enter(alliance, bano, number="ab 1234567", expires_on="2032-01-01")
    assert mark(alliance, bano) == first


def test_where_no_key_opens_the_number_before_the_one_that_is_entered_is_another(
    alliance: AllianceInMemory, bano: str
) -> None:
    first = mark(alliance, bano)
    alliance.exchange.seals = FernetSeals([NEW_KEY])
    enter(alliance, bano)
    assert mark(alliance, bano) != first


def test_neither_the_command_nor_what_is_kept_shows_the_number_when_printed() -> None:
    fields = {"person_id": "per_1", "number": NUMBER, "expires_on": "2031-05-01", "expected_version": 1}
    command = parsed(commands.SetPassport, fields)
    assert NUMBER not in f"{command} {command!r} {command.model_dump()}"
    sealed = Passport("a token", "4567", command.expires_on)
    assert "token" not in repr(sealed)


def test_each_reveal_stands_in_the_history_with_who_and_why(alliance: AllianceInMemory, bano: str) -> None:
    answer = reveal(alliance, bano, alliance.manager)
    assert answer == {"person": bano, "number": NUMBER, "expires_on": "2031-05-01", "version": 3}
    line = shown(alliance, bano)["history"][-1]
    assert (line["by"], line["what"], line["why"]) == ("per_manager", "passport revealed", "Invitation letter")


def test_the_same_call_again_is_answered_again_and_noted_once(alliance: AllianceInMemory, bano: str) -> None:
    command = parsed(commands.RevealPassport, {"person_id": bano, "why": "Invitation letter"})
    context = alliance.context(ADMIN)
    first = alliance.exchange.reveal_passport(command, context)
    assert alliance.exchange.reveal_passport(command, context) == first
    assert version(alliance, bano) == first["version"]


def test_a_reveal_wants_a_reason() -> None:
    for why in ({}, {"why": ""}, {"why": "  "}):
        with pytest.raises(InvalidCommand):
            parsed(commands.RevealPassport, {"person_id": "per_1", **why})


def test_a_refused_reveal_is_logged_without_the_number(alliance: AllianceInMemory, bano: str) -> None:
    stranger = Actor("per_stranger", frozenset({VISITOR}), frozenset({alliance.sending}))
    structlog.reset_defaults()
    for actor in (stranger, SYSTEM, alliance.coordinator):
        with capture_logs() as lines, pytest.raises(NotAllowed):
            reveal(alliance, bano, actor)
        assert [(line["event"], line["person"], line["by"]) for line in lines] == [
            ("passport not revealed", bano, actor.person)
        ]
        assert NUMBER not in str(lines)
    assert version(alliance, bano) == 2


def test_the_host_of_an_open_visit_is_shown_the_number(alliance: AllianceInMemory, bano: str) -> None:
    visit = alliance.propose(bano)
    with pytest.raises(NotAllowed):
        reveal(alliance, bano, alliance.coordinator)
    alliance.accept(visit)
    assert reveal(alliance, bano, alliance.coordinator)["number"] == NUMBER


def test_where_no_passport_is_known_there_is_none_to_show_or_remove(alliance: AllianceInMemory, bano: str) -> None:
    remove = {"person_id": bano, "expected_version": 2}
    alliance.exchange.remove_passport(parsed(commands.RemovePassport, remove), alliance.context(ADMIN, 2))
    assert shown(alliance, bano)["particulars"]["passport"] is None
    with pytest.raises(NoPassport):
        reveal(alliance, bano)
    assert version(alliance, bano) == 3


def test_after_a_rotation_everything_is_sealed_under_the_new_key_and_opens(alliance: AllianceInMemory) -> None:
    people = [alliance.person() for _ in range(5)]
    for number, person in enumerate(people):
        enter(alliance, person, number=f"AB123456{number}")
    alliance.exchange.seals = FernetSeals([NEW_KEY, KEY])
    first = rotate(alliance, limit=3)
    assert (first["seen"], first["resealed"], first["unreadable"]) == (3, 3, [])
    rest = rotate(alliance, after=first["next"], limit=3)
    assert (rest["seen"], rest["resealed"], rest["next"]) == (2, 2, "ltr_")
    alliance.exchange.seals = FernetSeals([NEW_KEY])
    assert sorted(reveal(alliance, person)["number"] for person in people) == [f"AB123456{n}" for n in range(5)]


def test_a_rotation_begun_anew_changes_nothing_that_is_done(alliance: AllianceInMemory, bano: str) -> None:
    alliance.exchange.seals = FernetSeals([NEW_KEY, KEY])
    assert rotate(alliance)["resealed"] == 1
    after = version(alliance, bano)
    assert rotate(alliance) == {"of": "passports", "seen": 1, "resealed": 0, "unreadable": [], "next": "ltr_"}
    assert version(alliance, bano) == after


def test_what_no_key_opens_is_named_and_left(alliance: AllianceInMemory, bano: str) -> None:
    alliance.exchange.seals = FernetSeals([Fernet.generate_key().decode()])
    assert rotate(alliance)["unreadable"] == [bano]
    with pytest.raises(PassportUnreadable) as refused:
        reveal(alliance, bano)
    assert refused.value.facts == {"person": bano}
    with pytest.raises(NotAllowed):
        rotate(alliance, alliance.manager)
