"""Why a mail came back, as a status of RFC 3463 and a few words."""

import re
from dataclasses import dataclass
from email.message import Message

from services.notify.adapters.plain_text import short

FAILED = "failed"
"""The only action that says so (RFC 3464, 2.3.3); `delayed` mails may still arrive."""
LONGEST_DIAGNOSTIC, MOST_RECIPIENTS = 200, 50
_STATUS = re.compile(r"\b([45]\.\d{1,3}\.\d{1,3})\b")
_REPLY = re.compile(r"\b([45])\d\d[ -]")
_ADDRESS = re.compile(r"\S+@\S+")
_TYPE = re.compile(r"^\s*[\w-]+\s*;\s*")
_SAID = re.compile(r"^.*\b[45]\d\d[ -].*$", re.MULTILINE)


@dataclass(frozen=True)
class Failure:
    status: str
    diagnostic: str


def failure_in_report(report: Message) -> Failure | None:
    """That of the first recipient whom the mail did not reach; `None` where it reached, or may reach, all of them."""
    blocks = report.get_payload()
    for block in blocks[:MOST_RECIPIENTS] if isinstance(blocks, list) else ():
        if isinstance(block, Message) and _word(block, "Action") == FAILED:
            said = _TYPE.sub("", str(block.get("Diagnostic-Code", ""))[: 10 * LONGEST_DIAGNOSTIC])
            return Failure(_status(str(block.get("Status", "")), said), _shown(said))
    return None


def failure_in_words(text: str) -> Failure | None:
    """What a server that writes no report says: the line with its code; `None` where no line has one."""
    line = _SAID.search(text)
    said = line[0] if line else ""
    if not said and not _STATUS.search(text):
        return None
    return Failure(_status(said or text, text), _shown(said))


def _status(first: str, then: str) -> str:
    """The status that stands in one of the two, else what the reply code of one is worth."""
    for found in (_STATUS.search(first), _STATUS.search(then)):
        if found:
            return found[1]
    codes = (_REPLY.search(first), _REPLY.search(then))
    return next((f"{code[1]}.0.0" for code in codes if code), "5.0.0")


def _word(block: Message, name: str) -> str:
    return str(block.get(name, "")).strip().lower()


def _shown(said: str) -> str:
    return short(_ADDRESS.sub("…", said), LONGEST_DIAGNOSTIC)
