"""What keeps secrets closed."""

from typing import Protocol

from chassis.kernel.errors import KhunjerabError


class SealBroken(KhunjerabError):
    """What was sealed cannot be opened with any of the keys: a key is missing, or somebody changed it."""


class Seals(Protocol):
    """Keeps what may stand in no clear text anywhere. What opens raises `SealBroken` where no key fits."""

    def sealed(self, text: str) -> str:
        """The text, sealed."""
        ...

    def opened(self, sealed: str) -> str:
        """The text that was sealed."""
        ...

    @property
    def keys(self) -> int:
        """How many keys there are; the first seals, each of them opens."""
        ...

    def opened_by(self, sealed: str) -> int | None:
        """Which of the keys opens it, counted from 0, the one that seals now; `None` where none does."""
        ...

    def resealed(self, sealed: str) -> str:
        """The same, sealed with the key that seals now."""
        ...

    def sealed_bytes(self, content: bytes) -> str:
        """A file, sealed."""
        ...

    def opened_base64(self, sealed: str) -> str:
        """A sealed file, in base64."""
        ...
