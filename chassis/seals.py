"""Sealing what may stand in no clear text anywhere: passport numbers, letters that state them, webhooks' secrets.

Source: Fernet (AES-128-CBC, HMAC-SHA-256) as `cryptography` has it; `MultiFernet` for more than one key.
"""

import base64
import re
from collections.abc import Sequence
from typing import Annotated

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import AfterValidator, SecretStr

from chassis.kernel.seals import SealBroken

_KEY = re.compile("[A-Za-z0-9_-]{43}=")


def _are_keys(keys: SecretStr) -> SecretStr:
    # Stricter than Fernet, which takes the first of two keys with a blank between them and forgets the other.
    if not all(_KEY.fullmatch(key) for key in keys_in(keys)):
        raise ValueError("each key is 32 bytes in URL-safe base64, as Fernet.generate_key makes them")
    return keys


SealKeys = Annotated[SecretStr, AfterValidator(_are_keys)]
"""A setting: Fernet keys, with commas between them."""


def keys_in(keys: SecretStr) -> list[str]:
    """The keys of a setting, one by one."""
    return [key.strip() for key in keys.get_secret_value().split(",")]


class FernetSeals:
    """`Seals` with keys of 32 bytes in URL-safe base64: the first one seals, each of them opens."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._each = [Fernet(key) for key in keys]
        self._fernet = MultiFernet(self._each)

    @property
    def keys(self) -> int:
        return len(self._each)

    def sealed(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def opened(self, sealed: str) -> str:
        return self._open(sealed).decode()

    def sealed_bytes(self, content: bytes) -> str:
        return self._fernet.encrypt(content).decode()

    def opened_base64(self, sealed: str) -> str:
        return base64.b64encode(self._open(sealed)).decode()

    def opened_by(self, sealed: str) -> int | None:
        return next((number for number, key in enumerate(self._each) if _opens(key, sealed)), None)

    def resealed(self, sealed: str) -> str:
        """The same under the first key."""
        try:
            return self._fernet.rotate(sealed).decode()
        except InvalidToken:
            raise SealBroken from None

    def _open(self, sealed: str) -> bytes:
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            raise SealBroken from None


def _opens(key: Fernet, sealed: str) -> bool:
    try:
        key.decrypt(sealed)
    except InvalidToken:
        return False
    return True
