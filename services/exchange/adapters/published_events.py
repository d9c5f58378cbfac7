"""The exchange's domain events as the events of its contract."""

from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Any

from chassis.store import Edition
from contracts.envelope import EventData
from contracts.exchange import v1
from services.exchange.adapters.consultation_facts import facts_of, told_of_consultation
from services.exchange.adapters.directory_facts import person_fact, site_fact
from services.exchange.adapters.icalendar.invited import Inviting
from services.exchange.adapters.icalendar.visit_calendars import VisitCalendars
from services.exchange.adapters.promise_facts import promised_facts
from services.exchange.adapters.track_facts import told_of_track
from services.exchange.adapters.visit_facts import told_of_visit
from services.exchange.application.ports.directory import Sites
from services.exchange.domain import events
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.consultations.events import ConsultationHappening
from services.exchange.domain.site import Site
from services.exchange.domain.tracks.events import TrackHappening
from services.exchange.domain.tracks.track import Track
from services.exchange.domain.visit import Visit


class PublishedEvents:
    """Fills in what a reader needs to act without calling back: names, zones, coordinators and managers of both ends.

    `inviting` and `visits`: tell people what their calendars are to know of it; without them nobody's calendar is told.
    """

    def __init__(self, sites: Sites, inviting: Inviting | None = None, visits: VisitCalendars | None = None) -> None:
        self._sites, self._inviting, self._visits = sites, inviting, visits

    def publish(self, decided: Sequence[Any], edition: Edition) -> list[EventData]:
        """The events of the contracts that tell of a decision's domain events, and behind them the invitations.

        A site is read once for all of them.
        """
        telling = _Telling(self._sites, edition, self._visits)
        told = [telling.of(event) for event in decided]
        return [*told, *(self._inviting.invited(decided, telling.named) if self._inviting else ())]


class _Telling:
    """What one decision tells."""

    def __init__(self, sites: Sites, edition: Edition, visits: VisitCalendars | None) -> None:
        self._sites, self._edition, self._visits = sites, edition, visits
        self._known: dict[str, Site] = {}

    @singledispatchmethod
    def of(self, event: Any) -> EventData:
        """The event of the contracts that tells of a domain event."""
        raise TypeError(f"no event of the contracts tells of {type(event).__name__}")

    @of.register
    def _(self, event: events.PersonRegistered) -> v1.PersonChanged:
        return person_fact(event.person)

    @of.register
    def _(self, event: events.PersonChanged) -> v1.PersonChanged:
        return person_fact(event.person)

    @of.register
    def _(self, event: events.AgreementTookEffect) -> v1.AgreementTookEffect:
        return v1.AgreementTookEffect.model_validate(self._agreement(event.agreement))

    @of.register
    def _(self, event: events.AgreementAmended) -> v1.AgreementAmended:
        previous = {"previous_text_hash": event.previous_hash, "reason": event.reason}
        number = {"text_number": event.agreement.text_number}
        return v1.AgreementAmended.model_validate(self._agreement(event.agreement) | number | previous)

    @of.register
    def _(self, event: events.AgreementTerminated) -> v1.AgreementTerminated:
        ended = event.termination
        facts = {"last_day": ended.on, "by": ended.by, "reason": ended.reason}
        return v1.AgreementTerminated.model_validate(self._agreement(event.agreement) | facts)

    @of.register
    def _(self, event: events.AgreementExpired) -> v1.AgreementExpired:
        return v1.AgreementExpired.model_validate(self._agreement(event.agreement))

    @of.register
    def _(self, event: events.VisitHappening) -> EventData:
        model, facts = told_of_visit(event)
        return model.model_validate(self._visit(event.visit) | facts | self._carried(event))

    @of.register
    def _(self, event: ConsultationHappening) -> EventData:
        model, facts = told_of_consultation(event)
        consultation = event.consultation
        sites = self.named(consultation.sites)
        places = {"sites": [site_fact(sites[each]) for each in consultation.sites]}
        return model.model_validate(facts_of(consultation) | places | facts)

    def named(self, ids: Sequence[str]) -> dict[str, Site]:
        """At least these, by id."""
        if unknown := [each for each in ids if each not in self._known]:
            self._known |= self._sites.named(unknown)
        return self._known

    def _carried(self, event: events.VisitHappening) -> dict[str, Any]:
        return self._visits.carried(event, self._edition, self._known) if self._visits else {}

    def _agreement(self, agreement: Agreement) -> dict[str, Any]:
        partners = self.named(agreement.partners)
        return {
            "agreement": agreement.id,
            "names": agreement.names,
            "text_hash": agreement.text_hash,
            "partners": [site_fact(partners[partner]) for partner in agreement.partners],
            "in_effect_from": agreement.in_effect_from,
            "in_effect_until": agreement.in_effect_until,
            "promised": promised_facts(agreement, [partners[partner].zone for partner in agreement.partners]),
        }

    @of.register
    def _(self, event: events.LetterIssued) -> v1.LetterIssued:
        letter = event.letter
        return v1.LetterIssued.model_validate(
            {
                "letter": letter.id,
                "visit": letter.visit,
                "person": letter.person,
                "number": letter.number,
                "asked_by": letter.asked_by,
                "arrival": letter.stated.arrival,
                "departure": letter.stated.departure,
            }
        )

    @of.register
    def _(self, event: events.ReportMade) -> v1.ReportMade:
        return v1.ReportMade(report=event.report)

    @of.register
    def _(self, event: TrackHappening) -> EventData:
        model, facts = told_of_track(event)
        return model.model_validate(self._track(event.track) | facts)

    def _track(self, track: Track) -> dict[str, Any]:
        sites = self.named((track.sending_site, track.host_site))
        return {
            "track": track.id,
            "visit": track.visit,
            "sending_site": site_fact(sites[track.sending_site]),
            "host_site": site_fact(sites[track.host_site]),
            "leader": track.leader,
            "planned_arrival": track.arrival,
            "planned_departure": track.departure,
        }

    def _visit(self, visit: Visit) -> dict[str, Any]:
        sites = self.named((visit.sending_site, visit.host_site))
        sending, host = sites[visit.sending_site], sites[visit.host_site]
        department = host.department(visit.host_department)
        return {
            "visit": visit.id,
            "state": visit.state,
            "agreement": visit.agreement,
            "condition": visit.condition,
            "kind": visit.kind,
            "field": visit.field,
            "purpose": visit.purpose,
            "sending_site": site_fact(sending),
            "host_site": site_fact(host),
            "host_department": {"id": department.id, "names": department.names},
            "proposer": visit.proposer,
            "leader": visit.leader,
            "visitors": [visitor.person for visitor in visit.visitors if not visitor.withdrawn],
            "planned_arrival": visit.planned_arrival,
            "planned_departure": visit.planned_departure,
            "reply_by": visit.reply_by,
            "replies": [{"party": party, "status": status} for party, status in visit.statuses.items()],
        }
