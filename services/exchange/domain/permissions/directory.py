"""Who may look up and keep sites, people and passports."""

from collections.abc import Collection

from chassis.kernel.actor import ADMINISTRATOR, Actor
from services.exchange.domain.permissions.roles import acts_for, must
from services.exchange.domain.person import Person


def may_look_up(actor: Actor) -> None:
    """Sites and people are shown to whoever has a role in the programme."""
    must(bool(actor.roles) or actor.is_system, "look_up", "any role")


def may_register(actor: Actor) -> None:
    """Sites and people are registered by administrators."""
    must(actor.has(ADMINISTRATOR) or actor.is_system, "register", ADMINISTRATOR)


def may_run_site(actor: Actor, site: str, action: str) -> None:
    """Hours, holidays, factsheet, departments and rooms are kept by the site's own people, and by administrators."""
    must(actor.has(ADMINISTRATOR) or acts_for(actor, site), action, "administrator, or manager or coordinator there")


def may_change_person(actor: Actor, person: Person, sites: tuple[str, ...]) -> None:
    """The people of a person's sites keep what is known of them; which sites these are, administrators say."""
    own = acts_for(actor, *person.sites) and set(sites) == set(person.sites)
    must(actor.has(ADMINISTRATOR) or own, "change_person", "administrator, or manager or coordinator of their site")


def may_keep_passport(actor: Actor, person: Person, action: str) -> None:
    """A passport is entered and removed by the person, by the people of their sites and by administrators."""
    allowed = actor.has(ADMINISTRATOR) or acts_for(actor, *person.sites) or actor.person == person.id
    must(allowed, action, "the person, their site's manager or coordinator, or administrator")


def may_reveal_passport(actor: Actor, person: Person, hosts: Collection[str]) -> None:
    """A number is shown to administrators and to managers and coordinators of the person's sites and of `hosts`.

    `hosts`: the sites that host the person on a visit that holds. Neither the person, who has the passport, nor the
    system asks for it here.
    """
    allowed = actor.has(ADMINISTRATOR) or acts_for(actor, *person.sites, *hosts)
    must(allowed, "reveal_passport", "administrator, or manager or coordinator of their site or of a visit's host")


def may_rotate_keys(actor: Actor) -> None:
    must(actor.has(ADMINISTRATOR), "rotate_passport_keys", ADMINISTRATOR)


def sees_particulars(actor: Actor, person: Person, hosts: Collection[str]) -> bool:
    """Whether birth date, sex, the masked passport and the history are shown: as for revealing, and to the person."""
    return (
        actor.is_system
        or actor.has(ADMINISTRATOR)
        or acts_for(actor, *person.sites, *hosts)
        or actor.person == person.id
    )
