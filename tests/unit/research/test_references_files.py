"""Files of references as files: how large, in which encoding, of which format."""

import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from chassis.kernel.errors import Refusal
from services.research.adapters.references import bibtex_reading, files
from services.research.adapters.references.files import FORMATS
from services.research.application.ports.references import MOST_BYTES, MOST_RECORDS
from services.research.domain.references import Reference, Unreadable
from services.research.domain.references_refusals import (
    EncodingUnclear,
    FileTooLarge,
    NotReferences,
    TooManyRecords,
    UnknownFormat,
)
from tests.unit.research.references import FILES
from tests.unit.research.references_read import records, reports, titles

CHINESE, LATIN = "@misc{a, title = {棘球蚴病的诊断}}\n", "@misc{b, title = {Échinococcose, fièvre}}\n"


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_is_too_large_is_refused_before_anything_of_it_is_read(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(files.FORMATS, name)
    with pytest.raises(FileTooLarge) as refused:
        FILES.read(bytes(MOST_BYTES + 1), "file", format_name=name)
    assert refused.value.facts == {"bytes": MOST_BYTES + 1, "most": MOST_BYTES}


def test_too_many_records_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_RECORDS", 2)
    assert len(records("bibtex", LATIN * 2)) == 2
    with pytest.raises(TooManyRecords):
        records("bibtex", LATIN * 3)
    assert MOST_RECORDS >= 10_000


@pytest.mark.parametrize(
    ("name", "text", "about"),
    [
        ("bibtex", "@string{a = {b}}\n@comment{c}\n" + LATIN * 2 + CHINESE, 3),
        ("ris", "TY  - JOUR\nTI  - One\nER  - \n\nTY  - BOOK\nTI  - TY  - Two\nER  - \n", 2),
        ("csv", "title\nOne\n", 0),
    ],
)
def test_about_how_many_records_there_are_is_told_before_they_are_read(name: str, text: str, about: int) -> None:
    assert FILES.read(text.encode(), "file", format_name=name).about == about


def test_what_only_begins_like_entries_is_counted_before_it_costs_the_parser_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bibtex_reading, "MOST_BLOCKS", 2)
    assert len(reports("bibtex", "@a{" * 2)) == 2
    with pytest.raises(TooManyRecords):
        records("bibtex", "@a{" * 3)


@pytest.mark.parametrize("name", FORMATS)
def test_a_record_that_is_too_long_is_reported_and_its_neighbour_is_kept(name: str) -> None:
    long = Reference("long", "publication", "T", also={f"bibtex:note{each}": "x" * 21_000 for each in range(10)})
    found = records(name, FILES.write(name, [long, Reference("short", "publication", "Kept")]))
    assert [each.why for each in found if isinstance(each, Unreadable)] == ["TooLong"]
    assert [each.title for each in found if isinstance(each, Reference)] == ["Kept"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a.bib", "bibtex"),
        ("A.RIS", "ris"),
        ("x.y.json", "csl-json"),
        ("a.csv", "csv"),
        ("a.tsv", "csv"),
        ("a.xlsx", "xlsx"),
    ],
)
def test_a_format_is_known_by_how_the_name_ends(name: str, found: str) -> None:
    (written,) = {FILES.write(found, [Reference("a", "publication", "T")])}
    assert FILES.read(written, name).format == found


@pytest.mark.parametrize(("name", "asked"), [("a.pdf", ""), ("bib", ""), ("a.bib", "marc"), ("", "")])
def test_another_format_is_refused_by_name(name: str, asked: str) -> None:
    with pytest.raises(UnknownFormat):
        FILES.read(b"", name, format_name=asked)
    with pytest.raises(UnknownFormat):
        FILES.write(asked or "marc", [])


@pytest.mark.parametrize("name", ["bibtex", "ris"])
@pytest.mark.parametrize("told", ["", "\n\n", "\ufeff"])
def test_a_file_without_records_is_none(name: str, told: str) -> None:
    with pytest.raises(NotReferences):
        records(name, told)


@pytest.mark.parametrize(
    ("content", "encoding", "is_guessed"),
    [
        (CHINESE.encode(), "utf-8", False),
        (CHINESE.encode("utf-8-sig"), "utf-8", False),
        (CHINESE.encode("utf-16"), "utf-16", False),
        (CHINESE.encode("gbk"), "gbk", True),
        (LATIN.encode("latin-1"), "cp1252", True),
        (b"@misc{a, title={x}}", "utf-8", False),
    ],
)
def test_an_encoding_is_proven_or_guessed_and_told(content: bytes, encoding: str, is_guessed: bool) -> None:
    read = FILES.read(content, "a.bib")
    assert (read.encoding, read.is_guessed) == (encoding, is_guessed)
    (found,) = read.records
    assert isinstance(found, Reference)
    assert found.title in CHINESE + LATIN or found.title == "x"


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "latin-1"])
def test_an_encoding_that_is_named_holds(encoding: str) -> None:
    told = LATIN if encoding == "latin-1" else CHINESE
    read = FILES.read(told.encode(encoding), "a.bib", encoding=encoding)
    assert [each.title for each in read.records if isinstance(each, Reference)] == [told[18:-3]]
    assert not read.is_guessed


def test_two_letters_with_accents_side_by_side_are_not_taken_for_a_chinese_character() -> None:
    content = "@misc{a, title = {Köß}}".encode("latin-1")
    assert content.decode("gbk") != "@misc{a, title = {Köß}}"
    assert titles("bibtex", content) == []
    assert reports("bibtex", content) == [("line 1", "a", "Undecodable")]


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("bibtex", b"@misc{a, title = {\xe6\xb0\xb4}}\n", b"@misc{b, title = {fi\xe8vre}}\n"),
        ("ris", b"TY  - JOUR\nTI  - \xe6\xb0\xb4\nER  - \n", b"TY  - JOUR\nID  - b\nTI  - fi\xe8vre\nER  - \n"),
        ("csv", b"label,title\na,\xe6\xb0\xb4\n", b"b,fi\xe8vre\n"),
    ],
)
def test_of_mixed_encodings_the_records_that_can_be_read_are_kept(name: str, good: bytes, bad: bytes) -> None:
    found = records(name, good + bad)
    assert [each.title for each in found if isinstance(each, Reference)] == ["水"]
    assert [(each.label, each.why) for each in found if isinstance(each, Unreadable)] == [("b", "Undecodable")]


@pytest.mark.parametrize(
    ("content", "encoding"), [(b'["\xe8\xe6\xb0"]', ""), (b"[]", "klingon"), (b'["\xff"]', "utf-8")]
)
def test_json_is_read_whole_or_not_at_all(content: bytes, encoding: str) -> None:
    with pytest.raises(EncodingUnclear):
        records("csl-json", content, encoding)


SECONDS = 10
"""Of computing, whatever else the machine does: each takes less than two."""


def hostile() -> Iterator[tuple[str, bytes]]:
    many = 100_000
    yield "bibtex", b"@misc{a, title = " + b"{" * many
    yield "bibtex", b"@misc{a, title = {" + b"{" * many + b"x" + b"}" * many + b"}}"
    yield "bibtex", b"@" * many
    yield "bibtex", b"@a{" * (2 * many)
    yield "bibtex", b"@misc{a, title = {" + b"\\" * many + b"}}"
    yield "bibtex", b"@misc{a, title = {T}, author = {" + b"{a} and " * many + b"}}"
    yield "bibtex", b"@misc{a, title = " + b'"a" # ' * many + b'"b"}'
    yield "bibtex", b"@string{a = " + b"a # " * many + b"a}"
    yield "bibtex", b"@misc{a, title = {" + b"$x" * many + b"}}"
    doubling = b"".join(b"@string{s%d = s%d # s%d}\n" % (n + 1, n, n) for n in range(64))
    yield "bibtex", b'@string{s0 = "x"}\n' + doubling + b"@misc{a, title = s64}"
    yield "bibtex", b'@string{s = "' + b"x" * 9_000 + b'"}@misc{a, title = ' + b"s # " * many + b"s}"
    yield "bibtex", b"@misc{a, title = {T}, author = {A" + b" " * many + b"b}}"
    yield "bibtex", b"\n" * many
    yield "ris", b"TY  - JOUR\n" * 20_000
    yield "ris", b"TY  - JOUR\nTI  - a\n" + b"b\n" * many
    yield "ris", b"TY  - JOUR\nTI  - a\n" + b"KW  - b\n" * many
    yield "bibtex", ("@misc{a, title = {\\'{" + "\u3000" * 100_000 + "-}}}").encode()
    yield "csl-json", b'[{"a":' * 50_000
    yield "csv", b"title\n" + b'"' * (many + 1)
    yield "csv", b"title" + b"," * many


@pytest.mark.parametrize(("name", "content"), list(hostile()))
def test_what_is_made_to_take_for_ever_does_not(name: str, content: bytes) -> None:
    began = time.process_time()
    with suppress(Refusal):
        assert records(name, content)
    assert time.process_time() - began < SECONDS
