"""Codes on letters."""

import secrets

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 16


class RandomCodes:
    """`Codes` of eighty random bits, in Crockford's base 32: no sign in it looks like another."""

    def fresh(self) -> str:
        return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
