"""What `imaplib` hands on of a server's answers, read."""

import re
from typing import Any

_DELIMITER = re.compile(rb'\([^)]*\) (?:"\\?(.)"|NIL)')


def words_in(lines: list[Any]) -> list[bytes]:
    """The words of an answer, of all its lines: a server may tell the same several times."""
    return [word for line in lines if isinstance(line, bytes) for word in line.split()]


def message_in(lines: list[Any]) -> bytes | None:
    """The message of a FETCH, which comes as a pair behind its own head; `None` where the server has it no more."""
    return next((bytes(line[1]) for line in lines if isinstance(line, tuple)), None)


def number_in(answered: tuple[str, list[Any]]) -> str:
    """The number of an untagged answer, such as UIDVALIDITY."""
    first = answered[1][0] if answered[1] else None
    return first.decode("ascii", "replace") if isinstance(first, bytes) else ""


def delimiter_in(lines: list[Any]) -> str:
    """What stands between the names of folders; "/" where the server has none or does not say."""
    read = _DELIMITER.match(b" ".join(words_in(lines)))
    return read[1].decode("ascii", "replace") if read and read[1] else "/"
