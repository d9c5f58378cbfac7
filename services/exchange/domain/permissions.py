"""Who may do what. Each function returns when they may and raises `NotAllowed` when they may not."""

from collections.abc import Collection
from datetime import date

from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import NotAllowed, Unknown
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.importing import Import
from services.exchange.domain.person import Person
from services.exchange.domain.visit import Visit

_RUN_THE_PROGRAMME = (PROGRAMME_MANAGER, COORDINATOR)


def acts_for(actor: Actor, *sites: str) -> bool:
    """Whether the actor is a manager or coordinator of one of the sites."""
    return any(actor.has(role, at=site) for role in _RUN_THE_PROGRAMME for site in sites)


def may_register(actor: Actor) -> None:
    """Sites and people are registered by administrators."""
    _must(actor.has(ADMINISTRATOR) or actor.is_system, "register", ADMINISTRATOR)


def may_run_site(actor: Actor, site: str, action: str) -> None:
    """Hours, holidays, factsheet and departments are kept by the site's own people, and by administrators."""
    _must(actor.has(ADMINISTRATOR) or acts_for(actor, site), action, "administrator, or manager or coordinator there")


def may_change_person(actor: Actor, person: Person, sites: tuple[str, ...]) -> None:
    """The people of a person's sites keep what is known of them; which sites these are, administrators say."""
    own = acts_for(actor, *person.sites) and set(sites) == set(person.sites)
    _must(actor.has(ADMINISTRATOR) or own, "change_person", "administrator, or manager or coordinator of their site")


def may_keep_passport(actor: Actor, person: Person, action: str) -> None:
    """A passport is entered and removed by the person, by the people of their sites and by administrators."""
    allowed = actor.has(ADMINISTRATOR) or acts_for(actor, *person.sites) or actor.person == person.id
    _must(allowed, action, "the person, their site's manager or coordinator, or administrator")


def may_reveal_passport(actor: Actor, person: Person, hosts: Collection[str]) -> None:
    """A number is shown to administrators and to managers and coordinators of the person's sites and of `hosts`.

    `hosts`: the sites that host the person on a visit that holds. Neither the person, who has the passport, nor the
    system asks for it here.
    """
    allowed = actor.has(ADMINISTRATOR) or acts_for(actor, *person.sites, *hosts)
    _must(allowed, "reveal_passport", "administrator, or manager or coordinator of their site or of a visit's host")


def may_rotate_keys(actor: Actor) -> None:
    _must(actor.has(ADMINISTRATOR), "rotate_passport_keys", ADMINISTRATOR)


def sees_particulars(actor: Actor, person: Person, hosts: Collection[str]) -> bool:
    """Whether birth date, sex, the masked passport and the history are shown: as for revealing, and to the person."""
    return (
        actor.is_system
        or actor.has(ADMINISTRATOR)
        or acts_for(actor, *person.sites, *hosts)
        or actor.person == person.id
    )


def may_draft(actor: Actor, partners: tuple[str, ...]) -> None:
    """An agreement is drafted by a programme manager of a partner."""
    allowed = any(actor.has(PROGRAMME_MANAGER, at=site) for site in partners)
    _must(allowed, "draft_agreement", f"{PROGRAMME_MANAGER} of a partner")


def partner_approving(actor: Actor, agreement: Agreement) -> str:
    """The partner for which the actor approves: the first of their sites that has not approved yet."""
    own = [site for site in agreement.parties if actor.has(PROGRAMME_MANAGER, at=site)]
    _must(bool(own), "approve_agreement", f"{PROGRAMME_MANAGER} of a partner")
    return next((site for site in own if site in agreement.unapproved), own[0])


def manages_a_partner(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor is a programme manager of a partner of the text that stands."""
    return any(actor.has(PROGRAMME_MANAGER, at=site) for site in agreement.partners)


def may_change_agreement(actor: Actor, agreement: Agreement, action: str) -> None:
    """An agreement is amended, reverted and terminated by a programme manager of a partner."""
    _must(manages_a_partner(actor, agreement), action, f"{PROGRAMME_MANAGER} of a partner")


def may_propose(actor: Actor, sending_site: str, host_site: str) -> None:
    """A visit is proposed from either end."""
    _must(acts_for(actor, sending_site, host_site), "propose_visit", "manager or coordinator of either site")


def speaks_for(actor: Actor, party: str, visit: Visit) -> bool:
    """Whether the actor may reply for the party: people of the sending site for it, of the host for all others."""
    return acts_for(actor, visit.sending_site if party == "sending-site" else visit.host_site)


def replies_in_place_of(actor: Actor, party: str, visit: Visit, today: date) -> str | None:
    """Whom the actor stands in for: the person who named them deputy of the party for this day, if anybody did."""
    named = (each for each in visit.deputies if (each.party, each.person) == (party, actor.person))
    return next((each.in_place_of for each in named if each.first <= today <= each.last), None)


def may_reply(actor: Actor, party: str, visit: Visit, today: date) -> str | None:
    """Whom they stand in for, where they do not speak for the party themselves."""
    if speaks_for(actor, party, visit):
        return None
    stands_in_for = replies_in_place_of(actor, party, visit, today)
    _must(stands_in_for is not None, "reply_to_visit", f"manager or coordinator who speaks for {party}, or a deputy")
    return stands_in_for


def other_end(party: str) -> str:
    """Whose word the days that a party asks for need."""
    return "host-department" if party == "sending-site" else "sending-site"


def may_accept_counter(actor: Actor, party: str, visit: Visit) -> str:
    """The party of the other end for whom they say yes."""
    own = other_end(party)
    _must(speaks_for(actor, own, visit), "accept_counter", f"manager or coordinator who speaks for {own}")
    return own


def may_act(actor: Actor, visit: Visit, action: str) -> None:
    """What either site may do."""
    _must(acts_for(actor, visit.sending_site, visit.host_site), action, "manager or coordinator of either site")


def may_withdraw(actor: Actor, visit: Visit, person: str) -> None:
    """Visitors withdraw themselves; their sites may do it for them."""
    allowed = actor.person == person or acts_for(actor, visit.sending_site, visit.host_site)
    _must(allowed, "withdraw_visitor", "the visitor, or manager or coordinator of either site")


def may_record(actor: Actor, visit: Visit, action: str) -> None:
    """Arrivals and departures are recorded by the host."""
    _must(acts_for(actor, visit.host_site), action, "manager or coordinator of the host")


def may_keep_money(actor: Actor, sending_site: str, host_site: str, action: str) -> None:
    """A visit's money is kept from either end."""
    _must(acts_for(actor, sending_site, host_site), action, "manager or coordinator of either site")


def may_enter_rate(actor: Actor) -> None:
    """Rates hold for the whole alliance: whoever runs the programme at one of its sites enters them."""
    _must(acts_for(actor, *actor.sites), "enter_rate", "manager or coordinator of a site")


def may_import(actor: Actor) -> None:
    """Files are brought by administrators and programme managers; each row's command asks for its own right, too."""
    _must(actor.has(ADMINISTRATOR) or actor.has(PROGRAMME_MANAGER), "import", f"{ADMINISTRATOR} or {PROGRAMME_MANAGER}")


def sees_import(actor: Actor, imported: Import) -> bool:
    """Administrators, and whoever brought it."""
    return actor.has(ADMINISTRATOR) or actor.person == imported.importer.person


def may_see_import(actor: Actor, imported: Import) -> None:
    """Raises `Unknown`: that there is one is nobody else's concern."""
    if not sees_import(actor, imported):
        raise Unknown(kind="import", id=imported.id)


def may_export(actor: Actor) -> None:
    """The whole directory leaves the house only with those who answer for it."""
    _must(actor.has(ADMINISTRATOR) or actor.has(PROGRAMME_MANAGER), "export", f"{ADMINISTRATOR} or {PROGRAMME_MANAGER}")


def may_name_deputy(actor: Actor, party: str, visit: Visit) -> None:
    """Who speaks for a party names who stands in for them."""
    _must(speaks_for(actor, party, visit), "name_deputy", f"manager or coordinator who speaks for {party}")


def manages(actor: Actor, *sites: str) -> bool:
    """Whether the actor is a manager of one of the sites."""
    return any(actor.has(PROGRAMME_MANAGER, at=site) for site in sites)


def may_enter_past(actor: Actor, sending_site: str, host_site: str) -> None:
    _must(manages(actor, sending_site, host_site), "enter_past_visit", f"{PROGRAMME_MANAGER} of either site")


def corrects(actor: Actor, visit: Visit) -> bool:
    """Whether the actor may say that the visit should never have been entered."""
    return actor.has(ADMINISTRATOR) or manages(actor, visit.sending_site, visit.host_site)


def may_mark_in_error(actor: Actor, visit: Visit) -> None:
    _must(corrects(actor, visit), "mark_entered_in_error", f"{ADMINISTRATOR}, or {PROGRAMME_MANAGER} of either site")


def may_look_up(actor: Actor) -> None:
    """Sites and people are shown to whoever has a role in the programme."""
    _must(bool(actor.roles) or actor.is_system, "look_up", "any role")


def may_see(actor: Actor, visit: Visit) -> bool:
    """People of either site, the visitors themselves, deputies, administrators and the system."""
    return (
        actor.is_system
        or actor.has(ADMINISTRATOR)
        or bool(actor.sites & {visit.sending_site, visit.host_site})
        or actor.person in {visitor.person for visitor in visit.visitors}
        or actor.person in {deputy.person for deputy in visit.deputies}
    )


def must_see(actor: Actor, visit: Visit) -> None:
    """Raises `NotAllowed` unless the actor may see the visit."""
    _must(may_see(actor, visit), "visit", "somebody of either site, or a visitor")


def may_invite(actor: Actor, visit: Visit) -> None:
    """Letters are the host's."""
    _must(acts_for(actor, visit.host_site), "issue_letter", "manager or coordinator of the host")


def may_fetch_letter(actor: Actor, visit: Visit, person: str) -> None:
    """A letter shows a passport number: those who act for either site may fetch it, and whom it invites."""
    allowed = actor.person == person or acts_for(actor, visit.sending_site, visit.host_site)
    _must(allowed, "letter_pdf", "manager or coordinator of either site, or the visitor")


def _must(allowed: bool, action: str, needs: str) -> None:
    if not allowed:
        raise NotAllowed(action=action, needs=needs)
