"""What `imaplib` hands on of a server's answers, read."""

import re
from typing import Any

_DELIMITER = re.compile(rb'\([^)]*\) (?:"\\?(.)"|NIL)')


def first_of(lines: list[Any]) -> bytes:
    """The first line of an answer, empty where there is none."""
    return lines[0] if lines and isinstance(lines[0], bytes) else b""


def message_in(lines: list[Any]) -> bytes | None:
    """The message of a FETCH, which comes as a pair behind its own head; `None` where the server has it no more."""
    return next((bytes(line[1]) for line in lines if isinstance(line, tuple)), None)


def number_in(answered: tuple[str, list[Any]]) -> str:
    """The number of an untagged answer, such as UIDVALIDITY."""
    first = answered[1][0] if answered[1] else None
    return first.decode("ascii", "replace") if isinstance(first, bytes) else ""


def delimiter_in(lines: list[Any]) -> str:
    """What stands between the names of folders; "/" where the server has none or does not say."""
    read = _DELIMITER.match(first_of(lines))
    return read[1].decode("ascii", "replace") if read and read[1] else "/"
