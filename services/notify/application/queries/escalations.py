"""What waits for an answer, and how far it has gone on."""

from chassis.commands import Command
from chassis.kernel.actor import Actor
from contracts.words import ConsultationId, OutcomeId, VisitId
from services.notify.application.escalations import Escalations
from services.notify.application.queries.views import View
from services.notify.domain.escalation.escalation import Escalation
from services.notify.domain.escalation.matters import Matter
from services.notify.domain.permissions import may_follow_escalations, runs


class AskEscalations(Command):
    """About one thing; about everything where nothing is named."""

    about: VisitId | ConsultationId | OutcomeId | None = None


def escalations(asked: AskEscalations, actor: Actor, kept: Escalations) -> View:
    """`{items}`: what is awaited of the actor's sites, for an administrator of all, the longest awaited first, with
    the steps that were taken and those to come. `awaits`: a `reply` or an `acknowledgement`. Raises `NotAllowed`.
    """
    may_follow_escalations(actor)
    found = list(kept.about([asked.about]).values()) if asked.about else kept.open_ones()
    items = [
        _item(each.state, matter, each.version)
        for each in found
        for matter in each.state.open
        if runs(actor, matter.site)
    ]
    return {"items": sorted(items, key=lambda item: (item["since"], item["id"]))}


def _item(escalation: Escalation, matter: Matter, version: int) -> View:
    to_come = [moment for moment in escalation.awaited if moment.matter == matter]
    return {
        "id": escalation.id,
        "version": version,
        "about": escalation.about,
        "site": matter.site,
        "awaits": matter.awaits,
        "party": matter.party,
        "asked": list(matter.asked),
        "since": escalation.since[matter.anchor].isoformat(),
        "until": matter.until.isoformat(),
        "steps": [
            {"step": each.step, "at": each.at.isoformat(), "told": list(each.told)}
            for each in escalation.steps_of(matter)
        ],
        "to_come": [{"step": moment.step, "at": moment.at.isoformat()} for moment in to_come],
    }
