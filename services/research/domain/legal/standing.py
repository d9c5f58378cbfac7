"""How far an outcome is cleared of what law asks, on a day, and what stands against its passing a gate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chassis.kernel.errors import Refusal
from services.research.domain.agreement_tracks.track import AgreementTrack
from services.research.domain.legal.clearance import Clearance, Waiver, standing_clearance, waiver_of
from services.research.domain.legal.directions import Direction
from services.research.domain.legal.needs import Need
from services.research.domain.legal.refusals import ClearanceExpired, ClearanceMissing
from services.research.domain.legal.requirement import BY_AGREEMENT
from services.research.domain.legal.validity import EXPIRED, day_of, validity
from services.research.domain.outcome import STAGES, Outcome

MISSING, WAIVED = "missing", "waived"
HINDERS = {MISSING: ClearanceMissing, EXPIRED: ClearanceExpired}


@dataclass(frozen=True)
class Standing:
    """A need as it stands on a day: `in-force`, `expiring`, `expired`, `missing`, `waived`. `expires_on`: its last day.

    `clearance`, `waiver`, `tracks`: what clears it, or did until it expired.
    """

    need: Need
    state: str
    expires_on: date | None = None
    clearance: Clearance | None = None
    waiver: Waiver | None = None
    tracks: tuple[AgreementTrack, ...] = ()


def standing_of(
    outcome: Outcome, needs: Iterable[Need], tracks: Iterable[AgreementTrack], now: datetime
) -> list[Standing]:
    """Every need of an outcome, `tracks` being the agreements that serve it."""
    served = tuple(tracks)
    return [_standing(outcome, need, served, now) for need in needs]


def hindrances(standing: Iterable[Standing], gate: str) -> Iterator[Refusal]:
    """`ClearanceMissing` or `ClearanceExpired` for each need that the gate, or one before it, asks for."""
    passed = STAGES[: STAGES.index(gate) + 1]
    for each in standing:
        requirement, refusal = each.need.requirement, HINDERS.get(each.state)
        if refusal is None or requirement.from_gate not in passed:
            continue
        facts: dict[str, Any] = {name: getattr(requirement, name) for name in ("kind", "from_end", "to_end")}
        facts |= {"owner": vars(requirement.owner)}
        if each.state == EXPIRED and each.expires_on:
            facts |= {"expired_on": each.expires_on.isoformat()}
        yield refusal(gate=gate, requirement=requirement.id, **facts)


def _standing(outcome: Outcome, need: Need, tracks: tuple[AgreementTrack, ...], now: datetime) -> Standing:
    waiver = waiver_of(outcome.waivers, need.requirement.id)
    if waiver:
        return Standing(need, WAIVED, waiver=waiver)
    if need.requirement.kind in BY_AGREEMENT:
        return _agreed(need, [each for each in tracks if each.kind == need.requirement.kind], now)
    clearance = standing_clearance(outcome.clearances, need.requirement.id)
    if clearance is None:
        return Standing(need, MISSING)
    state = validity(clearance.expires_on, day_of(now, clearance.zone))
    return Standing(need, state, clearance.expires_on, clearance)


def _agreed(need: Need, tracks: list[AgreementTrack], now: datetime) -> Standing:
    """Every way that brings the need about has an agreement of its own; the one that ends first says how it stands."""
    longest = [_longest(way, tracks) for way in need.directions]
    found = tuple(dict.fromkeys(track for track in longest if track))
    if len(found) == 0 or None in longest:
        return Standing(need, MISSING, tracks=found)
    first = min(found, key=lambda track: track.expires_on or date.max)
    return Standing(need, validity(first.expires_on, day_of(now, first.provider.zone)), first.expires_on, tracks=found)


def _longest(way: Direction, tracks: list[AgreementTrack]) -> AgreementTrack | None:
    """Of the agreements that were signed for this way and not ended, the one that lasts longest."""
    signed = [each for each in tracks if each.was_signed and each.goes == way]
    return max(signed, key=lambda track: track.expires_on or date.max, default=None)
