"""Who the commands are told of. A service says only that something of a call is wrong; here the option is named."""

import re
from collections.abc import Iterable

import typer

from chassis.kernel.actor import ROLES, Actor

PERSON, SYSTEM = "per", "sys"
"""Who may ask: a person, or a system that has a token, such as one that reads FHIR (`sys_` and its name)."""


def actor(
    who: str | None,
    roles: Iterable[str] | None,
    sites: Iterable[str] | None,
    *,
    option: str,
    kinds: Iterable[str] = (PERSON,),
) -> Actor:
    """Somebody as `option` (their id, of one of the kinds), `--role` and `--site` name them.

    Raises `typer.BadParameter`.
    """
    if who is not None:
        _is_id("|".join(kinds), who, "a person's", option)
    for site in sites or ():
        _is_id("sit", site, "a site's", "--site")
    if unknown := set(roles or ()) - ROLES:
        raise typer.BadParameter(
            f"{', '.join(sorted(unknown))}: one of {', '.join(sorted(ROLES))}", param_hint="--role"
        )
    return Actor(who, frozenset(roles or ()), frozenset(sites or ()))


def _is_id(prefixes: str, text: str, whose: str, option: str) -> None:
    if not re.fullmatch(rf"({prefixes})_[0-9a-z-]{{1,60}}", text):
        first = prefixes.partition("|")[0]
        raise typer.BadParameter(f"{text}: {whose} id is wanted, {first}_…", param_hint=option)
