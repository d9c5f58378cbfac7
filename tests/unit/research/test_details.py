"""What each type of outcome says in detail: read by its own fields, or refused by the field and why."""

from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from chassis.kernel.errors import Refusal
from contracts.words import OutcomeType
from services.exchange.domain import money
from services.research.domain.details.amounts import amount_in
from services.research.domain.details.types import FIELDS_OF, details_of
from services.research.domain.details.unfit import Unfit
from services.research.domain.refusals import DetailInvalid, DetailMissing, DetailNotOfType
from tests.fakes.research import MINOR_UNITS
from tests.unit.research import outcome_types_page
from tests.unit.research.detailed import TOLD, decimals

EVERY_FIELD = [(kind, name) for kind, fields in FIELDS_OF.items() for name in fields]
NEEDED = [(kind, name) for kind, fields in FIELDS_OF.items() for name, field in fields.items() if field.is_needed]
KINDS_OF_SOFTWARE = ("software", "web-or-mobile-app", "improvement-of-existing", "other")
IN_ORDER = [(kind, name, field.not_before) for kind, fields in FIELDS_OF.items() for name, field in fields.items()
            if field.not_before]  # fmt: skip


def read(kind: str, /, **different: Any) -> Any:
    return details_of(kind, {**TOLD[kind], **different}, decimals)


def refused(kind: str, /, **different: Any) -> dict[str, Any]:
    """Why the one field that is different is refused."""
    with pytest.raises(DetailInvalid) as caught:
        read(kind, **different)
    facts = dict(caught.value.facts)
    assert facts.pop("type") == kind
    assert [facts.pop("field")] == list(different)
    return facts


def test_every_type_of_the_contracts_has_fields_of_its_own() -> None:
    assert list(FIELDS_OF) == list(get_args(OutcomeType))
    assert {kind: list(fields) for kind, fields in TOLD.items()} == {kind: list(of) for kind, of in FIELDS_OF.items()}
    assert all(any(field.is_needed for field in fields.values()) for fields in FIELDS_OF.values())


@pytest.mark.parametrize("kind", FIELDS_OF)
def test_all_that_a_type_asks_for_is_read_and_its_normal_form_is_read_as_itself(kind: str) -> None:
    assert read(kind) == TOLD[kind]
    assert list(details_of(kind, dict(reversed(TOLD[kind].items())), decimals)) == list(FIELDS_OF[kind])


@pytest.mark.parametrize(("kind", "name"), NEEDED)
@pytest.mark.parametrize("told", ["null", "left out"])
def test_what_a_type_needs_is_missed_by_name(kind: str, name: str, told: str) -> None:
    details = {**TOLD[kind], name: None} if told == "null" else {k: v for k, v in TOLD[kind].items() if k != name}
    with pytest.raises(DetailMissing) as caught:
        details_of(kind, details, decimals)
    assert caught.value.facts == {"type": kind, "fields": [name]}


@pytest.mark.parametrize("kind", FIELDS_OF)
def test_everything_else_may_be_left_out(kind: str) -> None:
    needed = {name: TOLD[kind][name] for of, name in NEEDED if of == kind}
    assert details_of(kind, needed, decimals) == needed


def test_all_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(DetailMissing) as caught:
        details_of("award", {}, decimals)
    assert caught.value.facts == {"type": "award", "fields": ["kind", "awarded_by", "awarded_on", "reach"]}


@pytest.mark.parametrize("kind", FIELDS_OF)
def test_a_field_of_another_type_is_refused_by_name_with_those_that_there_are(kind: str) -> None:
    with pytest.raises(DetailNotOfType) as caught:
        read(kind, spare_parts="none", altitude=4693)
    assert caught.value.facts == {"type": kind, "fields": ["altitude", "spare_parts"], "takes": list(FIELDS_OF[kind])}


@pytest.mark.parametrize(("kind", "name"), EVERY_FIELD)
@pytest.mark.parametrize("value", [{"$ne": ""}, [], 4.5, {"name": "x", "ror": "", "$where": "1"}, [["x"]], "\x00"])
def test_no_field_takes_what_has_another_shape(kind: str, name: str, value: Any) -> None:
    assert refused(kind, **{name: value})["why"]


@pytest.mark.parametrize(("kind", "name", "earlier"), IN_ORDER)
def test_what_ends_does_not_end_before_it_began(kind: str, name: str, earlier: str) -> None:
    began = TOLD[kind][earlier]
    assert read(kind, **{name: began})[name] == began
    assert refused(kind, **{name: "2026-01-01"}) == {"why": "TooEarly", "not_before": earlier, "earliest": began}


@pytest.mark.parametrize(
    ("kind", "name", "value", "facts"),
    [
        ("publication", "published_in", "x" * 201, {"why": "TooLong", "most": 200}),
        ("publication", "published_in", " ", {"why": "Empty"}),
        ("publication", "published_in", "Acta\nTropica", {"why": "NotOneLine"}),
        ("publication", "published_in", "Acta\ud800", {"why": "NotText"}),
        ("publication", "year", "2026", {"why": "NotANumber"}),
        ("publication", "year", True, {"why": "NotANumber"}),
        ("publication", "year", 1969, {"why": "OutOfBounds", "least": 1970, "most": 2200}),
        ("publication", "published_on", "2026-02-30", {"why": "NotADay"}),
        ("publication", "published_on", "20260228", {"why": "NotADay"}),
        ("publication", "published_on", "0026-02-28", {"why": "NotADay"}),
        ("publication", "pubmed_id", "PMC1", {"why": "NotAPubMedId", "example": "31452104"}),
        ("publication", "address", "http://journal.example/", {"why": "NotAnHttpsAddress"}),
        ("publication", "address", "https://a:b@journal.example/", {"why": "NotAnHttpsAddress"}),
        ("publication", "address", "https://localhost/", {"why": "NotAnHttpsAddress"}),
        ("publication", "address", "https://10.0.0.1/", {"why": "NotAnHttpsAddress"}),
        ("publication", "address", "javascript:alert(1)//https://a.example", {"why": "NotAnHttpsAddress"}),
        ("publication", "address", "https://journal.example/" + "x" * 480, {"why": "NotAnHttpsAddress"}),
        ("software", "kind", "App", {"why": "NotOneOf", "codes": list(KINDS_OF_SOFTWARE)}),
        ("research-tool", "provided_to_others", "yes", {"why": "NotYesOrNo"}),
        ("research-tool", "provided_to_others", 1, {"why": "NotYesOrNo"}),
        ("skills-and-people", "people", 0, {"why": "OutOfBounds", "least": 1, "most": 100_000}),
        ("collaboration", "partners", [{"name": "x"}] * 51, {"why": "TooMany", "most": 50}),
        ("collaboration", "partners", [], {"why": "NotAList"}),
        ("collaboration", "partners", {"name": "x"}, {"why": "NotAList"}),
        ("collaboration", "partners", [{"ror": ""}], {"why": "NotAnOrganisation"}),
        ("award", "awarded_by", {"name": "x", "ror": "03yrm5c27"}, {"why": "InvalidRor", "ror": "03yrm5c27"}),
        ("award", "awarded_by", {"name": " ", "ror": ""}, {"why": "Empty"}),
        ("award", "awarded_by", {"name": "x", "ror": None}, {"why": "NotAnOrganisation"}),
        ("further-funding", "amount", {"amount": 1250, "currency": "CNY"}, {"why": "NotAnAmount"}),
        ("further-funding", "amount", {"amount": "1250"}, {"why": "NotAnAmount"}),
        ("further-funding", "amount", {"amount": "1e3", "currency": "CNY"}, {"why": "NotAnAmount", "amount": "1e3"}),
        ("further-funding", "amount", {"amount": "1", "currency": "XAU"},
         {"why": "UnknownCurrency", "currency": "XAU"}),
        ("further-funding", "amount", {"amount": "0.005", "currency": "CNY"},
         {"why": "TooManyDecimals", "amount": "0.005", "currency": "CNY", "decimals": 2}),
    ],
)  # fmt: skip
def test_a_field_that_does_not_say_what_it_is_for_is_refused_with_why(
    kind: str, name: str, value: Any, facts: dict[str, Any]
) -> None:
    assert refused(kind, **{name: value}) == facts


@pytest.mark.parametrize(
    ("kind", "name", "value", "kept"),
    [
        ("publication", "published_in", "  Acta Tropica ", "Acta Tropica"),
        ("publication", "published_in", "《中国血吸虫病防治杂志》", "《中国血吸虫病防治杂志》"),
        ("collaboration", "impact", "One.\r\nTwo.", "One.\nTwo."),
        ("award", "awarded_by", {"name": "Society"}, {"name": "Society", "ror": ""}),
        ("award", "awarded_by", {"name": "x", "ror": "03YRM5C26"}, {"name": "x", "ror": "https://ror.org/03yrm5c26"}),
        ("further-funding", "amount", {"amount": "12.5", "currency": "CNY"}, {"amount": "12.50", "currency": "CNY"}),
        ("further-funding", "amount", {"amount": "12", "currency": "JPY"}, {"amount": "12", "currency": "JPY"}),
    ],
)
def test_what_is_told_is_kept_in_its_normal_form(kind: str, name: str, value: Any, kept: Any) -> None:
    assert read(kind, **{name: value})[name] == kept


@hypothesis_given(
    st.one_of(st.text(max_size=20), st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
              st.from_regex(r"-?[0-9]{1,14}(\.[0-9]{1,4})?", fullmatch=True)),
    st.sampled_from(sorted(MINOR_UNITS)),
)  # fmt: skip
def test_an_amount_is_what_the_exchange_takes_for_one_and_refused_under_the_same_name(text: str, code: str) -> None:
    ours: str
    try:
        ours = amount_in(text, code, decimals)
    except Unfit as unfit:
        ours = unfit.why
    try:
        theirs = money.plain(money.amount_of(text, money.Currency(code, MINOR_UNITS[code])))
    except Refusal as refusal:
        theirs = refusal.name
    assert ours == theirs


def test_the_largest_amount_is_the_exchanges() -> None:
    assert amount_in("999999999999.99", "CNY", decimals) == "999999999999.99"
    with pytest.raises(Unfit) as caught:
        amount_in(str(Decimal(10) ** 12), "CNY", decimals)
    assert (caught.value.why, caught.value.facts["most"]) == ("AmountTooLarge", str(money.LARGEST - 1))


def test_the_page_of_the_types_is_what_the_tables_say() -> None:
    written = outcome_types_page.PAGE.read_text("utf-8")
    assert written == outcome_types_page.page(), "run python -m tests.unit.research.outcome_types_page"
