"""A CSV file as text, and what separates its cells: what spreadsheet programs write, where it cannot be mistaken.

What is in another encoding is refused: nearly any text of Latin letters can be read as GBK, and would name somebody
else.
"""

import codecs

from chassis.kernel.sheets import NotASpreadsheet

_SIXTEEN = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATORS = ",\t;"
_HOW = 'save it as "CSV UTF-8"'


def text_of(content: bytes) -> str:
    """UTF-8, or UTF-16 that begins with a byte order mark. Raises `NotASpreadsheet`, which says what to do."""
    if content.startswith(b"PK\x03\x04"):
        raise NotASpreadsheet(because="no CSV but an archive, as XLSX is: of XLSX no sheet is named beside the file")
    try:
        text = content.decode("utf-16" if content.startswith(_SIXTEEN) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        seems = ": it may be GBK, as Excel in Chinese writes plain CSV" if _may_be_gbk(content) else ""
        raise NotASpreadsheet(because=f"no CSV in UTF-8, in line {line}{seems}; {_HOW}") from None
    if "\0" in text.partition("\n")[0]:
        raise NotASpreadsheet(because=f"no CSV in UTF-8: its headings hold NUL, as in UTF-16; {_HOW}")
    return text


def separator_of(text: str, note: str) -> str:
    """A comma, a tab or a semicolon: the first of these that stands among the headings, in which none has a place.

    A line before them that begins with `note` is not looked at.
    """
    lines = (line for line in text.splitlines()[:9] if line.strip("\ufeff \"',;\t") and not line.startswith(note))
    headings = next(lines, "")
    return next((each for each in _SEPARATORS if each in headings), ",")


def _may_be_gbk(content: bytes) -> bool:
    try:
        content.decode("gbk")
    except UnicodeDecodeError:
        return False
    return True
