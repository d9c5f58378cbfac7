"""How long texts may be, and how they are cut: sizes of SMS, sentences in three scripts, a link that stays whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.channels import RINGING
from services.notify.domain.chat.lengths import FITS, SEGMENTS, fitted, is_gsm, segments

LINK = "https://khunjerab.example/visits/vis_0198f2c4a1b27c3d8e4f5a6b7c8d9e0f"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 459, 3),
        ("a" * 460, 4),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("访" * 70, 1),
        ("访" * 71, 2),
        ("访" * 134, 2),
        ("访" * 201, 3),
        ("ملاقات" * 33, 3),
        ("a" * 70 + "访", 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_an_sms_takes_as_many_segments_as_its_alphabet_says(text: str, expected: int) -> None:
    """3GPP TS 23.038: 160 places of seven bits or 70 of sixteen; what is joined has 153 or 67 in each."""
    assert segments(text) == expected


@pytest.mark.parametrize(
    ("text", "seven_bits"), [("Ünal, señor? 5€", True), ("访问", False), ("ملاقات", False), ("…", False)]
)
def test_chinese_urdu_and_typographers_marks_take_sixteen_bits(text: str, seven_bits: bool) -> None:
    assert is_gsm(text) is seven_bits


def test_what_fits_is_left_alone() -> None:
    assert fitted("Visit booked.\nIn March.", LINK, FITS["sms"]) == f"Visit booked.\nIn March.\n{LINK}"


@pytest.mark.parametrize(
    ("sentence", "mark"),
    [
        ("Ayesha Karim comes to Kashgar on the second day of March. ", " ..."),
        ("阿依莎将于三月二日抵达喀什。", " …"),
        ("عائشہ دو مارچ کو کاشغر پہنچیں گی۔ ", " …"),
    ],
)
def test_what_is_too_long_ends_at_a_sentence_with_a_mark(sentence: str, mark: str) -> None:
    text = f"Visit booked\n{sentence * 40}" if mark == " ..." else f"{sentence.strip()}\n{sentence * 40}"
    cut = fitted(text, LINK, FITS["sms"])
    assert segments(cut) == SEGMENTS
    words, _, link = cut.rpartition("\n")
    assert (link, words.endswith(sentence.strip() + mark)) == (LINK, True)


def test_a_sentence_that_is_too_long_itself_is_cut_within() -> None:
    cut = fitted("访" * 1000, LINK, FITS["sms"])
    assert segments(cut) == SEGMENTS
    assert cut.startswith("访访")
    assert cut.endswith(f"访…\n{LINK}")


@given(st.text(max_size=3000), st.sampled_from(sorted(RINGING)))
def test_whatever_is_to_be_told_fits_with_its_whole_link(text: str, channel: str) -> None:
    cut = fitted(text, LINK, FITS[channel])
    assert FITS[channel](cut)
    assert cut.endswith(LINK)


@given(st.text(max_size=800))
def test_no_more_is_cut_than_has_to_be(text: str) -> None:
    whole = f"{text}\n{LINK}"
    assert (fitted(text, LINK, FITS["sms"]) == whole) == (bool(text) and segments(whole) <= SEGMENTS)
