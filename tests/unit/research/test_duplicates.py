"""How alike two descriptions of outcomes are, and by which keys they are found."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, settings
from hypothesis import given as for_any
from hypothesis import strategies as some

from chassis.commands import parsed
from chassis.kernel.actor import OBSERVER, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.errors import InvalidCommand, Unknown
from chassis.kernel.ids import derived
from services.research.application import queries
from services.research.domain.contributors import Contributor
from services.research.domain.duplicates.commonness import COMMON, Counted, place_of, rarest
from services.research.domain.duplicates.forms import has_another_character
from services.research.domain.duplicates.keys import keys_of
from services.research.domain.duplicates.normal_form import words_of
from services.research.domain.duplicates.scoring import (
    LEAST_POSSIBLE,
    LIKELY,
    POSSIBLE,
    SAME,
    Described,
    is_out_of_question,
    likeness,
)
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given

PAPER = Described("Doppler of liver cysts: forty cases in Gilgit", 2026, ("Shahida Bano", "Chen Yong"))
TEXTS = some.text(max_size=60) | some.sampled_from(
    ["", "???", ": –", "肝包虫病：四十例", "جگر کے سسٹ", r"{\"U}ber $\alpha$", "\\", "e\u0301", "ﷺ", "²³", "a: b: c"]
)
LETTERS = str.maketrans("0123456789", "klmnopqrst")
ANY = some.builds(
    Described,
    TEXTS,
    some.none() | some.integers(1, 9999),
    some.lists(TEXTS, max_size=3).map(tuple),
    some.sampled_from(["", "10.1/A", "10.1/a", "10.1/Ä"]),
)


@for_any(ANY, ANY)
@settings(max_examples=150)
def test_the_score_is_the_same_either_way_round_and_within_0_and_1(one: Described, other: Described) -> None:
    found = likeness(one, other)
    assert 0 <= found.score <= 1
    assert (found, found.verdict, found.grounds) == ((back := likeness(other, one)), back.verdict, back.grounds)


@for_any(ANY)
@settings(max_examples=150)
def test_anything_is_itself_and_has_the_same_keys_again(one: Described) -> None:
    assert likeness(one, replace(one)).score == 1
    assert keys_of(one) == keys_of(replace(one))


@pytest.mark.timeout(20)
def test_long_titles_and_thousands_of_authors_take_no_longer_than_others() -> None:
    def told(end: str) -> Described:
        words = " ".join(f"{number:x}{end}".translate(LETTERS) for number in range(20_000))
        return Described(
            f"Doppler of liver cysts: {words}", 2026, tuple(f"Bano{number}{end}, S." for number in range(9_000))
        )

    one, other = told("xyx"), told("yxy")
    assert likeness(one, other).score < LEAST_POSSIBLE
    assert keys_of(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"{\"U}ber die {E}chinokokkose", "Über die Echinokokkose"),
        (r"\textit{Echinococcus} in K\"oln", "ECHINOCOCCUS in Köln"),
        (r"Erd\H{o}s and \c{C}elik and \v S", "Erdős and Çelik and Š"),
        ("<i>E. granulosus</i> &amp; dogs", "E. granulosus & dogs"),
        ("COVID-19: a meta-analysis", "Covid 19 – a meta analysis"),
        ("CO₂ in H$_2$O", "CO2 in H2O"),
        ("TGF-β1", r"TGF-$\beta$1"),
        ("echino-\n  coccosis", "echinococcosis"),
        ("肝包虫病，超声", "肝包虫病超声".replace("病超", "病 超")),
        ("ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("جگر کے سسٹ كا علاج ۱۲", "جگر کے سسٹ کا علاج 12"),
        ("ma\u00adl\u200baria", "malaria"),
    ],
)
def test_the_same_words_are_the_same_however_they_are_written(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)


@pytest.mark.parametrize(
    ("different", "verdict"),
    [
        ({"title": "Dopler of liver cyst: forty cases in Gilgit"}, LIKELY),
        ({"title": "Doppler of liver cysts"}, LIKELY),
        ({"title": "Doppler of liver cysts: 四十例"}, LIKELY),
        ({"title": "Liver cysts in Doppler. Forty cases in Gilgit", "authors": ("Bano, S.", "Yong C")}, LIKELY),
        ({"year": None}, LIKELY),
        ({"year": 2027, "authors": ("S. Bano",)}, LIKELY),
        ({"authors": ()}, LIKELY),
        ({"title": "Doppler of kidney cysts: forty cases in Gilgit"}, None),
        ({"title": "Doppler of liver cysts: forty cases in Gilgit, part 2"}, POSSIBLE),
        ({"authors": ("Hao Wen",)}, POSSIBLE),
        ({"authors": ("Hao Wen",), "year": 2020}, None),
        ({"title": "Advances in telemedicine"}, None),
        ({"title": "肝包虫病的超声诊断"}, None),
    ],
)
def test_what_else_is_written_makes_it_likely_or_another(different: dict[str, Any], verdict: str | None) -> None:
    other = replace(PAPER, **different)
    assert likeness(PAPER, other).verdict == verdict
    if verdict == LIKELY:
        assert set(keys_of(PAPER)) & set(keys_of(other))


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ("Doppler of liver cysts: Part I", "Doppler of liver cysts: Part II", 0),
        ("A phase I study of albendazole in cysts", "A phase III study of albendazole in cysts", 0),
        ("Doppler of liver cysts", "Erratum: Doppler of liver cysts", 0),
        ("肝包虫病的超声诊断与分型研究", "更正：肝包虫病的超声诊断与分型研究", 0),
        ("Editorial", "Editorial", 1),
        ("Annual report", "Annual report", 1),
    ],
)
def test_the_next_part_or_year_of_the_same_people_and_what_puts_it_right_are_not_left_out(
    one: str, other: str, later: int
) -> None:
    first, second = replace(PAPER, title=one), replace(PAPER, title=other, year=2026 + later)
    assert likeness(first, second).verdict in (POSSIBLE, None)
    assert likeness(first, replace(first)).verdict == LIKELY


def test_equal_dois_are_the_same_whatever_the_case_of_their_ascii_letters_and_others_are_no_more_than_possibly() -> (
    None
):
    one, another = replace(PAPER, doi="10.1000/Abc"), Described("Else", doi="10.1000/aBC")
    assert (likeness(one, another).verdict, likeness(one, another).score) == (SAME, 1)
    assert set(keys_of(one)) & set(keys_of(another)) == {"doi:10.1000/abc"}
    assert likeness(one, replace(one, doi="10.1000/Äbc")).verdict == POSSIBLE
    assert likeness(replace(one, doi="10.1000/Ä"), replace(one, doi="10.1000/ä")).verdict == POSSIBLE


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("肝包虫病的超声诊断与分型研究", "肝包虫病超声诊断与分型研究", LIKELY),
        ("肝包虫病的超声诊断与分型研究", "肝包虫病的超声诊断和分型研究", LIKELY),
        ("肝包虫病的超声诊断与分型研究", "肝包虫病的声超诊断与分型研究", LIKELY),
        ("肝包虫病的超声诊断与分型研究", "肝包虫病的超声诊断与分型型研究", LIKELY),
        ("肝包虫病的超声诊断与分型研究", "肝包虫病的超声诊断，与分型研究", LIKELY),
        ("肝包虫病的超声诊断与分型研究", "肺包虫病的超声诊断与分型研究", POSSIBLE),
        ("肝包虫病的超声诊断与分型研究", "肝包虫病的超声诊断与分期研究", POSSIBLE),
        ("肝包虫病与肝癌的超声诊断", "肺包虫病与肝癌的超声诊断", POSSIBLE),
        ("儿童肝包虫病的诊断", "儿童肺包虫病的诊断", POSSIBLE),
        ("肝包虫病的诊断与治疗", "脑包虫病的诊断与治疗", POSSIBLE),
        ("肝包虫病", "肺包虫病", None),
        ("肝囊肿", "肾囊肿", None),
        (
            "喀什地区牧民泡型包虫病的腹腔镜切除术与长期随访研究",
            "喀什地区牧民囊型包虫病的腹腔镜切除术与长期随访研究",
            POSSIBLE,
        ),
        ("جگر کے سسٹ کا الٹراساؤنڈ سے علاج", "جگر کے سسٹوں کا الٹراساؤنڈ سے علاج", LIKELY),
        ("گردہ کے سسٹ کا الٹراساؤنڈ سے علاج", "گردے کے سسٹ کا الٹراساؤنڈ سے علاج", LIKELY),
        ("جگر کے سسٹ کا الٹراساؤنڈ سے علاج", "جگر کے سسٹ کا الٹراسونڈ سے علاج", LIKELY),
        ("جگر کے سسٹ کا الٹراساؤنڈ سے علاج", "گردے کے سسٹ کا الٹراساؤنڈ سے علاج", None),
        ("گردے کے سسٹ کا الٹراساؤنڈ سے علاج", "گردن کے سسٹ کا الٹراساؤنڈ سے علاج", POSSIBLE),
        ("گلگت میں سر کے درد کا الٹراساؤنڈ", "گلگت میں سرطان کے درد کا الٹراساؤنڈ", POSSIBLE),
    ],
)
def test_a_slip_in_chinese_or_urdu_is_likely_and_another_organ_is_not(
    one: str, other: str, verdict: str | None
) -> None:
    first, second = replace(PAPER, title=one), replace(PAPER, title=other)
    assert likeness(first, second).verdict == verdict


def test_of_chinese_with_a_character_more_a_key_stays() -> None:
    one, other = Described("肝包虫病的超声诊断与分型研究"), Described("肝包虫病超声诊断与分型研究")
    assert set(keys_of(one)) & set(keys_of(other))


def test_all_rare_keys_are_gone_by_and_the_rarest_of_the_common_ones_while_they_are_not_too_many() -> None:
    assert rarest(["doi:1", "t:A", "t:B"], {}) == ["doi:1", "t:A", "t:B"]
    assert rarest(["t:A", "t:B", "t:C", "t:D"], {"t:A": 90, "t:B": 400, "t:D": 60}) == ["t:C", "t:D", "t:A"]
    assert rarest(["t:A", "t:B", "t:C"], {"t:A": 100, "t:B": 51}) == ["t:C", "t:B"]
    assert rarest(["t:A", "t:B"], {"t:A": 900, "t:B": 800}) == ["t:B"], "one at least"


def test_counted_are_keys_of_words_that_many_have_and_no_page_is_kept_for_others() -> None:
    counted = Counted()
    for number in range(COMMON):
        counted.count(["doi:10.1/a", "t:AAAAAAAA", *(["t:777777AA"] if number else [])])
    assert dict(counted.common()) == {"AA": {"AA": COMMON}}
    counted.count(["t:777777AB"])
    assert dict(counted.common()) == {"AA": {"AA": COMMON}, "77": {"77": COMMON}}
    assert (place_of("t:AAAAAAAA"), place_of("doi:10.1/a")) == (("AA", "AA"), None)


def test_a_duplicate_among_very_many_that_share_a_phrase_is_found_by_what_is_rare_in_it(
    research: ResearchInMemory,
) -> None:
    for number in range(300):
        kept(research, f"out_{number}", title=f"Magnetic resonance imaging, {f'{number:03}'.translate(LETTERS)}")
    kept(research, "out_sought", title="Magnetic resonance imaging of hydatid cysts", doi="")
    asked = found(research, title="Magnetic resonnance imaging of hydatid cysts", year=2026)
    assert [each for each, _ in asked] == ["out_sought"]
    assert research.fake_outcomes.looked_at < 300


@for_any(ANY, ANY)
@settings(max_examples=150)
def test_what_is_out_of_question_has_no_verdict(one: Described, other: Described) -> None:
    for each in (one, replace(one, title=f"{one.title} {other.title}"), other):
        assert not is_out_of_question(one, each) or likeness(one, each).verdict is None


def test_a_title_without_its_long_subtitle_is_not_out_of_question() -> None:
    one, other = (
        Described("Doppler of cysts in dogs"),
        Described(f"Doppler of cysts in dogs: {'what else grows there ' * 9}"),
    )
    assert likeness(one, other).verdict == LIKELY
    assert not is_out_of_question(one, other)


@for_any(some.text("肝肺包的", max_size=6), some.text("肝肺包的", max_size=6))
@example("肝肝包", "包肝肺")
@settings(max_examples=150)
def test_whether_a_character_is_another_is_the_same_either_way_round(one: str, other: str) -> None:
    assert has_another_character(one, other) == has_another_character(other, one)


@pytest.fixture
def research() -> ResearchInMemory:
    return ResearchInMemory(StandingClock(given.NOW))


def kept(research: ResearchInMemory, outcome_id: str, **different: Any) -> str:
    told = {"details": {"year": 2026}, "contributors": tuple(Contributor(each, "author") for each in PAPER.authors)}
    outcome = given.at("disclosure", id=outcome_id, **{"title": PAPER.title, "doi": "", **told, **different})
    context = Context(derived("keep", outcome_id), SYSTEM, given.NOW)
    return research.fake_outcomes.add(outcome_id, Decision(outcome, what="kept"), context).id


def found(research: ResearchInMemory, who: Actor = given.MANAGER, **asked: Any) -> list[tuple[str, Any]]:
    answer = research.duplicates_of(parsed(queries.AskDuplicates, asked), who)
    return [(each["id"], each["verdict"]) for each in answer["items"]]


def test_an_outcome_is_no_duplicate_of_itself_and_the_likeliest_comes_first(research: ResearchInMemory) -> None:
    kept(research, "out_1", doi="10.1000/182")
    kept(research, "out_2")
    kept(research, "out_3", title="Something else", doi="10.1000/182")
    assert found(research, outcome_id="out_1") == [("out_3", SAME), ("out_2", LIKELY)]
    assert found(research, doi="https://doi.org/10.1000/182") == [("out_1", SAME), ("out_3", SAME)]
    assert found(research, title=PAPER.title, year=2026, authors=list(PAPER.authors), doi="10.1000/182") == [
        ("out_1", SAME),
        ("out_3", SAME),
        ("out_2", LIKELY),
    ]


def test_what_nobody_has_told_anything_of_is_no_duplicate(research: ResearchInMemory) -> None:
    for number, state in enumerate(("expected", "waived", "withdrawn", "merged")):
        kept(research, f"out_{number}", state=state)
    assert found(research, title=PAPER.title) == []
    kept(research, "out_5", state="rejected")
    assert [each for each, _ in found(research, title=PAPER.title)] == ["out_5"]


def test_nobody_is_told_of_a_duplicate_that_they_may_not_see(research: ResearchInMemory) -> None:
    stranger = Actor("per_x", frozenset({OBSERVER}), frozenset({"sit_other"}))
    kept(research, "out_1")
    assert found(research, stranger, title=PAPER.title) == []
    with pytest.raises(Unknown):
        found(research, stranger, outcome_id="out_1")


@pytest.mark.parametrize("asked", [{}, {"outcome_id": "out_1", "title": "A"}, {"year": 2026}])
def test_one_asks_about_an_outcome_or_about_what_is_typed(research: ResearchInMemory, asked: dict[str, Any]) -> None:
    with pytest.raises(InvalidCommand):
        found(research, **asked)


def test_the_answer_says_on_what_grounds(research: ResearchInMemory) -> None:
    kept(research, "out_1")
    asked = parsed(queries.AskDuplicates, {"title": PAPER.title, "year": 2027})
    (item,) = research.duplicates_of(asked, given.MANAGER)["items"]
    assert item["grounds"] == {"doi": None, "title": 1.0, "year": 0.5, "authors": None}
    assert (item["score"], item["verdict"], item["state"], item["type"]) == (0.9, LIKELY, "reported", "publication")
