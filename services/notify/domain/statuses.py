"""What mail servers' status codes (RFC 3463) say about an address."""

_NO_SUCH_MAILBOX = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""Of RFC 3463 (3.2, 3.3) and RFC 7505. Not 5.1.7 and 5.1.8, which are about the sender's address."""


def no_such_mailbox(status: str) -> bool:
    """There is none, or it takes nothing any more: whatever is sent there is refused, or comes back."""
    return status in _NO_SUCH_MAILBOX
