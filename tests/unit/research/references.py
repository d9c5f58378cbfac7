"""References of every type, made up: what a file may have to carry."""

from datetime import date
from typing import Any, get_args

from hypothesis import strategies as st

from services.research.adapters.references.files import ReferenceFormats
from services.research.domain.contributors import Contributor, ContributorRole
from services.research.domain.details.kinds import Address, Day, Kind, Number, OneOf, Text, Written, YesOrNo
from services.research.domain.details.parts import Amount, Organisation, Several
from services.research.domain.details.types import FIELDS_OF
from services.research.domain.organisations import Organisation as Named
from services.research.domain.references import Reference
from tests.fakes.research import MINOR_UNITS

FILES = ReferenceFormats(MINOR_UNITS.get)
ROLES: tuple[ContributorRole, ...] = get_args(ContributorRole)
ORCIDS = ("", "https://orcid.org/0000-0002-1825-0097", "https://orcid.org/0000-0001-5109-3700")
RORS = ("", "https://ror.org/03yrm5c26", "https://ror.org/05gq02987")
HOSTILE = (
    "棘球蚴病", "肝包虫 病", "ایکینوکوکوسس", "\u200fمریض\u200e", "e\u0301", "ß", "\u00a0", "—", "--", "---", "``", "''",
    '"', "{", "}", "{{", "}}", "\\", "\\\\", "\\{", "\\}", "$", "$x_2$", "%", "&", "#", "_", "^", "~", "@article{x,",
    "@",
    "ER  - ", "TY  - JOUR", "AU  - X", ",", ";", ":", "=", "+", "-", "=1+1", "@SUM(A1)", "|", "<", ">", "[editor]",
    " and ", "others", "_x0041_", "'", "/", "//", "\\\"o", "\\'{e}", "\\textbf{", "a", "B", "1", "12", "1.0", "007",
)  # fmt: skip
LINE = st.lists(st.sampled_from(HOSTILE) | st.sampled_from([" ", "  "]), min_size=1, max_size=6).map("".join)
ONE_LINE = LINE.map(str.strip).filter(bool)
"""Text without line ends, nothing but blanks apart."""
PROSE = st.lists(ONE_LINE, min_size=1, max_size=3).map("\n".join) | ONE_LINE.map(lambda text: f"{text}\n\n\t{text}")


def values(kind: Kind) -> st.SearchStrategy[Any]:
    """Values in the kind's normal form."""
    if isinstance(kind, Text):
        return (PROSE if kind.prose else ONE_LINE).map(lambda text: text[: kind.most].strip())
    if isinstance(kind, OneOf):
        return st.sampled_from(kind.codes)
    if isinstance(kind, Day):
        return st.dates(date(1970, 1, 1), date(2200, 12, 31)).map(lambda day: day.isoformat())
    if isinstance(kind, Number):
        return st.integers(kind.least, kind.most)
    if isinstance(kind, YesOrNo):
        return st.booleans()
    if isinstance(kind, Address):
        return st.sampled_from(
            ["https://a.example/x?y=%20{}~_#", "https://hospital.example:8443", "https://b.example/\\;"]
        )
    if isinstance(kind, Written):
        return st.just(kind.example)
    if isinstance(kind, Amount):
        return st.sampled_from([{"amount": "1250.50", "currency": "CNY"}, {"amount": "0", "currency": "JPY"}])
    if isinstance(kind, Organisation):
        return st.builds(lambda name, ror: {"name": name, "ror": ror}, ONE_LINE, st.sampled_from(RORS))
    assert isinstance(kind, Several)
    return st.lists(values(kind.of), min_size=1, max_size=3)


def details(outcome_type: str) -> st.SearchStrategy[dict[str, Any]]:
    fields = {name: values(field.kind) for name, field in FIELDS_OF[outcome_type].items()}
    return st.fixed_dictionaries({}, optional=fields)


CONTRIBUTORS = st.lists(
    st.builds(
        Contributor,
        st.one_of(
            ONE_LINE,
            st.sampled_from(["Bano, Shahida", "阿依努尔", "van der Berg, A., Jr", "World Health Organization"]),
        ),
        st.sampled_from(ROLES),
        orcid=st.sampled_from(ORCIDS),
    ),
    max_size=3,
).map(tuple)
ALSO = st.dictionaries(
    st.sampled_from(
        [
            "bibtex:keywords", "bibtex:entrytype", "bibtex:year", "bibtex:month", "bibtex:author", "bibtex:We ird",
            "bibtex:url", "ris:KW", "ris:TY", "ris:UR", "ris:EP", "ris:lower", "csl:note", "csl:type", "csl:custom",
            "sheet:Notes", "sheet:title",
        ]
    ),
    PROSE | st.sampled_from(["jan", "others", "{}", '{"a": 1}', "[1]", "12", '"12"', "null"]),
    max_size=3,
)  # fmt: skip


@st.composite
def references(draw: st.DrawFn) -> Reference:
    """Any reference that a file may have led to."""
    outcome_type = draw(st.sampled_from(sorted(FIELDS_OF)))
    return Reference(
        label=draw(st.just("") | ONE_LINE),
        type=outcome_type,
        title=draw(ONE_LINE),
        summary=draw(st.just("") | PROSE),
        doi=draw(st.sampled_from(["", "10.1000/182", "10.1002/(sici)1099{x}%3c1::aid~\\_#;2.0"])),
        details=draw(details(outcome_type)),
        contributors=draw(CONTRIBUTORS),
        organisations=draw(st.lists(st.builds(Named, ONE_LINE, st.sampled_from(RORS)), max_size=2).map(tuple)),
        also=draw(ALSO),
    )
