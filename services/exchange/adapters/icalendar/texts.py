"""Text from people, made safe for a calendar's lines."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")


def plain(text: str) -> str:
    """Without control characters; line breaks stay, and are escaped when they are written."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """For a parameter: it has no escape for a double quote, and some readers take a backslash for one."""
    return " ".join(plain(text).replace('"', "'").replace("\\", "/").split())
