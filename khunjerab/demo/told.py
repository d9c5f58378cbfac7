"""What the story has to lead to: each event as often as it happens, each message as often as somebody has to know."""

from collections import Counter

_OUTCOME = {"expected": 1, "reported": 1, "advanced": 6, "adopted": 1}
"""Of a visit: told in both versions."""

EVENTS = Counter(
    {
        "exchange.agreement.took-effect.v1": 1,
        "exchange.consultation.proposed.v1": 1,
        "exchange.consultation.replied.v1": 8,
        "exchange.consultation.booked.v1": 2,
        "exchange.consultation.rescheduled.v1": 1,
        "exchange.consultation.invited.v1": 4,
        "exchange.consultation.session-soon.v1": 1,
        "exchange.consultation.session-held.v1": 1,
        "exchange.consultation.fulfilled.v1": 1,
        "exchange.consultation.action-done.v1": 1,
        "exchange.visit.proposed.v1": 1,
        "exchange.visit.replied.v1": 2,
        "exchange.visit.booked.v1": 2,
        "exchange.letter.issued.v1": 4,
        "exchange.track.dates-proposed.v1": 1,
        "exchange.visit.rescheduled.v1": 1,
        "exchange.visit.arrived.v1": 1,
        "exchange.visit.fulfilled.v1": 1,
        **{f"research.outcome.{what}.{version}": times for version in ("v1", "v2") for what, times in _OUTCOME.items()},
        "research.outcome.gate-due.v2": 1,
        "research.outcome.follow-up-due.v2": 1,
        "research.track.waits.v1": 6,
        "research.track.in-force.v1": 1,
        "research.import.checked.v1": 1,
        "research.import.applied.v1": 1,
        "exchange.report.made.v1": 3,
    }
)
"""People's registrations, steps that are overdue and notify's own events come besides."""

_FOLLOWED = {"outcome-reported": 1, "outcome-advanced": 5, "outcome-adopted": 1}
_FOR_VISITORS = {"visit-proposed-for-you": 1, "visit-booked-for-you": 1, "visit-fulfilled-for-you": 1}
MAIN_JOB: dict[str, dict[str, int]] = {
    "bano": _FOR_VISITORS | {"outcome-expected": 1, "outcome-advanced": 5, "outcome-adopted": 1},
    "karim": _FOR_VISITORS,
    "zhang": {"agreement-in-effect": 1, "reply-asked": 1, "visit-booked": 1, "visit-fulfilled": 1} | _FOLLOWED,
    "hussain": {
        "agreement-in-effect": 1,
        "visit-proposed": 1,
        "visit-booked": 1,
        "visit-arrived": 1,
        "visit-fulfilled": 1,
        "outcome-reported": 1,
        "outcome-advanced": 5,
    },
    "ali": {"visit-booked": 1, "visit-arrived": 1, "visit-fulfilled": 1, "outcome-reported": 1, "outcome-adopted": 1},
}
"""Who is told what how often of a visit that never moves: notify's table, and nobody of what they did themselves."""

_BOOKED_AGAIN = {
    "bano": "visit-booked-for-you",
    "karim": "visit-booked-for-you",
    "zhang": "visit-booked",
    "hussain": "visit-booked",
    "ali": "visit-booked",
}
_CONSULTED: dict[str, dict[str, int]] = {
    "bano": {"consultation-invited": 4, "consultation-soon": 1, "consultation-actions": 1},
    "zhang": {"consultation-proposed": 1, "consultation-booked": 2, "consultation-rescheduled": 1},
    "hussain": {"consultation-proposed": 1, "consultation-booked": 2, "consultation-rescheduled": 1},
    "ali": {"consultation-reply-received": 6, "consultation-booked": 2, "consultation-held": 1},
}
"""Of the consultation, which is booked, moved and booked again: its presenter, two coordinators and its organiser."""

_DEFERRED = {who: {"outcome-advanced": 1} for who in ("bano", "zhang", "hussain")}
"""Of the gate that is deferred before it is passed."""

_FOLLOWED_UP = {who: {"outcome-follow-up-due": 1} for who in ("zhang", "hussain", "ali")}
"""Of half a year's use."""

_ASKED_AGAIN = {who: {"outcome-gate-due": 1} for who in ("bano", "zhang", "hussain", "ali")}
"""Of the gate whose day has come."""

_SIGNED = {
    who: {"agreement-track-waits": 6, "agreement-track-in-force": 1} for who in ("bano", "zhang", "hussain", "ali")
}
"""Of the agreement between both hospitals: its six steps, and that both have signed."""

_IMPORTED = {"hussain": {"import-checked": 1, "import-applied": 1}}
"""Of the file of papers."""

_STEPS = {"step-near-for-you": 2, "step-overdue-for-you": 1}
_TRAVEL = {"visit-rescheduled-for-you": 1, "arrival-near-for-you": 1, "departure-near-for-you": 1}
_OF_HOST = {"step-near": 1, "step-overdue": 1, "dates-proposed": 1, "visit-rescheduled": 1}
_OF_SENDER = {"step-near": 2, "step-overdue": 3, "dates-proposed": 1, "visit-rescheduled": 1}
_PREPARED: dict[str, dict[str, int]] = {
    "bano": _STEPS | _TRAVEL,
    "karim": _STEPS | _TRAVEL,
    "zhang": _OF_HOST | {"arrival-near": 1, "departure-near": 1},
    "hussain": _OF_SENDER | {"arrival-near": 1},
}
"""Of what is to be done around the visit, the days that it moves to, and its two ends, ahead of each."""

_BESIDES = (_PREPARED, _DEFERRED, _ASKED_AGAIN, _SIGNED, _FOLLOWED_UP, _IMPORTED)

MESSAGES = {
    who: Counter(purposes)
    + Counter([_BOOKED_AGAIN[who]])
    + Counter(_CONSULTED.get(who, {}))
    + sum((Counter(each.get(who, {})) for each in _BESIDES), Counter())
    for who, purposes in MAIN_JOB.items()
}
"""The same for the story: the visit moves to other days, a consultation is held, a gate is deferred and comes back, an
agreement is signed, half a year's use followed up, and a file of papers imported."""
