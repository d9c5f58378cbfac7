"""Lists about consultations: all of them, and what is still to be done."""

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from contracts.words import ConsultationId, ConsultationState
from services.exchange.application.ports.consultations import Consultations
from services.exchange.application.ports.directory import People, Sites
from services.exchange.application.queries.consultation import local_view
from services.exchange.application.queries.consultation_minutes import action_view
from services.exchange.application.queries.views import View, site_view, text_of
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.site import Site


class AskConsultations(Command):
    """`after` is the `next` of the page before."""

    state: ConsultationState | None = None
    after: ConsultationId | None = None
    limit: PageSize = 50


class AskOpenActions(Command):
    """`after` is the `next` of the page before."""

    after: ConsultationId | None = None
    limit: PageSize = 50


def consultations(asked: AskConsultations, actor: Actor, kept: Consultations, sites: Sites) -> View:
    """`{items, next}`: consultations that the actor may see, newest first."""
    page = kept.page(actor, state=asked.state, after=asked.after, limit=asked.limit)
    places = sites.named({site for each in page for site in each.state.sites})
    items = [{"id": each.id, "version": each.version, **_line(each.state, places)} for each in page]
    return {"items": items, "next": page[-1].id if len(page) == asked.limit else None}


def open_actions(asked: AskOpenActions, actor: Actor, kept: Consultations, people: People) -> View:
    """`{items, next}`: actions that wait for somebody, consultation by consultation, oldest first."""
    page = kept.owing(actor, after=asked.after, limit=asked.limit)
    named = people.named({action.owner for each in page for action in each.state.actions})
    items = [
        {"consultation": each.id, "title": each.state.title, **action_view(action, named)}
        for each in page
        for action in each.state.actions
        if action.is_open
    ]
    return {"items": items, "next": page[-1].id if len(page) == asked.limit else None}


def _line(consultation: Consultation, places: dict[str, Site]) -> View:
    """`next`: the session that comes next, or the last there was."""
    session = (consultation.planned or consultation.sessions[-1:])[0]
    return {
        "state": consultation.state,
        "title": consultation.title,
        "field": consultation.field,
        "urgent": consultation.urgent,
        "sites": [site_view(places[site]) for site in consultation.sites],
        "session": {
            "slot": text_of(session.slot),
            "begins": text_of(session.begins),
            "ends": text_of(session.ends),
            "state": session.state,
            "local": [local_view(session, places[site]) for site in consultation.sites],
        },
        "sessions_to_come": len(consultation.planned),
        "reply_by": text_of(consultation.reply_by),
    }
