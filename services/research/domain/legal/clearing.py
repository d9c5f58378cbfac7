"""Recording what clears an outcome, taking that back, doing without; and saying what goes where."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.research.domain.legal.clearance import Clearance, Waiver, standing_clearance, waiver_of
from services.research.domain.legal.directions import Direction, Directions
from services.research.domain.legal.needs import Need
from services.research.domain.legal.refusals import (
    ClearanceDaysReversed,
    ClearedByTrack,
    ExpiredAlready,
    NothingToRevoke,
    OneEndOnly,
)
from services.research.domain.legal.requirement import BY_AGREEMENT
from services.research.domain.legal.validity import day_of
from services.research.domain.outcome import LIVE, Outcome
from services.research.domain.refusals import DateInTheFuture, NotOfTheOutcome, WrongState


def record(outcome: Outcome, need: Need, clearance: Clearance) -> Decision[Outcome]:
    """An approval was given; a waiver of the same requirement ends, earlier approvals stay beside it.

    Raises `WrongState`, `ClearedByTrack`, `DateInTheFuture`, `ClearanceDaysReversed`, `ExpiredAlready`.
    """
    _must_fit(outcome, "record_clearance")
    if need.requirement.kind in BY_AGREEMENT:
        raise ClearedByTrack(requirement=need.requirement.id, kind=need.requirement.kind)
    _must_stand_today(clearance)
    waivers = tuple(each for each in outcome.waivers if each.requirement != clearance.requirement)
    cleared = replace(outcome, clearances=(*outcome.clearances, clearance), waivers=waivers)
    return Decision(cleared, what="cleared", why=f"{clearance.kind}: {clearance.reference}")


def waive(outcome: Outcome, need: Need, *, reason: str, by: str | None, now: datetime) -> Decision[Outcome]:
    """The requirement does not apply to this outcome. Raises `WrongState`."""
    _must_fit(outcome, "waive_clearance")
    waiver = Waiver(need.requirement.id, reason, by, now)
    others = tuple(each for each in outcome.waivers if each.requirement != waiver.requirement)
    waived = replace(outcome, waivers=(*others, waiver))
    return Decision(waived, what="clearance waived", why=f"{need.requirement.kind}: {reason}")


def revoke(outcome: Outcome, requirement: str, *, reason: str) -> Decision[Outcome]:
    """Takes back every approval and waiver of the requirement. Raises `NothingToRevoke`."""
    standing = standing_clearance(outcome.clearances, requirement)
    if not standing and not waiver_of(outcome.waivers, requirement):
        raise NothingToRevoke(requirement=requirement)
    revoked = replace(
        outcome,
        clearances=tuple(
            replace(each, revoked=reason) if each.requirement == requirement and not each.revoked else each
            for each in outcome.clearances
        ),
        waivers=tuple(each for each in outcome.waivers if each.requirement != requirement),
    )
    return Decision(revoked, what="clearance revoked", why=f"{standing.kind}: {reason}" if standing else reason)


def state_directions(outcome: Outcome, directions: Iterable[Direction], *, reason: str) -> Decision[Outcome]:
    """What goes from where to where, instead of every way between its sites.

    Raises `WrongState`, `NotOfTheOutcome`, `OneEndOnly`.
    """
    _must_fit(outcome, "state_directions")
    stated = tuple(dict.fromkeys(directions))
    for direction in stated:
        if direction.from_site == direction.to_site:
            raise OneEndOnly(site=direction.from_site)
        for site in (direction.from_site, direction.to_site):
            if site not in outcome.sites:
                raise NotOfTheOutcome(site=site, partners=list(outcome.sites))
    after = replace(outcome, directions=Directions(stated, outcome.sites))
    return Decision(after, what="directions stated", why=reason)


def _must_fit(outcome: Outcome, command: str) -> None:
    if not outcome.is_live:
        raise WrongState(state=outcome.state, command=command, fits=list(LIVE))


def _must_stand_today(clearance: Clearance) -> None:
    today, granted, expires = day_of(clearance.at, clearance.zone), clearance.granted_on, clearance.expires_on
    if granted > today:
        raise DateInTheFuture(date=granted.isoformat(), today=today.isoformat())
    if expires and expires < granted:
        raise ClearanceDaysReversed(granted_on=granted.isoformat(), expires_on=expires.isoformat())
    if expires and expires < today:
        raise ExpiredAlready(expires_on=expires.isoformat(), today=today.isoformat())
