"""A new key: everything that is sealed comes under it, passport numbers and letters, and the old one can go."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from cryptography.fernet import Fernet

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.kernel.decision import Decision
from chassis.kernel.errors import InvalidCommand, NotAllowed, WriteConflict
from chassis.seals import FernetSeals
from khunjerab.commands.passport_keys import counted, pages
from services.exchange.application import commands, queries, resealing
from services.exchange.domain.letter import ISSUED, REVOKED, SUPERSEDED
from services.exchange.domain.letter_refusals import LetterStands, LetterUnreadable
from services.exchange.domain.passport import Passport
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.fakes.sealing import KEY

NEW_KEY = Fernet.generate_key().decode()
VISITORS = 3


class Sealed:
    """An alliance whose visitors have passports and letters: one of the letters superseded, one revoked."""

    def __init__(self) -> None:
        self.alliance: AllianceInMemory = alliance_in_memory()
        self.people = [self.with_passport(number) for number in range(VISITORS)]
        self.visit = self.alliance.accept(self.alliance.propose(*self.people))
        self.letters = [*map(self.letter, self.people), self.letter(self.people[0], "Deputy director")]
        fields = {"letter_id": self.letters[1], "reason": "Misspelt", "expected_version": 2}
        context = self.alliance.context(self.alliance.coordinator, 2)
        self.alliance.exchange.revoke_letter(parsed(commands.RevokeLetter, fields), context)

    def with_passport(self, number: int) -> str:
        person = self.alliance.person()
        people = self.alliance.memory.fake_people
        loaded = people.load(person)
        passport = Passport(self.alliance.exchange.seals.sealed(f"AB123456{number}"), f"456{number}", date(2031, 1, 1))
        known = replace(loaded.state, birth_date=date(1988, 2, 29), sex="female", passport=passport)
        people.save(loaded, Decision(known, what="changed"), self.alliance.context(ADMIN))
        return person

    def letter(self, person: str, title: str = "Director") -> str:
        fields = {"visit_id": self.visit.id, "person": person, "signer_name": "Dr Zhang", "signer_title": title}
        context = self.alliance.context(self.alliance.coordinator)
        receipt = self.alliance.exchange.issue_letter(parsed(commands.IssueLetter, fields), context)
        self.alliance.exchange.render_letter(receipt.id, self.alliance.context(self.alliance.coordinator))
        return receipt.id

    def keys(self, *keys: str) -> None:
        self.alliance.exchange.seals = FernetSeals(keys)

    def rotated(self, actor: Actor = ADMIN, **asked: Any) -> dict[str, Any]:
        command = parsed(commands.RotatePassportKeys, asked)
        return self.alliance.exchange.rotate_passport_keys(command, self.alliance.context(actor))

    def rotated_wholly(self, limit: int = 50) -> list[dict[str, Any]]:
        return list(pages(lambda asked: self.rotated(limit=limit, **asked)))

    def counted(self, limit: int = 50) -> tuple[dict[str, list[int]], list[str]]:
        def ask(asked: dict[str, Any]) -> dict[str, Any]:
            return self.alliance.exchange.passport_keys(
                parsed(queries.AskPassportKeys, {"limit": limit, **asked}), ADMIN
            )

        return counted(pages(ask))

    def numbers(self) -> list[str]:
        reveal = [parsed(commands.RevealPassport, {"person_id": each, "why": "To see"}) for each in self.people]
        exchange, context = self.alliance.exchange, self.alliance.context
        return [exchange.reveal_passport(each, context(ADMIN))["number"] for each in reveal]

    def opened_letters(self) -> list[str]:
        """Every PDF that is kept, whatever became of its letter."""
        kept = [self.alliance.memory.fake_letters.load(each).state for each in self.letters]
        seals = self.alliance.exchange.seals
        return [base64.b64decode(seals.opened_base64(each.pdf or "")).decode() for each in kept]

    def versions(self) -> list[int]:
        shelves = (self.alliance.memory.fake_people.kept, self.alliance.memory.fake_letters.kept)
        return [document.version for shelf in shelves for document in shelf.values()]


@pytest.fixture
def sealed() -> Sealed:
    return Sealed()


def test_after_a_rotation_every_passport_and_every_letter_opens_without_the_old_key(sealed: Sealed) -> None:
    numbers, letters = sealed.numbers(), sealed.opened_letters()
    states = [sealed.alliance.memory.fake_letters.load(each).state.state for each in sealed.letters]
    assert states == [SUPERSEDED, REVOKED, ISSUED, ISSUED]
    sealed.keys(NEW_KEY, KEY)
    done = sealed.rotated_wholly(limit=2)
    assert sum(page["resealed"] for page in done) == VISITORS + len(sealed.letters)
    sealed.keys(NEW_KEY)
    assert (sealed.numbers(), sealed.opened_letters()) == (numbers, letters)
    asked = parsed(queries.AskLetter, {"letter_id": sealed.letters[2]})
    shown = sealed.alliance.exchange.letter_pdf(asked, sealed.alliance.coordinator)
    assert base64.b64decode(shown["pdf"]).decode() == letters[2]


def test_were_letters_left_out_they_would_be_lost_with_the_old_key(
    sealed: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    passports_alone = resealing._passports
    monkeypatch.setattr(resealing, "_letters", lambda _: passports_alone(sealed.alliance.exchange.stores.people))
    sealed.keys(NEW_KEY, KEY)
    sealed.rotated_wholly()
    sealed.keys(NEW_KEY)
    asked = parsed(queries.AskLetter, {"letter_id": sealed.letters[2]})
    with pytest.raises(LetterUnreadable) as refused:
        sealed.alliance.exchange.letter_pdf(asked, sealed.alliance.coordinator)
    assert refused.value.facts == {"letter": sealed.letters[2]}


def test_how_many_lie_under_which_key_is_found_by_trying(sealed: Sealed) -> None:
    assert sealed.counted() == ({"passports": [3], "letters": [4]}, [])
    sealed.keys(NEW_KEY, KEY)
    assert sealed.counted(limit=2) == ({"passports": [0, 3], "letters": [0, 4]}, [])
    sealed.rotated(limit=2)
    sealed.rotated(after="ltr_", limit=1)
    assert sealed.counted(limit=2) == ({"passports": [2, 1], "letters": [1, 3]}, [])
    sealed.rotated_wholly()
    assert sealed.counted() == ({"passports": [3, 0], "letters": [4, 0]}, [])


def test_what_another_process_still_seals_with_the_old_key_is_seen(sealed: Sealed) -> None:
    sealed.keys(NEW_KEY, KEY)
    sealed.rotated_wholly()
    sealed.keys(KEY, NEW_KEY)
    sealed.letters.append(sealed.letter(sealed.people[2], "Deputy director"))
    sealed.keys(NEW_KEY, KEY)
    assert sealed.counted()[0]["letters"] == [4, 1]
    assert sum(page["resealed"] for page in sealed.rotated_wholly()) == 1


def test_a_rotation_begun_anew_changes_nothing_that_is_done(sealed: Sealed) -> None:
    sealed.keys(NEW_KEY, KEY)
    sealed.rotated_wholly()
    after = sealed.versions()
    assert [page["resealed"] for page in sealed.rotated_wholly()] == [0, 0]
    assert sealed.versions() == after


def test_a_rotation_that_is_broken_off_goes_on_where_it_was(sealed: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sealed.versions()
    sealed.keys(NEW_KEY, KEY)
    letters = sealed.alliance.memory.fake_letters
    with monkeypatch.context() as patch:
        patch.setattr(letters, "save", _the_second_time(_breaks_off, letters.save))
        with pytest.raises(KeyboardInterrupt):
            sealed.rotated_wholly()
    assert sealed.counted()[0] == {"passports": [3, 0], "letters": [1, 3]}
    sealed.rotated_wholly()
    assert sealed.counted()[0] == {"passports": [3, 0], "letters": [4, 0]}
    assert sealed.versions() == [version + 1 for version in before]


def test_who_changes_a_letter_meanwhile_is_not_overwritten(sealed: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed.keys(NEW_KEY, KEY)
    letters = sealed.alliance.memory.fake_letters
    monkeypatch.setattr(letters, "save", _the_second_time(_beaten, letters.save))
    sealed.rotated_wholly()
    assert sealed.counted()[0]["letters"] == [4, 0]


def _the_second_time(instead: Callable[[], None], save: Callable[..., Any]) -> Callable[..., Any]:
    times = iter([lambda: None, instead])

    def saving(*args: Any) -> Any:
        next(times, lambda: None)()
        return save(*args)

    return saving


def _breaks_off() -> None:
    raise KeyboardInterrupt


def _beaten() -> None:
    raise WriteConflict


def test_letters_that_no_key_opens_are_named_and_left(sealed: Sealed) -> None:
    sealed.keys(Fernet.generate_key().decode())
    before = sealed.versions()
    (of_people, of_letters) = sealed.rotated_wholly()
    assert (of_people["unreadable"], of_letters["unreadable"]) == (sorted(sealed.people), sorted(sealed.letters))
    assert sealed.counted() == ({"passports": [0], "letters": [0]}, [*sorted(sealed.people), *sorted(sealed.letters)])
    assert sealed.versions() == before


def test_only_administrators_turn_keys_and_count(sealed: Sealed) -> None:
    with pytest.raises(NotAllowed):
        sealed.rotated(sealed.alliance.manager, after="ltr_")
    with pytest.raises(NotAllowed):
        sealed.alliance.exchange.passport_keys(parsed(queries.AskPassportKeys, {}), sealed.alliance.manager)


@pytest.mark.parametrize("after", ["vis_1", "per_", "ltr", "", "ltr_$", 7])
def test_a_place_is_a_person_or_a_letter(after: object) -> None:
    with pytest.raises(InvalidCommand):
        parsed(commands.RotatePassportKeys, {"after": after})


def test_a_letter_is_known_to_state_the_passport_after_its_keys_changed(sealed: Sealed) -> None:
    sealed.keys(NEW_KEY, KEY)
    sealed.rotated_wholly()
    sealed.keys(NEW_KEY)
    with pytest.raises(LetterStands) as refused:
        sealed.letter(sealed.people[2])
    assert refused.value.facts == {"letter": sealed.letters[2]}
