"""What happened: a row for each visit, each step of its track, and each outcome that was counted."""

from datetime import date

from chassis.kernel.documents import Past
from services.exchange.domain.claims import claim
from services.exchange.domain.reporting.evidence import Evidence
from services.exchange.domain.reporting.figures import Row, Value
from services.exchange.domain.tracks.track import FOLLOWED, STEP_OPEN, Step, Track
from services.exchange.domain.visit import BOOKED, PROPOSED, Visit

VISITS, STEPS, OUTCOMES = "visits", "steps", "outcomes"
NOT_DONE = "not-done"
"""How a step stands that was open when its visit came to an end: nobody waits for it any more."""


def visit_rows(evidence: Evidence) -> list[Row]:
    """One for each visit, also those entered in error, by arrival."""
    ordered = sorted(evidence.visits, key=lambda past: (past.state.planned_arrival, past.id))
    return [Row(VISITS, past.id, _visit(past, evidence)) for past in ordered]


def step_rows(evidence: Evidence) -> list[Row]:
    """One for each step of the visits that are not in error."""
    tracks = [(past.state, evidence.tracks.get(past.id)) for past in evidence.counted]
    return [
        Row(STEPS, f"{kept.id}:{step.id}", _ends(visit) | _step(visit, kept.state, step, evidence))
        for visit, kept in tracks
        if kept
        for step in kept.state.steps
    ]


def outcome_rows(evidence: Evidence) -> list[Row]:
    """One for each outcome that research told of."""
    return [
        Row(
            OUTCOMES,
            each.outcome or each.effect,
            {
                "condition": each.condition,
                "type": each.type,
                "visit": each.visit,
                # Where there is none the row is as it was before there were any, and so is the report's id.
                **({"consultation": each.consultation} if each.consultation else {}),
                "counted": evidence.day(each.at) if each.at else None,
            },
        )
        for each in evidence.outcomes
    ]


def _visit(past: Past[Visit], evidence: Evidence) -> dict[str, Value]:
    visit, taken = past.state, claim(past.state)
    return {
        **_ends(visit),
        "agreement": visit.agreement,
        "condition": visit.condition,
        "kind": visit.kind,
        "field": visit.field,
        "department": visit.host_department,
        "state": visit.state,
        "month": visit.planned_arrival.month,
        "planned_arrival": visit.planned_arrival,
        "planned_departure": visit.planned_departure,
        "actual_arrival": visit.actual_arrival,
        "actual_departure": visit.actual_departure,
        "visitors": len(visit.going),
        "came": len([each for each in visit.going if visit.arrival_of(each)]),
        "planned_days": taken.planned_days or visit.visitor_days,
        "actual_days": visit.actual_visitor_days,
        **_pace(past, evidence),
        **_lateness(past, evidence),
        "flags": " ".join(sorted(visit.flags)),
    }


def _ends(visit: Visit) -> dict[str, Value]:
    return {"sending": visit.sending_site, "host": visit.host_site}


def _pace(past: Past[Visit], evidence: Evidence) -> dict[str, Value]:
    """Days in the report's zone: when it was proposed, first booked, and how many lie between."""
    made = past.history[0]
    proposed = evidence.day(made.at) if made.state == PROPOSED else None
    booked = next((evidence.day(line.at) for line in past.history if line.state == BOOKED), None)
    between: int | None = (booked - proposed).days if proposed and booked else None
    return {"proposed": proposed, "booked": booked, "days_to_booked": between}


def _lateness(past: Past[Visit], evidence: Evidence) -> dict[str, Value]:
    track = evidence.tracks.get(past.id)
    steps = track.state.steps if track else ()
    late = _overdue(past.state, track.state, evidence) if track else ()
    return {"overdue": len(late), "slipped": len([step for step in steps if _slipped(step)])}


def _overdue(visit: Visit, track: Track, evidence: Evidence) -> tuple[Step, ...]:
    """Nothing of a visit that holds no more, even where its track has not followed yet."""
    return track.overdue(evidence.asked.moment) if visit.is_holding else ()


def _step(visit: Visit, track: Track, step: Step, evidence: Evidence) -> dict[str, Value]:
    days: dict[str, date | None] = {"deadline": step.deadline, "expected": step.expected, "done": step.done_on}
    return {
        "visit": visit.id,
        "step": step.name,
        "state": _stands(visit, step),
        **days,
        "overdue": int(step in _overdue(visit, track, evidence)),
        "slipped": int(_slipped(step)),
    }


def _stands(visit: Visit, step: Step) -> str:
    """By the visit's state, even where its track has not followed yet."""
    return NOT_DONE if step.state == STEP_OPEN and visit.state not in FOLLOWED else step.state


def _slipped(step: Step) -> bool:
    """Whether it was ever said that the step will be done later than it should."""
    return step.expected is not None and step.expected > step.deadline
