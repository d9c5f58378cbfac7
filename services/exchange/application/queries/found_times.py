"""The answer to who looks for a time, as plain values; moments are ISO 8601 text, in `local` by a site's clock."""

from dataclasses import asdict

from services.exchange.application.queries.views import View, warnings_view
from services.exchange.domain.consultations.finding.answer import (
    Answer,
    Comes,
    End,
    Excluded,
    ExcludedPerson,
    NoneBecause,
    Relaxation,
    Slot,
)
from services.exchange.domain.consultations.finding.changes import (
    OPTIONAL,
    URGENT,
    WAIVE,
    WITHOUT_INTERPRETER,
    Change,
)
from services.exchange.domain.consultations.finding.rules import HOLIDAY, NIGHT, PROVISIONAL, WEEKEND
from services.exchange.domain.consultations.finding.wish import Wish

DAYS_OFF = (NIGHT, HOLIDAY, WEEKEND, PROVISIONAL)


def answer_view(answer: Answer, wish: Wish) -> View:
    """`{starts, possible, slots, none_because}`: how many starts were looked at, and how many are times."""
    return {
        "starts": answer.starts,
        "possible": answer.possible,
        "slots": [_slot(slot) for slot in answer.slots],
        "none_because": _none_because(answer.none_because, wish) if answer.none_because else None,
    }


def _slot(slot: Slot) -> View:
    """`score`: what the time is ranked by, see `ranking`. `warnings`: what every rule finds there and lets pass."""
    return {
        "begins": slot.begins.isoformat(),
        "ends": slot.ends.isoformat(),
        "local": [_end(slot, end) for end in slot.local],
        "required": _count(slot, required=True),
        "optional": _count(slot, required=False),
        "comes": [_comes(each) for each in slot.comes],
        "misses": [{"person": each.participant.person, "rules": list(each.rules)} for each in slot.misses],
        "interpreters": [
            {"languages": list(pair), "person": each.person, "site": each.site} for pair, each in slot.interpreters
        ],
        "score": asdict(slot.score),
        "warnings": warnings_view(slot.warnings),
    }


def _end(slot: Slot, end: End) -> View:
    """`visitors`: people who are there on a staff visit. `days_off`: rules about its day that were let pass."""
    there = [each.rule for each in slot.warnings if each.rule in DAYS_OFF and each.facts["site"] == end.site]
    return {
        "site": end.site,
        "zone": end.zone,
        "begins": end.begins.isoformat(),
        "ends": end.ends.isoformat(),
        "unsocial_minutes": end.unsocial_minutes,
        "days_off": there,
        "people": list(end.people),
        "visitors": list(end.visitors),
    }


def _count(slot: Slot, *, required: bool) -> View:
    can = sum(each.participant.required == required for each in slot.comes)
    return {"can": can, "of": can + sum(each.participant.required == required for each in slot.misses)}


def _comes(comes: Comes) -> View:
    """`site`: where they are then. `deputy`: who comes in their place, or null."""
    deputy = comes.person if comes.person != comes.participant.person else None
    return {
        "person": comes.participant.person,
        "role": comes.participant.role,
        "site": comes.site,
        "deputy": deputy,
    }


def _none_because(none: NoneBecause, wish: Wish) -> View:
    """Numbers of starts: of a rule, of a person, of a room or a pair of languages how many each excludes."""
    return {
        "rules": dict(none.by_rule),
        "participants": [_excluded_person(each) for each in none.people],
        "rooms": [
            {"site": site, "room": wish.rooms[site], **_excluded(excluded)} for site, excluded in none.rooms.items()
        ],
        "interpreters": [{"languages": list(pair), "excluded": excluded} for pair, excluded in none.interpreters],
        "smallest_relaxations": [_relaxation(each, wish) for each in none.relaxations],
    }


def _excluded_person(person: ExcludedPerson) -> View:
    """`excluded`: at how many starts neither they nor a deputy can; `rules`, and each deputy's, by themselves."""
    return {
        "person": person.participant.person,
        "excluded": person.excluded,
        "rules": dict(person.alone.rules),
        "deputies": [{"person": deputy, **_excluded(excluded)} for deputy, excluded in person.deputies],
    }


def _excluded(excluded: Excluded) -> View:
    return {"excluded": excluded.starts, "rules": dict(excluded.rules)}


def _relaxation(relaxation: Relaxation, wish: Wish) -> View:
    """`changes`: what to ask differently; `slot`: the best time that they give."""
    return {
        "changes": [_change(change, wish) for change in relaxation.changes],
        "cost": relaxation.cost,
        "needs_reason": any(change.kind == URGENT for change in relaxation.changes),
        "slot": _slot(relaxation.slot),
    }


def _change(change: Change, wish: Wish) -> View:
    """Under the names of the question's own fields."""
    if change.kind == OPTIONAL:
        return {"change": OPTIONAL, "person_id": change.person}
    if change.kind == URGENT:
        return {"change": URGENT}
    if change.kind == WAIVE:
        return {"change": WAIVE, "rule": change.rule, "site_id": change.site}
    if change.kind == WITHOUT_INTERPRETER:
        return {"change": WITHOUT_INTERPRETER, "languages": list(wish.interpreters[change.seat])}
    return {"change": change.kind, "site_id": change.site}
