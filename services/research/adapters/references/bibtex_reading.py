"""BibTeX read: bibtexparser finds the entries, we read what they say.

Its own middleware for names and accents takes twenty times as long as its parser.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ImplicitComment, String

from services.research.adapters.references import bibtex_values
from services.research.adapters.references.bibtex_names import OTHERS, names_in
from services.research.adapters.references.bibtex_table import TABLE
from services.research.adapters.references.latex import decoded, verbatim
from services.research.adapters.references.places import PUBLICATION, Record, reference_of
from services.research.adapters.references.rest import FIELD, with_rest
from services.research.adapters.references.shown import shown
from services.research.adapters.references.texts import UNREADABLE
from services.research.application.ports.references import MOST_IN_A_RECORD, MOST_RECORDS
from services.research.domain.contributors import Contributor, ContributorRole
from services.research.domain.details.amounts import Decimals
from services.research.domain.references import Reference, Remark, Unreadable
from services.research.domain.references_refusals import TooManyRecords

# It logs each block that it cannot read, and some of what that says; we report it to whoever sent the file.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

ROLES: Mapping[str, ContributorRole] = {"author": "author", "editor": "editor", "translator": "translator"}
_MOST_IN_AN_ENTRY = 4 * MOST_IN_A_RECORD
"""Characters, macros put in their place: LaTeX needs several for some."""
_MOST_TAKEN_OVER = 2_000
"""Characters: one whole may have thousands of parts."""
_TAKEN_OVER = ("publisher", "editor", "year", "date", "volume", "series", "isbn", "issn", "organization")
_INHERITED = {"booktitle": ("booktitle", "title"), **{name: (name,) for name in _TAKEN_OVER}}
"""What an entry takes over from that of which it is a part, and from which fields. Source: the BibLaTeX manual, B."""
VERBATIM = frozenset({"doi", "url", "pmid", "eprint", "file"})
"""Fields that are no text: no dashes and quotes are made of their characters."""
_LOOKS_LIKE_A_RECORD = re.compile(r"^[ \t]*@[ \t]*\w|\w[ \t]*=[ \t]*[{\"0-9]", re.MULTILINE)
_BLOCK = re.compile(r"@\w*[ \t]*[{(]")
MOST_BLOCKS = 5 * MOST_RECORDS
"""What begins like an entry; each costs the parser its time, whatever it is."""
_DATED = re.compile(r"([0-9]{4})-[0-9]{2}(-[0-9]{2})?")
Raw = dict[str, str]


def read_bibtex(text: str, decimals: Decimals) -> Iterator[Reference | Unreadable]:
    """In the file's order. Comments, preambles and macros are no records. Raises `TooManyRecords`."""
    if sum(1 for _ in _BLOCK.finditer(text)) > MOST_BLOCKS:
        raise TooManyRecords(most=MOST_RECORDS)
    blocks = parse_string(text, parse_stack=[]).blocks
    macros = _macros(blocks)
    entries = {entry.key.lower(): entry for entry in map(_entry, blocks) if entry} if "crossref" in text.lower() else {}
    wholes = _Wholes(entries, macros)
    for block in blocks:
        entry = block if isinstance(block, Entry) else _entry(block)
        if entry:
            yield _read(entry, macros, wholes, decimals)
        elif isinstance(block, ImplicitComment):
            if _LOOKS_LIKE_A_RECORD.search(block.comment):
                yield Unreadable(_place(block), "", "OutsideEntry", shown(block.comment))
        elif not isinstance(block, String) and getattr(block, "error", None):
            yield Unreadable(_place(block), _label(block.raw or ""), "Unclosed", shown(block.raw or ""))


def _entry(block: Block) -> Entry | None:
    """Of two with one key, or an entry that has one field twice, too."""
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        block = block.ignore_error_block or block
    return block if isinstance(block, Entry) else None


def _macros(blocks: Iterable[Block]) -> dict[str, str]:
    """What was defined first holds for those behind it; of two definitions the last."""
    macros = {month: month for month in bibtex_values.MONTHS}
    for block in blocks:
        string = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        if isinstance(string, String):
            try:
                meant = bibtex_values.value_of(string.value, macros)
            except (bibtex_values.UnknownMacro, bibtex_values.Unclosed, bibtex_values.TooLong):
                continue
            if len(meant) <= bibtex_values.MOST_IN_A_MACRO:
                macros[string.key.lower()] = meant
    return macros


def _read(entry: Entry, macros: Mapping[str, str], wholes: "_Wholes", decimals: Decimals) -> Reference | Unreadable:
    if UNREADABLE in (entry.raw or ""):
        return Unreadable(_place(entry), entry.key, "Undecodable", shown(entry.raw or ""))
    remarks: list[Remark] = []
    try:
        raw = _raw(entry, macros, remarks)
        _inherit(raw, wholes, remarks)
    except (bibtex_values.Unclosed, bibtex_values.TooLong) as unfit:
        return Unreadable(_place(entry), entry.key, type(unfit).__name__, shown(entry.raw or ""))
    rest = raw.pop(FIELD, "")
    record = _record(entry, raw, remarks)
    reference = reference_of(TABLE, record, decimals)
    if rest:
        reference = with_rest(reference, decoded(rest), decimals)
    if not reference.title:
        return Unreadable(_place(entry), entry.key, "NoTitle", shown(entry.raw or ""))
    return reference


def _raw(entry: Entry, macros: Mapping[str, str], remarks: list[Remark]) -> Raw:
    """Values by field, as LaTeX. A field that stands there twice keeps both, in two lines.

    Raises `Unclosed`, `TooLong`.
    """
    raw: Raw = {}
    length = 0
    for field in entry.fields:
        name = field.key.lower()
        try:
            value = bibtex_values.value_of(field.value, macros)
        except bibtex_values.UnknownMacro:
            remarks.append(Remark(f"bibtex:{name}", "UnknownMacro"))
            value, name = field.value, f"{name}{UNRESOLVED}"
        if value and not value.isspace():
            between = " and " if name in ROLES else r"{\newline}"
            raw[name] = f"{raw[name]}{between}{value}" if name in raw else value
            length += len(value)
            if length > _MOST_IN_AN_ENTRY or len(raw[name]) > MOST_IN_A_RECORD:
                raise bibtex_values.TooLong
    return raw


UNRESOLVED = "+macro"
"""Behind the name of a field whose value is no text: nobody said what its macro stands for."""


def _inherit(raw: Raw, wholes: "_Wholes", remarks: list[Remark]) -> None:
    if "crossref" not in raw:
        return
    given = wholes.given(raw["crossref"].strip().lower())
    if given is None:
        remarks.append(Remark("bibtex:crossref", "UnknownEntry"))
        return
    for name, sources in _INHERITED.items():
        source = next((each for each in sources if each in given), None)
        if source and name not in raw and len(given[source]) <= _MOST_TAKEN_OVER:
            raw[name] = given[source]


class _Wholes:
    """Entries of which others are parts: each is read once, however many those are."""

    def __init__(self, entries: Mapping[str, Entry], macros: Mapping[str, str]) -> None:
        self._entries, self._macros, self._read = entries, macros, dict[str, Raw]()

    def given(self, key: str) -> Raw | None:
        """What it says; nothing where that makes no sense, which is told of itself. `None` where there is none."""
        if key not in self._read and key in self._entries:
            try:
                self._read[key] = _raw(self._entries[key], self._macros, [])
            except (bibtex_values.Unclosed, bibtex_values.TooLong):
                self._read[key] = {}
        return self._read.get(key)


def _record(entry: Entry, raw: Raw, remarks: list[Remark]) -> Record:
    contributors, others = _contributors(raw)
    dated = _DATED.fullmatch(raw.get("date", ""))
    if dated and TABLE.type_of(entry.entry_type).type == PUBLICATION:
        raw.setdefault("year", dated[1])
    said = {name: (verbatim if name in VERBATIM else decoded)(value) for name, value in raw.items()}
    if "url" not in said and said.get("howpublished", "").startswith("https://"):
        said["url"] = said.pop("howpublished")
    return Record(entry.key, entry.entry_type, {**said, **others}, contributors, remarks=remarks)


def _contributors(raw: Raw) -> tuple[tuple[Contributor, ...], Raw]:
    """Those who are named; and where it says that there are more, `others`."""
    found: list[Contributor] = []
    others: Raw = {}
    for field, role in ROLES.items():
        if field in raw:
            names = names_in(raw.pop(field))
            if names and names[-1].lower() == OTHERS:
                others[field] = names.pop()
            found += [Contributor(name, role) for name in names]
    return tuple(found), others


def _place(block: Block) -> str:
    return f"line {(block.start_line or 0) + 1}"


def _label(raw: str) -> str:
    found = re.match(r"@\w*\s*[{(]\s*([^\s,{}()=]{1,100})", raw)
    return found[1] if found else ""
