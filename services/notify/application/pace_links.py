"""The links by which people say, from a mail, how soon they want mails of its kind."""

from typing import Annotated, Protocol

from pydantic import StringConstraints

from chassis.kernel.errors import Unknown

PaceToken = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,300}$")]


class PaceTokens(Protocol):
    """Makes and opens the secrets of links. A category of "" stands for all of them."""

    def token_for(self, person: str, category: str) -> str:
        """The same each time, and guessed by nobody."""
        ...

    def opened(self, token: str) -> tuple[str, str] | None:
        """The person and the category that a token of ours names; nothing where it is none."""
        ...


def named_by(token: str, tokens: PaceTokens) -> tuple[str, str]:
    """The person and the category. Raises `Unknown`, which does not tell what was asked for."""
    if named := tokens.opened(token):
        return named
    raise Unknown(kind="pace-link", id="")
