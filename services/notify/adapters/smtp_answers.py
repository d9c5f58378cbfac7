"""What a server's answer means for a mail.

Source: RFC 5321; replies: 4xx passing, 5xx for good; RFC 2034 for the status that stands before the words.

A refusal of the recipient or of the message is about this mail. A refusal before that (greeting, TLS, sign-in,
sender) is about how this service is set up: then the mail waits, whatever the code says.
"""

import re
import smtplib

from services.notify.adapters.plain_text import one_line
from services.notify.domain.delivery import LATER, NEVER, Answer
from services.notify.domain.statuses import no_such_mailbox

_STATUS = re.compile(r"\W?([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
"""At the beginning alone: further on, what looks like one may be a part of an IP address."""
_LONGEST_DETAIL = 300


def answer_to(error: Exception) -> Answer:
    """The answer that a failed handing over leads to."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _judged(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPDataError):
        return _judged(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Answer(LATER, reason="not-supported", detail=str(error), server_away=True)
    if isinstance(error, smtplib.SMTPResponseException):
        text = _text(error.smtp_error)
        return Answer(LATER, reason=_reason(error.smtp_code, text), detail=text, server_away=True)
    return Answer(LATER, reason=type(error).__name__, detail=_text(str(error)), server_away=True)


def _judged(code: int, said: bytes | str) -> Answer:
    text = _text(said)
    verdict = NEVER if 500 <= code < 600 else LATER
    nobody_is_there = verdict == NEVER and no_such_mailbox(_status(text))
    return Answer(verdict, _reason(code, text), text, server_away=code == 421, nobody_is_there=nobody_is_there)


def _reason(code: int, text: str) -> str:
    return f"smtp {code} {_status(text)}".rstrip()


def _status(text: str) -> str:
    found = _STATUS.match(text)
    return found[1] if found else ""


def _text(said: bytes | str) -> str:
    """On one line, and short: an answer may have many, in whatever encoding."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return one_line(text[: 2 * _LONGEST_DETAIL])[:_LONGEST_DETAIL]
