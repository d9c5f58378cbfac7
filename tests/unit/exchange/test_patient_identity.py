"""No identity number of a patient comes in with a text, and nothing else is taken for one."""

import time
from datetime import date, datetime
from itertools import accumulate, pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.exchange.domain.consultations.identity.naming import CHINA, PAKISTAN, must_name_no_patient
from services.exchange.domain.consultations.identity.refusals import PatientIdentity
from tests.unit.exchange.identity_numbers import IDENTITIES, LAHORE, LOOK_ALIKES, MAN, china, spelt

PLACES = ("11", "23", "37", "41", "54", "65", "71", "82", "911", "965")
DISTRICTS = ("11101", "17301", "21506", "35202", "42000", "54400", "61101", "71501", "82203")
SCRIPTS = st.sampled_from("0０۰٠०")
WORDS = st.lists(
    st.sampled_from(
        ["patient", "is", "患者", "的证件", "مریض", "کا کارڈ", "see", "page 7", "on 3 May", "№", "(", "cyst;"]
    ),
    max_size=4,
).map(" ".join)


def kind_in(text: str) -> str | None:
    try:
        must_name_no_patient(question=text)
    except PatientIdentity as refused:
        return str(refused.facts["kind"])
    return None


@st.composite
def chinese(draw: st.DrawFn) -> str:
    place = draw(st.sampled_from(PLACES))
    rest = draw(st.text("0123456789", min_size=6 - len(place), max_size=6 - len(place)))
    born = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    return china(place + rest, f"{born:%Y%m%d}", draw(st.text("0123456789", min_size=3, max_size=3)))


@st.composite
def grouped(draw: st.DrawFn) -> str:
    """A Chinese number in groups of any length, with blanks or dashes between."""
    number = draw(chinese())
    ends = [*accumulate(draw(st.lists(st.integers(1, 8), max_size=6))), 18]
    groups = [number[begin:end] for begin, end in pairwise([0, *ends])]
    return draw(st.sampled_from([" ", "-", " – ", "\u2009", "_", ""])).join(filter(None, groups))


@st.composite
def pakistani(draw: st.DrawFn) -> str:
    parts = (
        draw(st.sampled_from(DISTRICTS)),
        *(draw(st.from_regex(each, fullmatch=True)) for each in ("[0-9]{7}", "[0-9]")),
    )
    return draw(st.sampled_from(["-", " ", "", "—", " - ", ".", "/", "·", " / "])).join(parts)


@settings(max_examples=300)
@given(
    word=st.sampled_from(["CNIC", "cnic no. ", "ID card: ", "شناختی کارڈ ", "身份证号"]),
    number=st.from_regex("[1-9][0-9]{12}", fullmatch=True),
    lengths=st.lists(st.integers(1, 6), max_size=8),
    between=st.sampled_from(["-", " ", "/", "·", "_", " - ", "\u2009"]),
)
def test_after_the_word_every_number_is_found_in_whichever_groups(
    word: str, number: str, lengths: list[int], between: str
) -> None:
    ends = [*accumulate(lengths), len(number)]
    groups = filter(None, (number[begin:end] for begin, end in pairwise([0, *ends])))
    assert kind_in(f"{word} {between.join(groups)}") == PAKISTAN


def test_there_are_fifty_of_each() -> None:
    assert len(set(IDENTITIES)) >= 50
    assert len(set(LOOK_ALIKES)) >= 50


@pytest.mark.parametrize(("kind", "text"), IDENTITIES)
def test_an_identity_number_is_refused(kind: str, text: str) -> None:
    assert kind_in(text) == kind


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_looks_like_one_passes(text: str) -> None:
    assert kind_in(text) is None


def test_the_refusal_names_the_field_and_never_the_number() -> None:
    with pytest.raises(PatientIdentity) as refused:
        must_name_no_patient(title="Cyst", question=f"Patient {MAN}", note=LAHORE)
    assert refused.value.facts == {"field": "question", "kind": CHINA}


@settings(max_examples=300)
@given(before=WORDS, number=grouped(), after=WORDS, zero=SCRIPTS)
def test_every_number_of_china_is_found_among_any_words(before: str, number: str, after: str, zero: str) -> None:
    assert kind_in(f"{before} {spelt(number, zero)} {after}") == CHINA


@settings(max_examples=300)
@given(before=WORDS, number=pakistani(), after=WORDS, zero=SCRIPTS)
def test_every_number_of_pakistan_is_found_among_any_words(before: str, number: str, after: str, zero: str) -> None:
    assert kind_in(f"{before}: {spelt(number, zero)}, {after}") == PAKISTAN


@settings(max_examples=200)
@given(number=chinese(), by=st.integers(1, 9))
def test_a_number_with_another_check_digit_passes(number: str, by: int) -> None:
    other = str((int(number[17]) + by) % 10) if number[17] != "X" else str(by)
    assert kind_in(number[:17] + other) is None


@settings(max_examples=200)
@given(made=st.uuids(), at=st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2090-01-01")))
def test_no_id_and_no_moment_is_refused(made: UUID, at: datetime) -> None:
    for text in (
        str(made),
        made.hex,
        f"{at:%Y-%m-%d %H:%M} {at:%Y%m%d%H%M%S}",
        f"{at.isoformat()} {at:%d/%m/%Y %H:%M}",
    ):
        assert kind_in(text) is None, text


@settings(max_examples=300)
@given(st.text(), st.text(st.characters(categories=["Nd", "Pd", "Zs", "Cf"])))
def test_any_text_passes_or_is_refused(text: str, digits: str) -> None:
    for each in (text, digits, "\ud800" + text):
        assert kind_in(each) in {None, CHINA, PAKISTAN}


@pytest.mark.parametrize(
    "piece",
    [
        "7",
        "7 ",
        "7-",
        "7.",
        "10.1234/",
        "12345-1234567-",
        "6531011985",
        "e\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}",
        "EAN",
    ],
)
def test_a_long_text_takes_no_longer_than_its_length(piece: str) -> None:
    text = (piece * 300_000)[:300_000]
    began = time.process_time()
    must_name_no_patient(text=text)
    assert time.process_time() - began < 10, "of quadratic time, this would be hours"
