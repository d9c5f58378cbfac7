"""Whatever somebody sends, what comes back is a document of the protocol."""

from hypothesis import example, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

from services.research.domain.harvesting.arguments import (
    GET_RECORD,
    IDENTIFY,
    LIST_FORMATS,
    LIST_IDENTIFIERS,
    LIST_SETS,
)
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.harvesters import REPOSITORY, error, harvested, keep, outcome_of

RESEARCH = ResearchInMemory(StandingClock(given.NOW))
keep(RESEARCH, outcome_of("publication"))
NAMES = ("verb", "metadataPrefix", "identifier", "from", "until", "set", "resumptionToken")
VERBS = (IDENTIFY, GET_RECORD, LIST_FORMATS, LIST_IDENTIFIERS, "ListRecords", LIST_SETS)
USUAL = (
    "oai_dc", "oai_cerif_openaire", f"oai:{REPOSITORY}:out_001", "2026-01-01", "2026-01-01T00:00:00Z", "0000-00-00",
    "openaire_cris_products", "ListRecords~oai_dc~~~~99999999999999999~out_0~1~1778914800",
    "http://a:b/", ":", "::", "a:b", "a//b", "1:2", "?", "@", "'", "&", "=", "+", "a?b?c", "../..", "~",
)  # fmt: skip
VALUES = st.one_of(st.sampled_from(USUAL), st.text(max_size=20), st.from_regex(r"[!-~]{1,12}", fullmatch=True))


@settings(max_examples=120)
@for_any(st.sampled_from(VERBS), st.lists(st.tuples(st.sampled_from(NAMES[1:]), VALUES), max_size=3))
def test_any_arguments_are_answered_as_the_protocol_has_it(verb: str, arguments: list[tuple[str, str]]) -> None:
    harvested(RESEARCH, ("verb", verb), *arguments)


@settings(max_examples=30)
@for_any(st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), st.text(max_size=9)), VALUES), max_size=5))
def test_anything_at_all_is(arguments: list[tuple[str, str]]) -> None:
    harvested(RESEARCH, *arguments)


@settings(max_examples=60)
@for_any(VALUES)
@example("//@@")
@example("a://:")
def test_an_identifier_that_is_not_known_is_repeated_only_as_the_schema_takes_it(value: str) -> None:
    document = harvested(RESEARCH, ("verb", GET_RECORD), ("identifier", value), ("metadataPrefix", "oai_dc"))
    assert error(document) in ("idDoesNotExist", "badArgument") or value == f"oai:{REPOSITORY}:out_001"
