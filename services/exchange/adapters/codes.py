"""Codes on letters, and secrets in addresses."""

import secrets

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 16


class RandomCodes:
    """`Codes` of eighty random bits, in Crockford's base 32: no sign in it looks like another."""

    def fresh(self) -> str:
        return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


class RandomSecrets:
    """`Codes` of 256 random bits, in signs that stand in an address as they are."""

    def fresh(self) -> str:
        return secrets.token_urlsafe(32)
