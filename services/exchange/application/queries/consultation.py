"""One consultation, whole."""

from collections.abc import Mapping
from datetime import datetime

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.zones import zone_named
from contracts.words import ConsultationId
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.consultations import Consultations
from services.exchange.application.ports.directory import People, Sites
from services.exchange.application.queries.consultation_minutes import (
    actions_view,
    cases_view,
    finding_view,
)
from services.exchange.application.queries.views import (
    View,
    history_view,
    notes_view,
    site_view,
    text_of,
    warnings_view,
)
from services.exchange.domain.consultations.closing import expected_there
from services.exchange.domain.consultations.consultation import Consultation, Waiver
from services.exchange.domain.consultations.ending import as_it_met, no_longer_there, sites_at
from services.exchange.domain.consultations.offers import offered
from services.exchange.domain.consultations.participants import Answer, Participant
from services.exchange.domain.consultations.saying import answer_to_all
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.parties import NEEDS_ACTION
from services.exchange.domain.permissions.consultations import must_see
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site


class AskConsultation(Command):
    consultation_id: ConsultationId


def consultation(
    asked: AskConsultation,
    actor: Actor,
    consultations: Consultations,
    agreements: Agreements,
    sites: Sites,
    people: People,
    now: datetime,
) -> View:
    """The consultation with its answers, sessions by every site's clock, cases, actions and history.

    `earlier`: whom, and which sites, sessions that are over name beside those of now. `may`: what the actor may do with
    it now. Raises `Unknown` also for one that the actor may not see.
    """
    found = consultations.recorded(asked.consultation_id)
    state = found.state
    must_see(actor, state)
    agreement = agreements.load(state.agreement).state
    met = (sites_at(session, state.sites) for session in state.sessions)
    places = sites.named({*state.sites}.union(*met))
    named = people.named({state.organiser, *expected_there(state), *no_longer_there(state)})
    return {
        "id": found.id,
        "version": found.version,
        "agreement": {"id": agreement.id, "names": dict(agreement.names)},
        **_facts(state, named),
        "sites": [site_view(places[site]) for site in state.sites],
        "participants": [participant_view(state, each, named) for each in state.participants],
        "earlier": _earlier(state, named, places),
        "sessions": [session_view(as_it_met(state, session), session, places) for session in state.sessions],
        "rooms": {site: _room_view(places[site], room) for site, room in state.rooms.items()},
        "cases": cases_view(state),
        "actions": actions_view(state, named),
        "finding": finding_view(state.finding),
        "notes": notes_view(state.notes, people),
        "warnings": warnings_view(state.warnings),
        "history": history_view(found.history, people),
        "may": offered(state, actor, now=now),
    }


def _facts(consultation: Consultation, named: Mapping[str, Person]) -> View:
    return {
        "state": consultation.state,
        "condition": consultation.condition,
        "field": consultation.field,
        "title": consultation.title,
        "organiser": consultation.organiser,
        "organiser_name": _name(consultation.organiser, named),
        "zone": consultation.zone,
        "recurrence": consultation.recurrence,
        "urgent": consultation.urgent,
        "waiver": _waiver(consultation.waiver),
        "reply_by": text_of(consultation.reply_by),
        "announcement": consultation.sequence,
        "answerable_from": consultation.answerable_from,
    }


def _earlier(consultation: Consultation, named: Mapping[str, Person], places: Mapping[str, Site]) -> View:
    gone = no_longer_there(consultation)
    return {
        "people": [{"person": each, "name": _name(each, named)} for each in gone],
        "sites": [site_view(places[site]) for site in sorted(places.keys() - {*consultation.sites})],
    }


def participant_view(consultation: Consultation, participant: Participant, named: Mapping[str, Person]) -> View:
    """Who it is, and what they said of the consultation as a whole."""
    answer = answer_to_all(consultation, participant.person, consultation.planned or consultation.sessions)
    return {
        "person": participant.person,
        "name": _name(participant.person, named),
        "role": participant.role,
        "site": participant.site,
        "required": participant.required,
        "languages": list(participant.languages),
        "deputies": [{"person": each, "name": _name(each, named)} for each in participant.deputies],
        **answer_view(answer),
    }


def answer_view(answer: Answer | None) -> View:
    """`{status, by, at, reason, deputy, asks_for, asks_for_minutes}`; a tentative answer asks for that time.

    `asks_for_minutes` is nothing where it is to take as long as it does.
    """
    if answer is None:
        unsaid = dict.fromkeys(("by", "at", "deputy", "asks_for", "asks_for_minutes"))
        return {"status": NEEDS_ACTION, "reason": "", **unsaid}
    return {
        "status": answer.status,
        "by": answer.by,
        "at": text_of(answer.at),
        "reason": answer.reason,
        "deputy": answer.deputy,
        "asks_for": text_of(answer.begins),
        "asks_for_minutes": answer.minutes,
    }


def session_view(consultation: Consultation, session: Session, places: Mapping[str, Site]) -> View:
    """`comes`: who is, or was, to come; `lacks`: required participants for whom nobody does; `local`: by each clock."""
    coming = {each.person: consultation.comes(each, session) for each in consultation.participants}
    return {
        "slot": text_of(session.slot),
        "begins": text_of(session.begins),
        "ends": text_of(session.ends),
        "state": session.state,
        "link": session.link,
        "local": [local_view(session, places[site]) for site in consultation.sites],
        "comes": list(dict.fromkeys(who for who in coming.values() if who)),
        "lacks": [each.person for each in consultation.required if coming[each.person] is None],
        "answers": {person: answer_view(answer) for person, answer in session.answers.items()},
        "attended": list(session.attended) if session.attended is not None else None,
        "reason": session.reason,
    }


def local_view(session: Session, site: Site) -> View:
    """`{site, zone, begins, ends}`: the session by the site's clock, with its offset."""
    zone = zone_named(site.zone)
    return {
        "site": site.id,
        "zone": site.zone,
        "begins": session.begins.astimezone(zone).isoformat(),
        "ends": session.ends.astimezone(zone).isoformat(),
    }


def _waiver(waiver: Waiver | None) -> View | None:
    return {"rules": list(waiver.rules), "reason": waiver.reason, "by": waiver.by} if waiver else None


def _room_view(site: Site, room_id: str) -> View:
    names = next((dict(room.names) for room in site.rooms if room.id == room_id), None)
    return {"id": room_id, "names": names}


def _name(person: str, named: Mapping[str, Person]) -> str | None:
    return named[person].passport_name if person in named else None
