"""Whom a mail is from, and whether that is so.

A From can be written by anybody who sends past the sender's own server. Whether it was is found out by the mail server
that receives the mail (DMARC), which notes it at the top (RFC 8601) and removes what others noted in its name.
"""

import re
from email.message import Message

from services.exchange.domain.consultations.replies.refusals import NoSender, UnverifiedSender

MOST_IN_A_SENDER = 1_000
_QUOTED, _REMARK = re.compile(r'"(?:[^"\\]|\\.)*"'), re.compile(r"\([^()]*\)")
_ADDRESS = r"[^\s<>@,;:\"()]+@[^\s<>@,;:\"()]+"
_FROM = re.compile(rf"[^<>@,;]*<({_ADDRESS})>|({_ADDRESS})")
_PASSED = re.compile(r"\s*dmarc\s*=\s*pass\b.*\bheader\.from\s*=\s*(\S+)\s*", re.IGNORECASE | re.DOTALL)


def sender_of(message: Message) -> str:
    """The one address of From, lower case, whatever name stands before it. Raises `NoSender`."""
    headers = message.get_all("From", [])
    if len(headers) != 1 or len(str(headers[0])) > MOST_IN_A_SENDER:
        raise NoSender
    read = _FROM.fullmatch(_bare(str(headers[0])))
    if not read:
        raise NoSender
    return (read[1] or read[2]).lower()


def must_be_verified(message: Message, sender: str, by: str) -> None:
    """The server `by` found that the sender's domain lets the mail pass. Raises `UnverifiedSender`."""
    results = (_bare(str(each)[:MOST_IN_A_SENDER]).split(";") for each in message.get_all("Authentication-Results", []))
    ours = next((found for server, *found in results if server.split()[:1] == [by]), [])
    domains = {passed[1].lower() for each in ours if (passed := _PASSED.fullmatch(each))}
    if sender.rpartition("@")[2] not in domains:
        raise UnverifiedSender(sender=sender, by=by)


def _bare(header: str) -> str:
    """Without quoted words and remarks."""
    return _REMARK.sub("", _QUOTED.sub("", header)).strip()
