"""The secrets in reply links: the same for a message however often its mail is written, and guessed by nobody.

Source: HMAC-SHA-256 (RFC 2104), cut to 192 bits, in URL-safe base64 (RFC 4648, 5).
"""

import base64
import hmac

BYTES = 24


class HmacTokens:
    """`Tokens` under one key. Another key makes other links of mails still to be written; links sent keep working."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def token_for(self, notification_id: str) -> str:
        digest = hmac.digest(self._key, b"reply-link\x1f" + notification_id.encode(), "sha256")
        return base64.urlsafe_b64encode(digest[:BYTES]).decode()
