"""What is sealed opens with its own key and no other."""

import base64

import pytest
from cryptography.fernet import Fernet

from chassis.kernel.seals import SealBroken
from chassis.seals import FernetSeals

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_what_is_sealed_opens_and_shows_nothing_meanwhile() -> None:
    seals = FernetSeals([OLD])
    sealed = seals.sealed("AB1234567")
    assert "AB1234567" not in sealed
    assert seals.opened(sealed) == "AB1234567"
    assert seals.sealed("AB1234567") != sealed


def test_a_file_opens_as_it_was() -> None:
    seals = FernetSeals([OLD])
    assert base64.b64decode(seals.opened_base64(seals.sealed_bytes(b"%PDF\x00\xff"))) == b"%PDF\x00\xff"


def test_after_a_rotation_the_old_key_is_needed_no_more() -> None:
    sealed = FernetSeals([OLD]).sealed("AB1234567")
    both = FernetSeals([NEW, OLD])
    assert both.opened(sealed) == "AB1234567"
    assert FernetSeals([NEW]).opened(both.resealed(sealed)) == "AB1234567"


@pytest.mark.parametrize("change", [lambda sealed: sealed[:-6] + "AAAAA=", lambda _: "no token"])
def test_what_somebody_changed_is_not_opened(change: object) -> None:
    seals = FernetSeals([OLD])
    with pytest.raises(SealBroken):
        seals.opened(change(seals.sealed("AB1234567")))  # type: ignore[operator]


def test_without_its_key_it_stays_shut() -> None:
    sealed = FernetSeals([OLD]).sealed("AB1234567")
    for attempt in (FernetSeals([NEW]).opened, FernetSeals([NEW]).resealed):
        with pytest.raises(SealBroken):
            attempt(sealed)


def test_each_key_is_told_by_its_place() -> None:
    first, other = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    before = FernetSeals([other]).sealed("AB1234567")
    both = FernetSeals([first, other])
    assert (both.keys, both.opened_by(before), both.opened(before)) == (2, 1, "AB1234567")
    assert both.opened_by(both.resealed(before)) == 0
    assert FernetSeals([first]).opened(both.resealed(before)) == "AB1234567"
    assert both.opened_by("nothing sealed") is None
