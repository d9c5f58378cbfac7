"""Who may bring files of references in, and for whom."""

from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.errors import NotAllowed, Unknown
from services.research.domain.importing.importing import Import
from services.research.domain.permissions import acts_for


def may_import(actor: Actor, responsible: str, sites: tuple[str, ...]) -> None:
    """Administrators; whoever runs the programme at all of the sites; and anybody for themself, at sites of theirs."""
    for_themself = actor.person == responsible and actor.sites >= set(sites)
    if not (actor.has(ADMINISTRATOR) or for_themself or all(acts_for(actor, site) for site in sites)):
        needs = "administrator, or manager or coordinator of each of the sites, or for oneself at one's own"
        raise NotAllowed(action="start_import", needs=needs)


def may_see_import(actor: Actor, imported: Import) -> None:
    """Administrators, and whoever brought it. Raises `Unknown`: that there is one is nobody else's concern."""
    if not actor.has(ADMINISTRATOR) and actor.person != imported.importer.person:
        raise Unknown(kind="import", id=imported.id)
