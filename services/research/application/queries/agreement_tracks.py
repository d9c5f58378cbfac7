"""Agreement tracks: each side sees every step of the other, and whose turn it is."""

from collections.abc import Mapping
from datetime import datetime

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from chassis.kernel.errors import Unknown
from contracts.words import AgreementTrackId, OutcomeId, SiteId
from services.research.application.ports.agreement_tracks import AgreementTracks, SoughtTracks
from services.research.application.ports.copies import People
from services.research.application.queries.legal_views import paper_view
from services.research.application.queries.views import View, history_view, text_of
from services.research.domain.agreement_tracks.permissions import may_see, offered, offered_of_widening
from services.research.domain.agreement_tracks.track import AgreementTrack, Return, Step, Widening

Names = Mapping[str, str]


class AskTrack(Command):
    track_id: AgreementTrackId


class AskTracks(Command):
    """Those that serve one outcome, or wait for a step or an answer of one site, or any.

    `after` is the `next` of the page before.
    """

    outcome_id: OutcomeId | None = None
    waiting_site: SiteId | None = None
    after: AgreementTrackId | None = None
    limit: PageSize = 50


def track(asked: AskTrack, actor: Actor, now: datetime, tracks: AgreementTracks, people: People) -> View:
    """One track with the steps of both sides, its history, and what the actor may do with it now.

    Raises `Unknown` also for a track that the actor may not see.
    """
    found = tracks.recorded(asked.track_id)
    if not may_see(actor, found.state):
        raise Unknown(kind="track", id=asked.track_id)
    state = found.state
    people_named = {step.taken_by for step in state.steps} | {line.by for line in found.history}
    people_named |= {state.returned.by} if state.returned else set()
    people_named |= {each.by for each in state.widenings}
    names = people.names({person for person in people_named if person})
    return {
        "id": found.id,
        "version": found.version,
        **_line(state, now),
        "text": paper_view(state.text),
        "steps": [_step(step, state, names) for step in state.steps],
        "returned": _returned(state.returned, names),
        "widenings": [_widening(each, state, actor, names) for each in state.widenings],
        "ended": state.ended,
        "history": history_view(found.history, names),
        "may": offered(actor, state),
    }


def tracks(asked: AskTracks, actor: Actor, now: datetime, kept: AgreementTracks) -> View:
    """`{items, next}`: tracks that the actor may see, the newest first."""
    sought = SoughtTracks(outcome=asked.outcome_id, waiting_site=asked.waiting_site)
    page = kept.page(actor, sought, after=asked.after, limit=asked.limit)
    items = [{"id": each.id, "version": each.version, **_line(each.state, now)} for each in page]
    return {"items": items, "next": page[-1].id if len(page) == asked.limit else None}


def _line(state: AgreementTrack, now: datetime) -> View:
    return {
        "state": state.state,
        "kind": state.kind,
        "title": state.title,
        "outcomes": list(state.outcomes),
        "provider": state.provider.site,
        "recipient": state.recipient.site,
        "waiting_for": _waiting(state, now),
        "in_force_from": text_of(state.in_force_from),
        "expires_on": text_of(state.expires_on),
    }


def _waiting(state: AgreementTrack, now: datetime) -> View | None:
    waiting = state.waiting
    if waiting is None:
        return None
    return {
        "side": waiting.side,
        "site": waiting.site,
        "step": waiting.step,
        "since": waiting.since.isoformat(),
        "due_on": waiting.due_on.isoformat(),
        "overdue": waiting.ends <= now,
    }


def _step(step: Step, state: AgreementTrack, names: Names) -> View:
    definition = step.definition
    return {
        "step": definition.name,
        "side": definition.side,
        "site": state.side(definition.side).site,
        "days": definition.days,
        "taken_by": step.taken_by,
        "taken_by_name": names.get(step.taken_by or ""),
        "taken_at": step.taken_at.isoformat() if step.taken_at else None,
        "note": step.note,
    }


def _widening(widening: Widening, state: AgreementTrack, actor: Actor, names: Names) -> View:
    """`waits_for`: the side that is to agree, at `site`; `may`: what the actor may do about it."""
    return {
        "outcome": widening.outcome,
        "side": widening.side,
        "by": widening.by,
        "by_name": names.get(widening.by or ""),
        "at": widening.at.isoformat(),
        "reason": widening.reason,
        "waits_for": widening.waits_for,
        "site": widening.site,
        "may": offered_of_widening(actor, state, widening),
    }


def _returned(returned: Return | None, names: Names) -> View | None:
    if returned is None:
        return None
    return vars(returned) | {"by_name": names.get(returned.by or "")}
