"""A message from a stranger taken apart: not too large, not in too many parts, not too deep."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from chassis.kernel.errors import Refusal
from chassis.mailbox.received import MOST_BYTES

MOST_PARTS, DEEPEST = 100, 8
MOST_IN_A_HEADER = 64 * 1024
"""The library's time for a header grows with the square of its length."""

TooLarge = type[Refusal]
"""What is raised, with the facts `what` and `most`."""


def opened(raw: bytes, too_large: TooLarge) -> Message:
    """The message. Raises `too_large`."""
    _must_be_of_a_size(raw, too_large)
    try:
        return message_from_bytes(raw)
    except RecursionError:
        # The library goes down into each part of a part.
        raise too_large(what="parts", most=DEEPEST) from None


def parts(message: Message, too_large: TooLarge, depth: int = 0) -> Iterator[Message]:
    """Every part, but not those of a message that is only forwarded. Raises `too_large`."""
    if depth == DEEPEST:
        raise too_large(what="parts", most=DEEPEST)
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        yield message
        return
    inner = message.get_payload()
    if len(inner) > MOST_PARTS:
        raise too_large(what="parts", most=MOST_PARTS)
    for part in inner:
        if isinstance(part, Message):
            yield from parts(part, too_large, depth + 1)


def _must_be_of_a_size(raw: bytes, too_large: TooLarge) -> None:
    """Before the library takes it apart, however long that takes it. What of the body looks like a header is one."""
    if len(raw) > MOST_BYTES:
        raise too_large(what="bytes", most=MOST_BYTES)
    if raw.count(b"\n--") > 10 * MOST_PARTS:
        raise too_large(what="parts", most=10 * MOST_PARTS)
    length = 0
    for line in raw.split(b"\n"):
        length = len(line) + (length if line[:1] in (b" ", b"\t") else 0)
        if length > MOST_IN_A_HEADER:
            raise too_large(what="line-bytes", most=MOST_IN_A_HEADER)
