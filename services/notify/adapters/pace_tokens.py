"""The secrets in links by which people say, from a mail, how soon they want mails of its kind.

A token says whose it is and of which category, and is signed: nothing is kept for it, and it works for as long as the
key does. Source: HMAC-SHA-256 (RFC 2104), cut to 192 bits; URL-safe base64 (RFC 4648, 5).
"""

import base64
import binascii
import hmac

BYTES = 24
_BETWEEN = "\x1f"


class HmacPaceTokens:
    """`PaceTokens` under one key."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def token_for(self, person: str, category: str) -> str:
        said = _BETWEEN.join((person, category)).encode()
        return base64.urlsafe_b64encode(self._signature(said) + said).decode().rstrip("=")

    def opened(self, token: str) -> tuple[str, str] | None:
        try:
            whole = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (binascii.Error, ValueError):
            return None
        signature, said = whole[:BYTES], whole[BYTES:]
        if not hmac.compare_digest(signature, self._signature(said)):
            return None
        person, _, category = said.decode().partition(_BETWEEN)
        return person, category

    def _signature(self, said: bytes) -> bytes:
        return hmac.digest(self._key, b"pace\x1f" + said, "sha256")[:BYTES]
