"""Who may bring files in and take the directory out."""

from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import Unknown
from services.exchange.domain.importing import Import
from services.exchange.domain.permissions.roles import must


def may_import(actor: Actor) -> None:
    """Files are brought by administrators and programme managers; each row's command asks for its own right, too."""
    must(actor.has(ADMINISTRATOR) or actor.has(PROGRAMME_MANAGER), "import", f"{ADMINISTRATOR} or {PROGRAMME_MANAGER}")


def sees_import(actor: Actor, imported: Import) -> bool:
    """Administrators, and whoever brought it."""
    return actor.has(ADMINISTRATOR) or actor.person == imported.importer.person


def may_see_import(actor: Actor, imported: Import) -> None:
    """Raises `Unknown`: that there is one is nobody else's concern."""
    if not sees_import(actor, imported):
        raise Unknown(kind="import", id=imported.id)


def may_export(actor: Actor) -> None:
    """The whole directory leaves the house only with those who answer for it."""
    must(actor.has(ADMINISTRATOR) or actor.has(PROGRAMME_MANAGER), "export", f"{ADMINISTRATOR} or {PROGRAMME_MANAGER}")
