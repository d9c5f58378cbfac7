"""Passwords: argon2id with the library's recommended costs (RFC 9106, low-memory profile)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 256
"""Characters. The upper bound keeps a huge string from being hashed."""

_hasher = PasswordHasher()
_NOBODY = _hasher.hash("the password of an account that does not exist")


def hashed(password: str) -> str:
    """The PHC string to store: algorithm, costs, salt and hash."""
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed.

    With nothing stored it takes as long and says no, so that time does not tell which addresses have accounts.
    """
    try:
        _hasher.verify(stored or _NOBODY, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with lower costs than today's."""
    return _hasher.check_needs_rehash(stored)
