"""What a server's answer means for a mail. Source: RFC 5321; replies: 4xx passing, 5xx for good.

A refusal of the recipient or of the message is about this mail. A refusal before that (greeting, TLS, sign-in,
sender) is about how this service is set up: then the mail waits, whatever the code says.
"""

import re
import smtplib

from services.notify.adapters.plain_text import one_line
from services.notify.domain.delivery import LATER, NEVER, Answer

_ENHANCED = re.compile(r"\d\.\d{1,3}\.\d{1,3}\b")
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
    return Answer(verdict, reason=_reason(code, text), detail=text, server_away=code == 421)


def _reason(code: int, text: str) -> str:
    enhanced = _ENHANCED.search(text)
    return f"smtp {code} {enhanced.group()}" if enhanced else f"smtp {code}"


def _text(said: bytes | str) -> str:
    """On one line, and short: an answer may have many, in whatever encoding."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return one_line(text[: 2 * _LONGEST_DETAIL])[:_LONGEST_DETAIL]
