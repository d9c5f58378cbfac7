"""DOIs, ORCID iDs and ROR ids: the form in which each is kept, and what its check digits catch."""

from collections.abc import Callable

import pytest
from hypothesis import assume, example
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from chassis.kernel.errors import Refusal
from services.research.domain import orcid, ror
from services.research.domain.doi import doi_in
from services.research.domain.orcid import orcid_in
from services.research.domain.refusals import InvalidDoi, InvalidOrcid, InvalidRor
from services.research.domain.ror import ror_in

CARBERRY = "https://orcid.org/0000-0002-1825-0097"
LIBRARY = "https://ror.org/03yrm5c26"
Reading = Callable[[str], str]

# Within the blocks that ORCID has of ISNI's numbers.
NUMBERS = st.one_of(st.integers(15_000_000, 35_000_000), st.integers(900_000_000_000, 900_100_000_000))
ORCIDS = NUMBERS.map(lambda number: f"{number:015}").map(lambda digits: digits + orcid.check_character(digits))
SIX = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=6, max_size=6)
RORS = SIX.map(lambda characters: f"0{characters}{ror.check_digits(characters)}")


@pytest.mark.parametrize(
    "typed",
    [CARBERRY, "0000-0002-1825-0097", "0000000218250097", " http://www.orcid.org/0000-0002-1825-0097 ",
     "orcid.org/0000-0002-1825-0097"],
)  # fmt: skip
def test_an_orcid_id_is_kept_as_orcid_shows_it_however_it_is_typed(typed: str) -> None:
    assert orcid_in(typed) == CARBERRY


def test_ten_is_written_x() -> None:
    assert orcid_in("0000-0002-1694-233x") == "https://orcid.org/0000-0002-1694-233X"


@pytest.mark.parametrize("typed", [LIBRARY, "03yrm5c26", "ror.org/03yrm5c26", " http://ror.org/03YRM5C26"])
def test_a_ror_id_is_kept_as_ror_shows_it_however_it_is_typed(typed: str) -> None:
    assert ror_in(typed) == LIBRARY


@pytest.mark.parametrize("number", ["02mhbdp94", "05dxps055"])
def test_ids_that_ror_gave_have_the_check_digits_that_it_tells(number: str) -> None:
    assert ror_in(number) == f"https://ror.org/{number}"


@pytest.mark.parametrize("typed", ["https://www.doi.org/10.1000/182", "https://doi.org/10.1000/182", "10.1000/182"])
def test_a_doi_is_kept_bare(typed: str) -> None:
    assert doi_in(typed) == "10.1000/182"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://doi.org/10.1016/S0140-6736%2823%2901198-4", "10.1016/S0140-6736(23)01198-4"),
        ("https://doi.org/10.5281/zenodo.%E9%98%BF", "10.5281/zenodo.阿"),
        ("https://doi.org/10.1000/a%ffb", "10.1000/a%ffb"),
        ("10.1000/a%28b", "10.1000/a%28b"),
    ],
)
def test_what_an_address_escapes_is_read_and_what_is_bare_stays(typed: str, kept: str) -> None:
    assert doi_in(typed) == kept


def test_what_an_address_escapes_has_to_be_a_doi_too() -> None:
    with pytest.raises(InvalidDoi):
        doi_in("https://doi.org/10.1000/a%20b")


@pytest.mark.parametrize("reading", [doi_in, orcid_in, ror_in])
@pytest.mark.parametrize("nothing", ["", "  "])
def test_nothing_stays_nothing(reading: Reading, nothing: str) -> None:
    assert reading(nothing) == ""


@pytest.mark.parametrize(
    ("reading", "typed", "refusal", "fact"),
    [
        (orcid_in, "0000-0002-1825-0098", InvalidOrcid, "orcid"),
        (orcid_in, "0000-0002-1825-009", InvalidOrcid, "orcid"),
        (orcid_in, "0000-0002-1825-00977", InvalidOrcid, "orcid"),
        (orcid_in, "００００-0002-1825-0097", InvalidOrcid, "orcid"),
        (orcid_in, "https://example.org/0000-0002-1825-0097", InvalidOrcid, "orcid"),
        (orcid_in, "0000-0001-2103-2683", InvalidOrcid, "orcid"),
        (ror_in, "03yrm5c27", InvalidRor, "ror"),
        (ror_in, "13yrm5c26", InvalidRor, "ror"),
        (ror_in, "03yrm5c2", InvalidRor, "ror"),
        (ror_in, "0oyrm5c26", InvalidRor, "ror"),
        (ror_in, "https://example.org/03yrm5c26", InvalidRor, "ror"),
        (doi_in, "10.1/x", InvalidDoi, "doi"),
    ],
)
def test_what_is_none_is_refused_as_it_was_typed(
    reading: Reading, typed: str, refusal: type[Refusal], fact: str
) -> None:
    with pytest.raises(refusal) as refused:
        reading(typed)
    assert refused.value.facts == {fact: typed}


def test_a_number_of_isni_outside_of_orcids_share_is_no_orcid_id() -> None:
    digits = "000000012103268"
    assert orcid.check_character(digits) == "3", "its check digit is right"
    with pytest.raises(InvalidOrcid):
        orcid_in(f"{digits}3")


@hypothesis_given(ORCIDS)
@example("0000000150000007")
@example("0000000350000001")
def test_the_form_of_an_orcid_id_is_read_as_itself(digits: str) -> None:
    kept = orcid_in(digits)
    assert kept.replace("-", "") == f"https://orcid.org/{digits}"
    assert orcid_in(kept) == kept


@hypothesis_given(RORS)
def test_the_form_of_a_ror_id_is_read_as_itself(characters: str) -> None:
    kept = ror_in(characters)
    assert kept == f"https://ror.org/{characters}"
    assert ror_in(kept) == kept


@hypothesis_given(ORCIDS, st.integers(0, 14), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_an_orcid_id_is_seen(digits: str, place: int, wrong: str) -> None:
    assume(digits[place] != wrong)
    with pytest.raises(InvalidOrcid):
        orcid_in(digits[:place] + wrong + digits[place + 1 :])


@hypothesis_given(ORCIDS, st.integers(0, 14))
def test_two_digits_of_an_orcid_id_that_change_places_are_seen(digits: str, place: int) -> None:
    first, second = digits[place], digits[place + 1]
    assume(first != second)
    with pytest.raises(InvalidOrcid):
        orcid_in(digits[:place] + second + first + digits[place + 2 :])


@hypothesis_given(RORS, st.integers(1, 6), st.sampled_from("0123456789abcdefghjkmnpqrstvwxyz"))
def test_one_wrong_character_of_a_ror_id_is_seen(characters: str, place: int, wrong: str) -> None:
    assume(characters[place] != wrong)
    with pytest.raises(InvalidRor):
        ror_in(characters[:place] + wrong + characters[place + 1 :])


@hypothesis_given(st.text(max_size=40))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    for reading in (doi_in, orcid_in, ror_in):
        try:
            assert reading(reading(text)) == reading(text)
        except (InvalidDoi, InvalidOrcid, InvalidRor):
            continue
