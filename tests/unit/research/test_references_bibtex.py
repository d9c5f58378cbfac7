"""BibTeX as people have it: macros, accents, names, parts of a whole, and what is broken."""

from dataclasses import replace

import pytest
from pylatexenc.latex2text import LatexNodes2Text

from chassis.kernel.sheets import TooLarge
from services.research.adapters.references import files
from services.research.adapters.references.bibtex_names import names_in, written
from services.research.adapters.references.latex import decoded
from services.research.adapters.references.sheets import LIMITS
from tests.unit.research.references_read import names, only, records, remarks, reports, titles


def entry(fields: str, kind: str = "article") -> str:
    return f"@{kind}{{key,\n  title = {{T}},\n  {fields}\n}}\n"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\"o}", "ö"),
        (r"\"{o}", "ö"),
        (r"\"o", "ö"),
        (r"\'{\i}", "í"),
        (r"{\o}", "ø"),
        (r"\aa ngstr{\"o}m", "ångström"),
        (r"\v{c}\v c", "čč"),
        (r"\c{c}", "ç"),
        (r"\ss{}", "ß"),
        (r"50\% \& \#1 \_ \{x\}", "50% & #1 _ {x}"),
        (r"CO$_2$ at $10^{-3}$", "CO₂ at 10⁻³"),
        (r"$\alpha$-test", "α-test"),
        ("costs $5 and $10", "costs $5 and $10"),
        ("1990--2005 --- a", "1990–2005 — a"),
        ("``so''", "“so”"),
        ("Fig.~1", "Fig. 1"),
        (r"\textit{E. \emph{m.}}", "E. m."),
        (r"{The {WHO}}", "The WHO"),
        ("a\n  b", "a b"),
        (r"\unheardof{x}", r"\unheardofx"),
        (r"100% sure", "100% sure"),
        (r"\url{https://a.example/\~{}b}", "https://a.example/~b"),
        (r"a\textbackslash b", r"a\b"),
        ("\\", "\\"),
    ],
)
def test_latex_becomes_plain_text(latex: str, text: str) -> None:
    assert decoded(latex) == text


@pytest.mark.parametrize("mark", list("`'^\"~=.urHvck"))
def test_accents_are_those_of_the_library_that_knows_latex(mark: str) -> None:
    for letter in "aeinouyzscAEINOUYZSC":
        for latex in (f"\\{mark}{{{letter}}}", f"{{\\{mark}{{{letter}}}}}"):
            assert decoded(latex) == LatexNodes2Text().latex_to_text(latex), latex


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Bano, Shahida and Imran Ali", ["Bano, Shahida", "Ali, Imran"]),
        ("Ludwig van Beethoven and de la Cruz, Maria", ["van Beethoven, Ludwig", "de la Cruz, Maria"]),
        ("King, Jr, Martin", ["King, Martin, Jr"]),
        (
            "{World Health Organization and Partners} AND {\\'E}mile Zola",
            ["World Health Organization and Partners", "Zola, Émile"],
        ),
        ('M{\\"u}ller, J{\\"o}rg\n  and\n  李, 伟', ["Müller, Jörg", "李, 伟"]),
        ("Plato", ["Plato"]),
        ("Anderson, A and Sandra Brandand", ["Anderson, A", "Brandand, Sandra"]),
    ],
)
def test_names_are_family_and_given(written: str, found: list[str]) -> None:
    assert names_in(written) == found


@pytest.mark.parametrize(
    "name", ["Bano, Shahida", "King, Martin, Jr", "Bano and Ali, S.", "A, B, C, D", "世卫组织", "{x}"]
)
def test_a_name_is_written_as_one(name: str) -> None:
    assert names_in(written([name, "Last, One"])) == [name, "Last, One"]


def test_macros_are_put_together_whatever_their_letters() -> None:
    told = '@string{e = "Emerging " # {Infectious}}\n@STRING(eid = E # " Diseases")\n' + entry(
        "journal = EID, year = 2006"
    )
    assert only("bibtex", told).details == {
        "kind": "journal-article",
        "published_in": "Emerging Infectious Diseases",
        "year": 2006,
    }


def test_what_a_macro_means_that_nobody_defined_is_asked_and_the_record_kept() -> None:
    found = only("bibtex", entry("journal = eid, month = may"))
    assert found.also == {"bibtex:journal+macro": "eid", "bibtex:month": "may"}
    assert remarks(found) == [("bibtex:journal", "UnknownMacro")]
    assert "published_in" not in found.details


def test_what_makes_no_sense_in_its_place_is_kept_beside_it_with_the_reason() -> None:
    found = only("bibtex", entry('year = "2019a", doi = {10.1000}, url = {http://a.example/}, pmid = {x}'))
    assert found.also == {
        "bibtex:year": "2019a",
        "bibtex:doi": "10.1000",
        "bibtex:url": "http://a.example/",
        "bibtex:pmid": "x",
    }
    assert remarks(found) == [
        ("bibtex:doi", "InvalidDoi"),
        ("bibtex:year", "NotANumber"),
        ("bibtex:pmid", "NotAPubMedId"),
        ("bibtex:url", "NotAnHttpsAddress"),
    ]


def test_how_it_was_published_is_an_address_where_it_says_one() -> None:
    assert (
        only("bibtex", entry("howpublished = {\\url{https://a.example/b}}")).details["address"] == "https://a.example/b"
    )
    assert only("bibtex", entry("howpublished = {A leaflet}")).also == {"bibtex:howpublished": "A leaflet"}


def test_there_may_be_more_authors_than_are_named() -> None:
    found = only("bibtex", entry("author = {Bano, S. and others}, editor = {Ali, I.}"))
    assert names(found) == [("Bano, S.", "author"), ("Ali, I.", "editor")]
    assert found.also == {"bibtex:author": "others"}


def test_a_part_takes_over_what_its_whole_says() -> None:
    whole = "@proceedings{whole, title = {The Whole}, editor = {Ali, I.}, year = 1999, publisher = {P}}\n"
    part, _ = records("bibtex", entry("crossref = {Whole}, year = 2000", "inproceedings") + whole)
    assert part.details["published_in"] == "The Whole"  # type: ignore[union-attr]
    assert (part.details["year"], part.details["publisher"]) == (2000, "P")  # type: ignore[union-attr]
    assert remarks(only("bibtex", entry("crossref = {gone}"))) == [("bibtex:crossref", "UnknownEntry")]


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("article", ("publication", "journal-article")),
        ("InProceedings", ("publication", "conference-proceedings")),
        ("phdthesis", ("publication", "thesis")),
        ("dataset", ("dataset-or-model", "dataset")),
        ("misc", ("publication", "other")),
        ("software", ("software", "software")),
        ("patent", ("intellectual-property", "patent")),
        ("weird", ("publication", "other")),
    ],
)
def test_entry_types_are_types_of_outcomes(kind: str, found: tuple[str, str]) -> None:
    read = only("bibtex", entry("", kind))
    assert (read.type, read.details["kind"]) == found


def test_what_is_broken_is_reported_by_its_line_and_its_neighbours_are_kept() -> None:
    told = (
        "@article{good, title = {First}}\n@article{open, title = {Never closed, author = {X}\n"
        "@article{next, title = {Second}}\n@article{early, title = {Third}}, year = {2019}}\n"
        "@misc{untitled, year = 1}\n"
        "@article{last, title = {Fourth}}\n@article{end, title = {Fifth}"
    )
    assert titles("bibtex", told) == ["First", "Second", "Third", "Fourth"]
    assert reports("bibtex", told) == [
        ("line 2", "open", "Unclosed"),
        ("line 4", "", "OutsideEntry"),
        ("line 5", "untitled", "NoTitle"),
        ("line 7", "end", "Unclosed"),
    ]


def test_two_entries_of_one_key_and_two_fields_of_one_name_are_all_kept() -> None:
    told = "@article{a, title = {One}, keywords = {x}, keywords = {y}}\n@article{a, title = {Two}}\n"
    first, _ = records("bibtex", told)
    assert first.also == {"bibtex:keywords": "x\ny"}  # type: ignore[union-attr]
    assert titles("bibtex", told) == ["One", "Two"]


def test_comments_and_preambles_are_no_records() -> None:
    told = 'Made by hand.\n@comment{jabref-meta: x}\n@preamble{"\\newcommand{\\x}{y}"}\n' + entry("")
    assert titles("bibtex", told) == ["T"]
    assert reports("bibtex", told) == []


def test_a_macro_that_would_make_a_small_file_large_stands_for_nothing() -> None:
    macro = "@string{{m = {{{}}}}}\n"
    told = "@article{a, title = {T}, journal = m}"
    assert only("bibtex", macro.format("x" * 150) + told).details["published_in"] == "x" * 150
    assert remarks(only("bibtex", macro.format("x" * 10_001) + told)) == [("bibtex:journal", "UnknownMacro")]


def test_macros_in_many_fields_or_records_make_no_file_larger_than_one_that_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    macro = "@string{{m = {{{}}}}}\n".format("x" * 9_999)
    much = "#".join("m" * 19)
    fields = ", ".join(f"note{number} = {much}" for number in range(5_000))
    assert reports("bibtex", f"{macro}@misc{{a, title = {{T}}, {fields}}}") == [("line 2", "a", "TooLong")]
    again = ", ".join(["note = {x}"] * 100_000)
    assert reports("bibtex", f"@misc{{a, title = {{T}}, {again}}}") == [("line 1", "a", "TooLong")]
    monkeypatch.setattr(files, "LIMITS", replace(LIMITS, unpacked=1_000_000))
    for_each = [f"@misc{{a{number}, title = {{T}}, note = {much}}}\n" for number in range(6)]
    assert len(records("bibtex", macro + "".join(for_each[:5]))) == 5
    with pytest.raises(TooLarge):
        records("bibtex", macro + "".join(for_each))


@pytest.mark.timeout(20)
def test_a_whole_is_read_once_for_all_its_parts_and_what_is_wrong_with_it_costs_them_nothing() -> None:
    fields = ", ".join(f"f{number} = {{x}}" for number in range(20_000))
    parts = "".join(f"@misc{{p{number}, title = {{T{number}}}, crossref = {{whole}}}}\n" for number in range(1_000))
    assert len(titles("bibtex", f"@proceedings{{whole, title = {{W}}, {fields}}}\n{parts}")) >= 1_000
    broken = f"@proceedings{{whole, title = {{W}}, year = {'{' + 'x' * 200_001 + '}'}}}\n"
    assert titles("bibtex", broken + entry("crossref = {whole}", "inproceedings")) == ["T"]


def test_what_a_whole_says_at_length_is_not_taken_over_by_each_of_its_parts() -> None:
    whole = "@proceedings{{whole, title = {{W}}, series = {{{}}}}}\n"
    part = entry("crossref = {whole}", "inproceedings")
    short, long = (records("bibtex", part + whole.format("x" * length))[0].also for length in (2_000, 2_001))  # type: ignore[union-attr]
    assert (short.get("bibtex:series"), long.get("bibtex:series")) == ("x" * 2_000, None)


def test_a_value_that_nobody_would_write_costs_its_record_alone() -> None:
    told = entry(f"abstract = {{{'x' * 200_001}}}") + entry("").replace("key", "next")
    assert reports("bibtex", told) == [("line 1", "key", "TooLong")]
    assert titles("bibtex", told) == ["T"]
