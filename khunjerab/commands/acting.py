"""Who the commands are told of. A service says only that something of a call is wrong; here the option is named."""

from collections.abc import Iterable, Sequence

import typer

from chassis.kernel.actor import ROLES, Actor
from chassis.rpc.call import ID

PERSON, SYSTEM, SITE = "per", "sys", "sit"
"""What ids begin with. Who may ask is a person, or a system that has a token, such as one that reads FHIR (`sys_` and
its name)."""


def actor(
    who: str | None,
    roles: Iterable[str] | None,
    sites: Iterable[str] | None,
    *,
    option: str,
    kinds: Sequence[str] = (PERSON,),
) -> Actor:
    """Somebody as `option` (their id, of one of the kinds), `--role` and `--site` name them.

    Raises `typer.BadParameter`.
    """
    if who is not None:
        _is_id(kinds, who, "a person's", option)
    for site in sites or ():
        _is_id((SITE,), site, "a site's", "--site")
    if unknown := set(roles or ()) - ROLES:
        raise typer.BadParameter(
            f"{', '.join(sorted(unknown))}: one of {', '.join(sorted(ROLES))}", param_hint="--role"
        )
    return Actor(who, frozenset(roles or ()), frozenset(sites or ()))


def _is_id(kinds: Sequence[str], text: str, whose: str, option: str) -> None:
    if text.partition("_")[0] not in kinds or not ID.fullmatch(text):
        raise typer.BadParameter(f"{text}: {whose} id is wanted, {kinds[0]}_…", param_hint=option)
