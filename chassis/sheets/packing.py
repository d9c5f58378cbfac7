"""The sheets of an XLSX file packed anew for the reader: what was looked at, under names and an index of our own.

A reader may find a part by other rules than these: in capitals, by `..`, by the second of two relations with one name.
Of the file's own index it gets nothing but the sheets' names and which of the two calendars the days count from.
"""

import io
import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from chassis.kernel.sheets import NotASpreadsheet

WORKBOOK, RELATIONS, TEXTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_KEPT = {TEXTS: "sharedStrings", "xl/styles.xml": "styles"}
"""Beside the sheets: their texts, and the formats by which a number is a day; with what the index calls them."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ID = (f"{{{_OFFICE}}}id", "{http://purl.oclc.org/ooxml/officeDocument/relationships}id")
"""As programs write it, and in the strict form of the standard."""
_VISIBLE = "visible"


@dataclass(frozen=True)
class Sheet:
    """A sheet as the workbook lists it, and the part that it stands in."""

    name: str
    part: str
    hidden: bool


def sheets_of(parts: dict[str, bytes]) -> list[Sheet]:
    """In the workbook's order. Raises `NotASpreadsheet` where two have one name."""
    # Their declarations have been looked through: no document type, no entities.
    relations = {
        each.get("Id"): each.get("Target", "")
        for each in ElementTree.fromstring(parts[RELATIONS])  # noqa: S314
    }
    found = [
        Sheet(each.get("name", ""), _part(relations, each), hidden=each.get("state", _VISIBLE) != _VISIBLE)
        for each in ElementTree.fromstring(parts[WORKBOOK]).iter()  # noqa: S314
        if each.tag.endswith("}sheet")
    ]
    if len({each.name for each in found}) < len(found):
        raise NotASpreadsheet(because="no XLSX file: two of its sheets have one name")
    return found


def packed(parts: dict[str, bytes], sheets: Sequence[Sheet]) -> bytes:
    """A plain archive of them."""
    numbered = {f"xl/worksheets/sheet{number}.xml": each for number, each in enumerate(sheets, 1)}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("_rels/.rels", _relations({WORKBOOK: "officeDocument"}))
        archive.writestr(WORKBOOK, _workbook(parts, sheets))
        archive.writestr(RELATIONS, _relations({**dict.fromkeys(numbered, "worksheet"), **_KEPT}))
        for name, sheet in numbered.items():
            archive.writestr(name, parts[sheet.part])
        for name in _KEPT:
            if name in parts:
                archive.writestr(name, parts[name])
    return made.getvalue()


def _part(relations: dict[str | None, str], sheet: ElementTree.Element) -> str:
    target = relations.get(next((sheet.get(name) for name in _ID if sheet.get(name)), None), "")
    return posixpath.normpath(posixpath.join("xl", target)).lstrip("/")


def _workbook(parts: dict[str, bytes], sheets: Sequence[Sheet]) -> str:
    told = (
        f'<sheet name={quoteattr(each.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, each in enumerate(sheets, 1)
    )
    since_1904 = any(
        each.get("date1904") in ("1", "true")
        for each in ElementTree.fromstring(parts[WORKBOOK]).iter()  # noqa: S314
        if each.tag.endswith("}workbookPr")
    )
    calendar = f'<workbookPr date1904="{int(since_1904)}"/>'
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{calendar}<sheets>{"".join(told)}</sheets></workbook>'


def _relations(parts: Mapping[str, str]) -> str:
    """To parts of these kinds; in their order they are called `rId1` and so on."""
    told = (
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="/{name}"/>'
        for number, (name, kind) in enumerate(parts.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(told)}</Relationships>'
