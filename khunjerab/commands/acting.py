"""Who the commands are told of. A service says only that something of a call is wrong; here the option is named."""

import re
from collections.abc import Iterable

import typer

from chassis.kernel.actor import ROLES, Actor


def actor(person: str | None, roles: Iterable[str] | None, sites: Iterable[str] | None, *, option: str) -> Actor:
    """Somebody as `option` (their id), `--role` and `--site` name them. Raises `typer.BadParameter`."""
    if person is not None:
        _is_id("per", person, "a person's", option)
    for site in sites or ():
        _is_id("sit", site, "a site's", "--site")
    if unknown := set(roles or ()) - ROLES:
        raise typer.BadParameter(
            f"{', '.join(sorted(unknown))}: one of {', '.join(sorted(ROLES))}", param_hint="--role"
        )
    return Actor(person, frozenset(roles or ()), frozenset(sites or ()))


def _is_id(prefix: str, text: str, whose: str, option: str) -> None:
    if not re.fullmatch(rf"{prefix}_[0-9a-z-]{{1,60}}", text):
        raise typer.BadParameter(f"{text}: {whose} id is wanted, {prefix}_…", param_hint=option)
